"""Henvendelser: from the street to a case, without writing anything twice."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.kernel.ids import new_id
from tests.cast import Cast
from tests.web.authority.conftest import Browser, words

BrowserOf = Callable[[str], Browser]
CPR = cprs.fictitious(dt.date(1951, 2, 3), 40)
NEW = "/myndighed/henvendelser/ny/"
INBOX = "/myndighed/henvendelser/"


def _said(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "source": "hospital",
        "from_name": "Kirsten Lauge",
        "first_name": "Bodil",
        "last_name": "Krogh",
        "area": "elder_care",
        "district_id": cast.north.id,
        "about": "Faldt på trappen",
        "citizen_words": "Jeg vil hjem til min kat",
        "tried": "Hjemmepleje",
        "worked": "Morgenbesøg",
        "did_not_work": "Nødkald",
        "citizen_agrees": "yes",
    } | changes


def _opening(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "cpr": cprs.formatted(CPR),
        "area": "elder_care",
        "district_id": cast.north.id,
        "coordinator_id": cast.mette.id,
    } | changes


def _receive(cast: Cast, browser: Browser, **changes: object) -> cases.ReferralView:
    assert browser.send(NEW, **_said(cast, **changes)).status_code == 302
    return cases.referrals(cast.actor("lene"))[-1]


def test_from_first_contact_to_case_nothing_is_written_twice(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser)
    assert "Bodil Krogh Sygehus, Kirsten Lauge" in words(browser.page(INBOX))
    page = words(browser.page(reverse("authority:referral", args=[referral.id])))
    assert "Faldt på trappen “Jeg vil hjem til min kat” Prøvet Hjemmepleje Det virkede Morgenbesøg" in page
    response = browser.send(reverse("authority:open_case", args=[referral.id]), **_opening(cast))
    case_page = words(browser.page(response.url))
    assert "Det vigtigste for Bodil “Jeg vil hjem til min kat” Fra henvendelsen" in case_page
    case_id = cases.referral(cast.actor("mette"), referral.id).case_id
    assert case_id is not None
    assert "Jeg vil hjem til min kat</textarea>" in browser.page(reverse("authority:purpose", args=[case_id]))
    people = words(browser.page(reverse("authority:people", args=[case_id])))
    for text in ("Faldt på trappen", "Hjemmepleje", "Morgenbesøg", "Nødkald"):
        assert text in people
    assert "Alle har fået svar" in words(browser.page(INBOX))
    assert "Gå til sagen" in words(browser.page(reverse("authority:referral", args=[referral.id])))
    looked = AccessLogEntry.objects.filter(what="referral")
    assert looked.count() == 2, "the list of those that became a case, and the page of this one"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_name": ""}, "Skriv borgerens fornavn"),
        ({"about": " \u200b "}, "Skriv, hvad der er sket, og hvad der er brug for"),
        ({"cpr": "990979-1234"}, "De første seks tal er ikke en dato."),
        ({"cpr": "12345"}, "Et CPR-nummer har ti tal."),
        ({"source": ""}, "Vælg, hvor henvendelsen kommer fra"),
        ({"citizen_agrees": ""}, "Vælg, om borgeren er med på henvendelsen"),
        ({"tried": "x" * 1_000_000}, "Teksten er for lang. Der er plads til 8000 tegn"),
    ],
)
def test_errors_stand_at_the_field_and_what_was_typed_stays(
    cast: Cast, browser_of: BrowserOf, changes: dict, said: str
) -> None:
    response = browser_of("mette").send(NEW, **_said(cast, **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(page)
    assert "Jeg vil hjem til min kat" in page
    assert 'value="Kirsten Lauge"' in page
    assert not cases.Referral.objects.exists()


def test_ten_megabytes_are_refused_in_words(cast: Cast, browser_of: BrowserOf) -> None:
    response = browser_of("mette").send(NEW, **_said(cast, about="x" * 10_000_000))
    assert response.status_code == 413
    assert "Teksten er for lang" in response.content.decode()


def test_a_pasted_word_page_is_cleaned(cast: Cast, browser_of: BrowserOf) -> None:
    pasted = "\uf0b7 Faldt\u00a0på trappen\r\n\r\n\x93Av\x94\x0b\x00\u202e"
    referral = _receive(cast, browser_of("mette"), about=pasted)
    assert referral.about == "• Faldt på trappen\n\n“Av”"


def test_a_double_click_makes_one_referral_and_one_case(cast: Cast, browser_of: BrowserOf) -> None:
    browser, key = browser_of("mette"), new_id()
    first, second = (browser.send(NEW, key, **_said(cast)) for _ in range(2))
    assert first.url == second.url
    assert cases.Referral.objects.count() == 1
    referral, key = cases.referrals(cast.actor("mette"))[0], new_id()
    url = reverse("authority:open_case", args=[referral.id])
    first, second = (browser.send(url, key, **_opening(cast)) for _ in range(2))
    assert first.url == second.url
    assert cases.Case.objects.filter(citizen__last_name="Krogh").count() == 1


def test_a_second_person_who_opens_the_same_is_told(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser)
    url = reverse("authority:open_case", args=[referral.id])
    browser.send(url, **_opening(cast))
    response = browser_of("lene").send(url, **_opening(cast, coordinator_id=cast.lene.id))
    assert response.status_code == 403
    assert "Henvendelsen har allerede en sag." in words(response.content.decode())
    assert cases.Case.objects.filter(citizen__last_name="Krogh").count() == 1


def test_the_number_is_not_asked_for_twice_and_never_shown(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser, cpr=CPR)
    page = browser.page(reverse("authority:referral", args=[referral.id]))
    assert 'name="cpr"' not in page
    assert f"CPR {CPR[:6]}-••••" in words(page)
    assert CPR[6:] not in page
    response = browser.send(reverse("authority:open_case", args=[referral.id]), **_opening(cast, cpr=""))
    assert response.status_code == 302


def test_a_citizen_who_is_known_is_said_to_be_and_used_again(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser, cpr=karla_has_a_number, first_name="Karla", last_name="Holm")
    page = words(browser.page(reverse("authority:referral", args=[referral.id])))
    assert "Vi kender borgeren 26-0001 Hjælpen er i gang, Voksne med handicap" in page
    response = browser.send(
        reverse("authority:open_case", args=[referral.id]), **_opening(cast, area="adult_disability")
    )
    assert response.url == reverse("authority:case", args=[cast.case_id])
    assert citizens.Citizen.objects.filter(last_name="Holm").count() == 1


def test_contact_is_agreed_in_the_same_form_or_skipped(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser)
    url = reverse("authority:open_case", args=[referral.id])
    half = browser.send(url, **_opening(cast, place="ved havnen"))
    assert half.status_code == 422
    assert "Vælg, hvordan vi giver besked" in words(half.content.decode())
    assert "ved havnen" in half.content.decode()
    whole = {"form": "walk", "place": "ved havnen", "time_of_day": "any", "medium": "call", "every_days": "7"}
    assert browser.send(url, **_opening(cast, **whole)).status_code == 302
    case_id = cases.referral(cast.actor("mette"), referral.id).case_id
    assert case_id is not None
    wish = citizens.contact_wish(cases.case_facts(cast.actor("mette"), case_id).citizen_id)
    assert wish is not None
    assert (wish.every_days, wish.place) == (7, "ved havnen")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cpr": ""}, "Skriv CPR-nummeret som DDMMÅÅ-XXXX."),
        ({"cpr": "abc"}, "Et CPR-nummer har ti tal."),
        ({"coordinator_id": ""}, "Vælg et svar under “Hvem er borgerens rådgiver?”"),
        ({"district_id": ""}, "Vælg et svar under “Distrikt”"),
    ],
)
def test_opening_is_checked_at_the_field(cast: Cast, browser_of: BrowserOf, changes: dict, said: str) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser)
    response = browser.send(reverse("authority:open_case", args=[referral.id]), **_opening(cast, **changes))
    assert response.status_code == 422
    assert said in words(response.content.decode())


def test_a_person_with_a_case_elsewhere_is_explained(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    browser.send(reverse("authority:open_case", args=[_receive(cast, browser).id]), **_opening(cast))
    vita = browser_of("vita")
    other = _receive(cast, vita, district_id="")
    given = _opening(cast, district_id=cast.south.id, coordinator_id=cast.vita.id)
    response = vita.send(reverse("authority:open_case", args=[other.id]), **given)
    assert "Borgeren har allerede en sag, som du ikke har adgang til." in words(response.content.decode())


def test_advice_needs_an_outcome(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    referral = _receive(cast, browser)
    url = reverse("authority:advise", args=[referral.id])
    assert "Skriv, hvad I blev enige om" in words(browser.send(url, outcome="").content.decode())
    assert browser.send(url, outcome="Madklubben på torsdag").url == INBOX
    assert "Fik et råd Bodil Krogh" in words(browser.page(INBOX))
    again = browser.send(url, outcome="Igen, og på fredag")
    assert again.status_code == 403
    assert "Henvendelsen er allerede afsluttet." in words(again.content.decode())
    assert "Igen, og på fredag" in words(again.content.decode())


@pytest.mark.parametrize("who", ["otto", "vita", "jonas", "karla"])
def test_strangers_find_no_referral(cast: Cast, browser_of: BrowserOf, who: str) -> None:
    referral = _receive(cast, browser_of("mette"))
    browser = browser_of(who)
    browser.page(reverse("authority:referral", args=[referral.id]), status=404)
    for name in ("open_case", "advise"):
        assert browser.send(reverse(f"authority:{name}", args=[referral.id]), outcome="x").status_code == 404


def test_the_inbox_does_not_grow_in_queries(
    cast: Cast, browser_of: BrowserOf, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    browser = browser_of("mette")
    _receive(cast, browser, cpr=CPR)
    before = count_queries(lambda: browser.page(INBOX))
    for _ in range(4):
        _receive(cast, browser, cpr=CPR)
    assert count_queries(lambda: browser.page(INBOX)) == before
