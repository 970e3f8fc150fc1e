"""A fresh log-in at a real provider: it must ask again, it must be the same person, and the text comes along."""

import re
import time
from collections.abc import Callable

import pytest
import requests
from django.urls import reverse

from samspil.contexts.access.api import Event
from tests.cast import Cast
from tests.web.identity.conftest import Visitor
from tests.web.identity.forger import Forge, Forger
from tests.web.identity.test_log_in import MY_DAY, last_refusal

pytestmark = [pytest.mark.django_db, pytest.mark.real_time]
Visitors = Callable[[], Visitor]
AGAIN = {"igen": "1", "next": MY_DAY}


def grow_old(visitor: Visitor, minutes: int = 20) -> None:
    session = visitor.client.session
    session["login"] = session["login"] | {"confirmed": time.time() - 60 * minutes}
    session.save()


def test_the_provider_asks_again_and_the_log_in_is_fresh(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    grow_old(mette)
    before = mette.client.session["login"]["confirmed"]
    page = mette.client.get("/log-ind/?igen=1&next=/myndighed/min-dag/").content.decode()
    assert "Bekræft, hvem du er" in page
    assert page.count('class="door"') == 1  # the one Mette came through
    address = mette.depart(**AGAIN)
    assert "prompt=login" in address
    assert "max_age=0" in address
    assert mette.log_in(who="mette-7f3a", form=AGAIN).url == MY_DAY
    assert mette.client.session["login"]["confirmed"] > before + 600


def test_somebody_else_cannot_confirm_for_mette(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    grow_old(mette)
    answer = mette.log_in(who="jonas-19c2", form=AGAIN)
    assert answer.status_code == 403
    assert "Det var en anden" in answer.content.decode()
    assert mette.client.session["login"]["confirmed"] < time.time() - 600
    assert "Mette Bjerre" in mette.client.get(MY_DAY).content.decode()


def test_an_old_log_in_at_the_provider_is_not_fresh(
    visitor: Visitors, known: Cast, between: Callable[[Forge], None], forger: Forger
) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    grow_old(mette)
    for forge in (forger.shifted(auth_time=-90), forger.changed(auth_time=None)):
        between(forge)
        answer = mette.log_in(who="mette-7f3a", form=AGAIN)
        assert answer.status_code == 403
        assert last_refusal()["reason"] == "not_fresh"
    assert mette.client.session["login"]["confirmed"] < time.time() - 600


def test_a_provider_that_does_not_say_when_gives_no_fresh_log_in(
    visitor: Visitors, known: Cast, between: Callable[[Forge], None], forger: Forger
) -> None:
    between(forger.changed(auth_time=None))
    mette = visitor()
    assert mette.log_in(who="mette-7f3a").status_code == 302
    assert mette.client.session["login"]["confirmed"] < time.time() - 600


def test_what_was_typed_travels_to_the_provider_and_back(visitor: Visitors, known: Cast) -> None:
    mette = visitor()
    mette.log_in(who="mette-7f3a")
    session = mette.client.session
    session["login"] = session["login"] | {"seen": time.time() - 3600}
    session.save()
    address = reverse("authority:add_task", args=[known.case_id])
    parked = mette.client.post(address, {"title": "Ring til Karla om onsdag"})
    assert parked.status_code == 401
    found = re.search(r'name="parked" value="([^"]+)"', parked.content.decode())
    assert found
    doors = mette.client.post("/log-ind/", {"parked": found[1]}).content.decode()
    assert "Det, du skrev, er gemt" in doors
    mette.there = requests.Session()  # the provider has forgotten her, too
    refused = mette.log_in(who="", form={"parked": found[1]}, cancel="1").content.decode()
    assert found[1] in refused  # a log-in given up loses nothing
    back = mette.log_in(who="mette-7f3a", form={"parked": found[1]}).content.decode()
    assert "Ring til Karla om onsdag" in back
    assert f'action="{address}"' in back
    other = visitor()
    answer = other.log_in(who="jonas-19c2", form={"parked": found[1]})
    assert (answer.status_code, answer.url) == (302, "/")
    assert Event.objects.filter(kind__startswith="task").count() == 0
