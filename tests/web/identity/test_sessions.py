"""How long a log-in lasts, when it must be made again, and that no word is lost meanwhile (ID-7)."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from samspil.contexts.access.api import IDLE_MINUTES, LOGIN_HOURS, Event, Side
from samspil.kernel import clock
from samspil.web.shell import logins, parked
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
HOMES = {"mette": "/myndighed/min-dag/", "jonas": "/udfoerer/min-dag/", "karla": "/min/", "ida": "/min/"}
IDLE = {"mette": 30, "jonas": 30, "karla": 15, "ida": 15}


@pytest.fixture
def wait() -> Iterator[Callable[[float], None]]:
    """Let so many minutes pass."""
    with time_machine.travel(NOW, tick=False) as travelled:
        yield lambda minutes: travelled.shift(dt.timedelta(minutes=minutes))


def test_the_limits_are_those_of_the_standard() -> None:
    assert all(IDLE_MINUTES[side] <= 30 for side in (Side.AUTHORITY, Side.PROVIDER))
    assert all(IDLE_MINUTES[side] <= 15 for side in (Side.CITIZEN, Side.RELATIVE))
    assert LOGIN_HOURS <= 10


@pytest.mark.parametrize("who", HOMES)
def test_a_log_in_that_rests_too_long_is_over(who: str, client_for: LogIn, wait: Callable[[float], None]) -> None:
    client = client_for(who)
    wait(IDLE[who])
    assert client.get(HOMES[who]).status_code == 200
    wait(IDLE[who] - 1)
    assert client.get(HOMES[who]).status_code == 200  # the look before counted
    wait(IDLE[who] + 1)
    assert client.get(HOMES[who]).status_code == 302
    wait(-IDLE[who])
    assert client.get(HOMES[who]).status_code == 302  # and it does not come back


def test_a_log_in_is_over_after_ten_hours_however_busy(client_for: LogIn, wait: Callable[[float], None]) -> None:
    client = client_for("mette")
    for _ in range(24):
        wait(25)
        assert client.get(HOMES["mette"]).status_code == 200
    wait(1)
    assert client.get(HOMES["mette"]).status_code == 302


def test_a_boards_stream_that_comes_back_by_itself_keeps_nobody_logged_in(
    client_for: LogIn, wait: Callable[[float], None]
) -> None:
    client = client_for("mette")
    for _ in range(3):
        wait(14)
        client.get(HOMES["mette"], headers={"accept": "text/event-stream"})
    assert client.get(HOMES["mette"]).status_code == 302


def test_a_session_that_no_log_in_made_is_nobodys(client_for: LogIn, settings: Any) -> None:
    client = client_for("mette")
    session = client.session
    del session["login"]
    session.save()
    assert client.get(HOMES["mette"]).status_code == 302


def test_a_demo_log_in_counts_for_nothing_outside_the_demo(client_for: LogIn, settings: Any) -> None:
    client = client_for("mette")
    settings.DEMO_LOGIN = False
    assert client.get(HOMES["mette"]).status_code == 302


def _expired_post(client: Client, cast: Cast) -> tuple[str, str]:
    address = reverse("authority:add_task", args=[cast.case_id])
    answer = client.post(address, {"title": "Ring til Karla om onsdag", "due_on": "1.12."})
    assert answer.status_code == 401
    assert Event.objects.filter(kind__startswith="task").count() == 0
    found = re.search(r'name="parked" value="([^"]+)"', answer.content.decode())
    assert found
    return address, found[1]


def test_what_was_typed_when_the_log_in_ran_out_is_there_afterwards(
    client_for: LogIn, cast: Cast, wait: Callable[[float], None]
) -> None:
    client = client_for("mette")
    wait(31)
    address, kept = _expired_post(client, cast)
    again = client.post("/log-ind/", {"person": str(cast.mette.id), "parked": kept}).content.decode()
    assert "Ring til Karla om onsdag" in again
    assert f'action="{address}"' in again


def test_somebody_else_at_the_same_screen_does_not_see_what_was_typed(
    client_for: LogIn, cast: Cast, wait: Callable[[float], None]
) -> None:
    client = client_for("mette")
    wait(31)
    _address, kept = _expired_post(client, cast)
    answer = client.post("/log-ind/", {"person": str(cast.vita.id), "parked": kept})
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Ring til Karla" not in client.get(HOMES["mette"]).content.decode()


def _request(rf: RequestFactory, client: Client, **how: Any) -> HttpRequest:
    request = rf.post("/min/", how["post"]) if "post" in how else rf.get("/min/?a=1")
    request.session = client.session  # type: ignore[assignment]
    request.writer_id = None  # type: ignore[attr-defined]
    request.actor = None  # type: ignore[attr-defined]
    return request


def test_fresh_is_five_minutes(client_for: LogIn, wait: Callable[[float], None], rf: RequestFactory) -> None:
    client = client_for("mette")
    assert logins.is_fresh(_request(rf, client))
    wait(5)
    assert logins.is_fresh(_request(rf, client))
    wait(0.1)
    assert not logins.is_fresh(_request(rf, client))
    assert logins.is_fresh(_request(rf, client), minutes=10)
    assert not logins.is_fresh(_request(rf, Client()))


def test_a_fresh_log_in_that_lies_ahead_is_not_believed(
    client_for: LogIn, wait: Callable[[float], None], rf: RequestFactory
) -> None:
    client = client_for("mette")
    wait(-2)
    assert not logins.is_fresh(_request(rf, client))


def test_asking_again_comes_back_to_the_page_or_the_form(client_for: LogIn, rf: RequestFactory) -> None:
    client = client_for("mette")
    answer = logins.ask_again(_request(rf, client))
    assert answer.headers["Location"] == "/log-ind/?next=%2Fmin%2F%3Fa%3D1&igen=1"
    shown: HttpResponse = logins.ask_again(_request(rf, client, post={"reason": "Borgeren ringer fra broen"}))
    assert shown.status_code == 401
    words = shown.content.decode()
    assert 'name="igen" value="1"' in words
    found = re.search(r'name="parked" value="([^"]+)"', words)
    assert found
    assert parked.unpark(found[1], user_id="")[1] == {"reason": ["Borgeren ringer fra broen"]}
    assert clock.now() == NOW
