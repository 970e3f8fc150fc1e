"""Borgere: the list and the search."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases import api as cases
from samspil.kernel import cpr as cprs
from tests.cast import NOW, Cast
from tests.web.authority.conftest import Browser, words

BrowserOf = Callable[[str], Browser]
LIST = "/myndighed/borgere/"
SEARCH = "/myndighed/borgere/soeg/"


def test_a_row_says_how_it_stands_in_words(cast: Cast, browser_of: BrowserOf) -> None:
    said = words(browser_of("mette").page(LIST))
    assert "Karla Holm 47 år Hjælpen er i gang Tur: Udfører Kontakt: endnu ingen Dig Nord" in said
    assert [look.what for look in AccessLogEntry.objects.all()] == ["caseload"]


def test_danish_order_on_the_page(cast: Cast, browser_of: BrowserOf, more_cases: Callable) -> None:
    more_cases("Åse Lund", "Ærna Lund", "Øjvind Lund", "Aage Lund", "Anna Lund")
    said = words(browser_of("mette").page(LIST))
    order = [said.index(name) for name in ("Anna", "Karla", "Ærna", "Øjvind", "Aage", "Åse")]
    assert order == sorted(order)


@pytest.mark.parametrize("who", ["otto", "vita"])
def test_other_places_see_other_people(cast: Cast, browser_of: BrowserOf, who: str) -> None:
    assert "Ingen borgere passer på det" in browser_of(who).page(LIST)
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("who", ["jonas", "karla", "ida"])
def test_the_authoritys_pages_are_the_authoritys(browser_of: BrowserOf, who: str) -> None:
    browser = browser_of(who)
    for url in (LIST, "/myndighed/min-dag/", "/myndighed/henvendelser/", "/myndighed/henvendelser/ny/"):
        browser.page(url, status=404)


def test_made_up_filters_do_no_harm(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    for query in ("side=x", "side=-1", "side=99", "side=²", "distrikt=x", "orden=x", "status=x", "q=%00", "q=%u"):
        browser.page(f"{LIST}?{query}")
    assert browser.send(SEARCH, q="karla\x00").status_code == 302


def test_search_by_cpr_goes_to_the_person_and_keeps_the_number_out_of_addresses(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    browser = browser_of("mette")
    for typed in (karla_has_a_number, cprs.formatted(karla_has_a_number), f" {karla_has_a_number} "):
        response = browser.send(SEARCH, q=typed)
        assert response.url == reverse("authority:case", args=[cast.case_id])
    assert {look.what for look in AccessLogEntry.objects.all()} == {"search"}


def test_a_cpr_number_of_another_place_is_nobody_here(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    for who, said in (
        ("otto", "Ingen af jeres borgere har det CPR-nummer."),
        ("vita", "Du har ikke adgang til sag 26-0001. Nødadgang"),
    ):
        response = browser_of(who).send(SEARCH, q=karla_has_a_number)
        assert response.status_code == 200
        assert said in words(response.content.decode())
        assert karla_has_a_number not in response.content.decode()
        assert "Karla" not in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("990979-1234", "De første seks tal er ikke en dato. Tjek CPR-nummeret."),
        ("47037912", "Et CPR-nummer har ti tal."),
        ("470379-12345", "Et CPR-nummer har ti tal."),
    ],
)
def test_a_number_of_the_wrong_shape_is_explained(cast: Cast, browser_of: BrowserOf, typed: str, said: str) -> None:
    page = browser_of("mette").send(SEARCH, q=typed).content.decode()
    assert said in words(page)
    assert f'value="{typed}"' in page


def test_a_cpr_number_in_an_address_is_not_searched_for(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    page = browser_of("mette").page(f"{LIST}?q={karla_has_a_number}")
    assert karla_has_a_number not in page.partition("<main")[2]


def test_a_person_with_two_cases_is_a_list_of_two(cast: Cast, browser_of: BrowserOf, karla_has_a_number: str) -> None:
    cases.start_case(
        actor=cast.actor("mette"),
        at=NOW,
        citizen_id=cast.citizen_id,
        area="elder_care",
        coordinator_id=cast.mette.id,
        district_id=cast.north.id,
    )
    response = browser_of("mette").send(SEARCH, q=karla_has_a_number)
    assert words(response.content.decode()).count("Karla Holm") == 2


def test_search_by_name_and_case_number(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    assert browser.send(SEARCH, q="26-0001").url == reverse("authority:case", args=[cast.case_id])
    assert browser.send(SEARCH, q="  karla   holm ").url == f"{LIST}?q=karla+holm"
    assert "Karla Holm" in words(browser.page(f"{LIST}?q=karla+holm"))
    assert browser.send(SEARCH, q="").url == LIST
    assert "Ingen borgere passer på det" in browser.page(f"{LIST}?q=bodil")


def test_eight_queries_however_many_rows(
    cast: Cast,
    browser_of: BrowserOf,
    more_cases: Callable,
    count_queries: Callable[[Callable[[], object]], int],
) -> None:
    browser = browser_of("lene")
    before = count_queries(lambda: browser.page(LIST))
    more_cases("Anna Et", "Bo To", "Carl Tre", "Dorte Fire")
    assert count_queries(lambda: browser.page(LIST)) == before
    savepoint_of_the_log = 2  # begin and commit, when it is not a test
    assert before - savepoint_of_the_log <= 8


@pytest.mark.slow
def test_fifty_rows_a_page(cast: Cast, browser_of: BrowserOf, more_cases: Callable) -> None:
    more_cases(*(f"Navn{n:02d} Efternavn" for n in range(55)))
    browser = browser_of("mette")
    first, second = browser.page(LIST), browser.page(f"{LIST}?side=2&mine=1")
    assert (first.count('<th scope="row">'), second.count('<th scope="row">')) == (50, 6)
    assert "Side 1 af 2" in words(first)
    assert "mine=1" in second
