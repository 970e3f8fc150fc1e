"""Somebody sees where they are logged in, and ends one log-in or all the others (ASVS 7.5.2)."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from samspil.contexts.access.api import Event, Login, User
from samspil.web.shell.devices import device_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
PLACES, END = "/log-ind/steder/", "/log-ind/steder/log-af/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
HOMES = {"mette": "/myndighed/min-dag/", "jonas": "/udfoerer/min-dag/", "karla": "/min/", "ida": "/min/"}


@pytest.fixture
def wait() -> Iterator[Callable[[float], None]]:
    with time_machine.travel(NOW, tick=False) as travelled:
        yield lambda minutes: travelled.shift(dt.timedelta(minutes=minutes))


def log_in(person: User, user_agent: str = WINDOWS) -> Client:
    client = Client(headers={"user-agent": user_agent})
    assert client.post("/log-ind/", {"person": str(person.id)}).status_code == 302
    return client


def offered(client: Client) -> list[str]:
    """What the buttons send: the log-ins that can be ended, one by one."""
    return re.findall(r'name="login"\s+value="([^"]+)"', client.get(PLACES).content.decode())


def is_in(client: Client, home: str) -> bool:
    return client.get(home).status_code == 200


@pytest.mark.parametrize("who", HOMES)
def test_one_sees_where_one_is_logged_in_and_ends_the_one_left_behind(who: str, cast: Cast) -> None:
    here, there = log_in(getattr(cast, who)), log_in(getattr(cast, who), IPHONE)
    page = here.get(PLACES).content.decode()
    assert "Windows-computer med Firefox" in page
    assert "iPhone med Safari" in page
    (one,) = offered(here)
    answer = here.post(END, {"login": one}, follow=True)
    assert "Du er logget af 1 andet sted." in answer.content.decode()
    assert not is_in(there, HOMES[who])
    assert is_in(here, HOMES[who])
    assert offered(here) == []
    event = Event.objects.get(kind="login.ended_by_self")
    assert (event.user_id, event.data) == (getattr(cast, who).id, {"logins": 1, "which": "one"})


def test_all_others_are_ended_and_nobody_elses(cast: Cast) -> None:
    here, *there = [log_in(cast.mette) for _ in range(4)]
    jonas = log_in(cast.jonas)
    assert len(offered(here)) == 3
    assert "Log af alle andre steder" in here.get(PLACES).content.decode()
    here.post(END, {"all_others": "1"})
    assert [is_in(client, HOMES["mette"]) for client in (here, *there)] == [True, False, False, False]
    assert is_in(jonas, HOMES["jonas"])
    assert Login.objects.filter(user=cast.mette).count() == 1


def test_somebody_elses_log_in_is_neither_shown_nor_ended(cast: Cast) -> None:
    mette, jonas = log_in(cast.mette), log_in(cast.jonas, IPHONE)
    assert "iPhone" not in mette.get(PLACES).content.decode()
    foreign = str(Login.objects.get(user=cast.jonas).id)
    page = mette.post(END, {"login": foreign}, follow=True).content.decode()
    assert "Der var du allerede logget af." in page
    assert is_in(jonas, HOMES["jonas"])
    assert not Event.objects.filter(kind="login.ended_by_self").exists()
    for nothing in ({}, {"login": "noget"}, {"login": ""}, {"all_others": ""}):
        assert mette.post(END, nothing).status_code == 302
    assert is_in(jonas, HOMES["jonas"])
    assert not Event.objects.filter(kind="login.ended_by_self").exists()


def test_the_log_in_in_use_is_left_by_logging_out_only(cast: Cast) -> None:
    here = log_in(cast.mette)
    here.post(END, {"login": str(Login.objects.get().id)})
    assert is_in(here, HOMES["mette"])


def test_a_log_in_that_is_over_is_not_open(cast: Cast, wait: Callable[[float], None]) -> None:
    left = log_in(cast.mette, IPHONE)
    wait(31)
    here = log_in(cast.mette)
    assert Session.objects.count() == 2  # it lies there still, but opens nothing
    assert offered(here) == []
    assert not is_in(left, HOMES["mette"])


def test_it_says_when_each_was_last_used(cast: Cast, wait: Callable[[float], None]) -> None:
    other = log_in(cast.mette, IPHONE)
    wait(12)
    other.get(HOMES["mette"])
    wait(5)
    page = log_in(cast.mette).get(PLACES).content.decode()
    times = [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<time[^>]*>.*?</time>", page)]
    begun, used = (f"{NOW + dt.timedelta(minutes=minutes):%H.%M}" for minutes in (0, 12))
    assert times[1].endswith(begun)
    assert times[2].endswith(used)


def test_only_who_has_just_shown_who_it_is_ends_a_log_in(cast: Cast, wait: Callable[[float], None]) -> None:
    """What was asked for waits, and is sent after the log-in; the log-in gets a new key by it and is one still."""
    here, there = log_in(cast.mette), log_in(cast.mette, IPHONE)
    wait(6)
    before = here.cookies["sessionid"].value
    asked = here.post(END, {"all_others": "1"})
    assert asked.status_code == 401
    assert is_in(there, HOMES["mette"])
    kept = re.search(r'name="parked" value="([^"]+)"', asked.content.decode())
    assert kept
    again = here.post("/log-ind/", {"person": str(cast.mette.id), "parked": kept[1]}).content.decode()
    assert f'action="{END}"' in again
    assert 'name="all_others" value="1"' in again
    assert here.cookies["sessionid"].value != before
    assert Login.objects.filter(user=cast.mette).count() == 2
    assert here.post(END, {"all_others": "1"}).status_code == 302
    assert not is_in(there, HOMES["mette"])


def test_the_way_there_is_in_everybodys_menu(client_for: Any) -> None:
    for who, home in HOMES.items():
        assert f'href="{PLACES}"' in client_for(who).get(home).content.decode()
    assert Client().get(PLACES).status_code == 302


def test_the_page_asks_no_more_for_many_log_ins(
    cast: Cast, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    here = log_in(cast.mette)
    few = count_queries(lambda: here.get(PLACES))
    for _ in range(5):
        log_in(cast.mette)
    assert count_queries(lambda: here.get(PLACES)) == few


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (WINDOWS, "Windows-computer med Firefox"),
        (IPHONE, "iPhone med Safari"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15", "Mac eller iPad med Safari"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Windows-computer med Edge"),
        ("Mozilla/5.0 (Linux; Android 15; SM-S921B) SamsungBrowser/28.0 Chrome/130 Mobile Safari/537.36",
         "Android-telefon med Samsung Internet"),
        ("Mozilla/5.0 (Linux; Android 15; SM-X710) Chrome/140.0 Safari/537.36", "Android-tablet med Chrome"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Chromebook med Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 OPR/124.0", "Linux-computer med Opera"),
        ("curl/8.5", "En enhed, vi ikke kender"),
        ("", "En enhed, vi ikke kender"),
        ("<script>" * 90_000 + "Windows", "En enhed, vi ikke kender"),
    ],
)  # fmt: skip
def test_a_device_is_told_in_plain_words(said: str, words: str) -> None:
    assert device_of(said).words == words
