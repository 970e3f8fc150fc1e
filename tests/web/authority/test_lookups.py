"""Whoever tries out one CPR number after another is stopped, whatever is found and whichever form is used."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Event
from samspil.contexts.cases import api as cases
from samspil.kernel import cpr as cprs
from samspil.kernel import scope
from tests.cast import NOW, Cast
from tests.web.authority.conftest import Browser, words
from tests.web.authority.test_referral_pages import _opening, _receive, _said

pytestmark = pytest.mark.django_db
BrowserOf = Callable[[str], Browser]
SEARCH = "/myndighed/borgere/soeg/"
STOPPED = "Du har slået mange CPR-numre op. Vent til kl. 10.01, eller søg på navn eller sagsnummer."
A_MINUTE = access.lookup_paces()[0].most
NUMBERS = [cprs.fictitious(dt.date(1950, 1, 1 + n // 10), 10 + n) for n in range(2 * A_MINUTE)]


@pytest.fixture(autouse=True)
def _at_ten() -> Iterator[None]:
    with time_machine.travel(NOW.replace(hour=10, minute=0), tick=False):
        yield


def test_number_after_number_is_stopped_with_a_sentence(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    """Every other one is found. The next person is not stopped, nor is who looked up the numbers, a minute later."""
    mette, lene = browser_of("mette"), browser_of("lene")
    for n in range(A_MINUTE):
        answer = mette.send(SEARCH, q=karla_has_a_number if n % 2 else NUMBERS[n])
        assert answer.status_code == (302 if n % 2 else 200)
    for typed in (karla_has_a_number, NUMBERS[-1]):
        answer = mette.send(SEARCH, q=typed)
        assert answer.status_code == 429
        assert STOPPED in words(answer.content.decode())
        assert f'value="{typed}"' in answer.content.decode(), "what was typed stays"
    assert mette.send(SEARCH, q="Karla").status_code == 302, "by name one searches on"
    assert lene.send(SEARCH, q=karla_has_a_number).status_code == 302
    with time_machine.travel(NOW.replace(hour=10, minute=1), tick=False):
        assert mette.send(SEARCH, q=karla_has_a_number).status_code == 302
    kinds = Event.objects.filter(user_id=cast.mette.id).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == [access.LOOKED_UP] * A_MINUTE + [access.STOPPED] * 2 + [access.LOOKED_UP]
    assert not [one for one in Event.objects.filter(kind__startswith="number.") if one.data or one.subject_id]


def test_what_is_no_number_costs_nothing(cast: Cast, browser_of: BrowserOf) -> None:
    for typed in ("990979-1234", "47037912", "Karla", "26-0001"):
        browser_of("mette").send(SEARCH, q=typed)
    assert not Event.objects.filter(kind=access.LOOKED_UP).exists()


def test_a_form_that_is_refused_counts_too(cast: Cast, browser_of: BrowserOf) -> None:
    """Its own transaction is taken back, the count is not; and the refusal stands at the field."""
    mette = browser_of("mette")
    referral = _receive(cast, mette)
    opening = reverse("authority:open_case", args=[referral.id])
    for n in range(A_MINUTE):
        assert mette.send(opening, **_opening(cast, cpr=NUMBERS[n], area="")).status_code == 422
    answer = mette.send(opening, **_opening(cast, cpr=NUMBERS[-1]))
    assert answer.status_code == 422
    assert STOPPED in words(answer.content.decode())
    answer = mette.send("/myndighed/henvendelser/ny/", **_said(cast, cpr=NUMBERS[-1]))
    assert answer.status_code == 422
    assert STOPPED in words(answer.content.decode())
    assert mette.send("/myndighed/henvendelser/ny/", **_said(cast)).status_code == 302, "without a number it is written"
    assert len(cases.referrals(cast.actor("lene"))) == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_let_no_more_than_one_after_the_other(cast: Cast) -> None:
    """As several workers are: a connection each."""
    actor = cast.actor("mette")

    def ask(_: int) -> dt.datetime | None:
        try:
            with scope.within(actor.scope):
                return access.count_lookup(actor=actor, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(A_MINUTE + 10)))
    assert found.count(None) == A_MINUTE
    assert Event.objects.filter(kind=access.STOPPED).count() == 10
