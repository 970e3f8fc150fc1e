"""Hvem er med: what is masked, what is logged, and how agreements are changed without losing any."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry, User
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import AccessGrant
from tests.cast import Cast
from tests.web.authority.conftest import Browser, words

BrowserOf = Callable[[str], Browser]
WISH = {"form": "walk", "place": "ved havnen", "time_of_day": "morning", "medium": "call", "every_days": "14"}


def _url(cast: Cast, name: str = "people", *args: object) -> str:
    return reverse(f"authority:{name}", args=[cast.case_id, *args])


def test_the_cpr_number_is_masked_until_asked_for_and_then_logged(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    browser, serial = browser_of("mette"), karla_has_a_number[6:]
    for name in ("case", "people", "timeline"):
        assert serial not in browser.page(_url(cast, name))
    response = browser.send(_url(cast, "show_cpr"))
    assert f"{karla_has_a_number[:6]}-{serial}" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert AccessLogEntry.objects.filter(what="cpr", user_name="Mette Bjerre").count() == 1
    by_address = browser.client.get(_url(cast, "show_cpr"))
    assert (by_address.status_code, by_address.url) == (302, _url(cast))


def test_a_number_that_cannot_be_opened_is_said_and_not_crashed_on(cast: Cast, browser_of: BrowserOf) -> None:
    response = browser_of("mette").send(_url(cast, "show_cpr"))
    assert response.status_code == 200
    assert "Vi kan ikke læse nummeret." in response.content.decode()


def test_a_protected_address_is_masked_until_asked_for_and_then_logged(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    assert "Havnegade 12" in browser.page(_url(cast))
    citizens.Citizen.objects.filter(id=cast.citizen_id).update(is_address_protected=True)
    page = browser.page(_url(cast))
    assert "Beskyttet adresse" in page
    assert "Havnegade" not in page
    assert "Havnegade" not in browser.page(_url(cast, "reach"))
    for said in ("", "fordi", ". . . . . . . . . . ."):
        refused = browser.send(_url(cast, "show_address"), words=said)
        assert refused.status_code == 422
        assert "Havnegade" not in refused.content.decode()
    assert not AccessLogEntry.objects.filter(what="address").exists()
    why = "Jeg skal hente Karla til mødet"
    assert "Havnegade 12" in browser.send(_url(cast, "show_address"), words=why).content.decode()
    assert AccessLogEntry.objects.get(what="address").why == why


def test_a_protected_address_is_for_the_coordinator_alone(cast: Cast, browser_of: BrowserOf) -> None:
    citizens.Citizen.objects.filter(id=cast.citizen_id).update(is_address_protected=True)
    browser = browser_of("lene")
    assert "Kun borgerens rådgiver kan se den." in browser.page(_url(cast))
    refused = browser.send(_url(cast, "show_address"), words="Jeg vil gerne vide det")
    assert refused.status_code == 403
    assert "Havnegade" not in refused.content.decode()


def test_a_protected_address_is_kept_when_nothing_new_is_written(cast: Cast, browser_of: BrowserOf) -> None:
    citizens.Citizen.objects.filter(id=cast.citizen_id).update(is_address_protected=True)
    browser_of("mette").send(_url(cast, "reach"), phone="60 60 60 60", is_address_protected="on")
    reach = citizens.reach_of(cast.citizen_id, is_needed=True)
    assert (reach.phone, reach.address, reach.is_address_protected) == ("60 60 60 60", "Havnegade 12, 2. th.", True)
    browser_of("mette").send(_url(cast, "reach"), address="Bakken 3", is_address_protected="on")
    assert citizens.reach_of(cast.citizen_id).whole_address == ""
    assert citizens.reach_of(cast.citizen_id, is_needed=True).address == "Bakken 3"


def test_a_contact_agreement_is_made_and_the_old_one_stays(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    assert browser.send(_url(cast, "contact"), **WISH).url == _url(cast)
    assert "Helst: gå en tur ved havnen, om formiddagen, opkald. Vi taler sammen mindst hver 14. dag." in words(
        browser.page(_url(cast))
    )
    browser.send(_url(cast, "contact"), **(WISH | {"form": "video", "place": ""}))
    assert "Tidligere aftaler Helst: gå en tur ved havnen" in words(browser.page(_url(cast)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"every_days": "ofte"}, "Skriv et tal, fx 14."),
        ({"every_days": "0"}, "Skriv et antal dage fra 1 til 365."),
        ({"every_days": "9999999999999999999"}, "Skriv et antal dage fra 1 til 365."),
        ({"form": ""}, "Vælg et svar under"),
        ({"form": "telepati"}, "valgmulighed"),
        ({"words": "x" * 1_000_000}, "Teksten er for lang."),
    ],
)
def test_errors_stand_at_the_field(cast: Cast, browser_of: BrowserOf, changes: dict, said: str) -> None:
    response = browser_of("mette").send(_url(cast, "contact"), **(WISH | changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in words(page)
    assert 'value="ved havnen"' in page
    assert citizens.contact_wish(cast.citizen_id) is None


def test_two_people_changing_the_agreement_see_both_texts(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    browser.send(_url(cast, "contact"), **WISH)
    stood = re.search(r'name="form_state" value="(\w+)"', browser.page(_url(cast, "contact")))
    assert stood
    browser_of("lene").send(_url(cast, "contact"), form_state=stood[1], **(WISH | {"form": "video"}))
    mine = WISH | {"form": "home", "words": "Kom gerne"}
    response = browser.send(_url(cast, "contact"), form_state=stood[1], **mine)
    assert response.status_code == 409
    said = words(response.content.decode())
    assert "Det står der nu Video" in said
    assert "Kom gerne" in said
    assert len(citizens.contact_wishes(cast.citizen_id)) == 2


def test_a_relative_is_written_down_and_let_in(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    browser.send(_url(cast, "relation"), name="Bo Holm", kind="brother", phone="30 40 50 60")
    bo = citizens.relations_of(cast.citizen_id)[0]
    assert (bo.name, bo.may_see_case) == ("Bo Holm", False)
    given = {"kind": "relative", "scopes": ["plan"], "source": "meeting"}
    browser.send(_url(cast, "access_give", bo.id), **given)
    assert citizens.relations_of(cast.citizen_id)[0].may_see_case
    grant = AccessGrant.objects.get(relation_id=bo.id)
    assert (grant.scopes, grant.source, grant.chosen_by_name) == (["plan"], "meeting", "Mette Bjerre")
    page = browser.send(_url(cast, "access_give", bo.id), **given).content.decode()
    assert "Personen har allerede den slags adgang. Ret den i stedet." in page
    browser.send(_url(cast, "access_change", grant.id), scopes=["plan", "write"], source="call", last_day="")
    assert AccessGrant.objects.get(id=grant.id).scopes == ["plan", "write"]
    browser.send(_url(cast, "access_stop", grant.id))
    assert not citizens.relations_of(cast.citizen_id)[0].may_see_case
    browser.send(_url(cast, "access_undo", grant.id))
    assert citizens.relations_of(cast.citizen_id)[0].may_see_case
    response = browser.send(_url(cast, "relation"), name="", kind="")
    assert "Vælg et svar under “Hvem er det for borgeren?”" in words(response.content.decode())


def test_a_relative_of_somebody_else_is_not_found(cast: Cast, browser_of: BrowserOf, more_cases: Callable) -> None:
    (other,) = more_cases("Anna Lund")
    ida = citizens.relations_of(cast.citizen_id)[0]
    grant = AccessGrant.objects.get()
    browser = browser_of("mette")
    given = {"kind": "relative", "scopes": ["plan"], "source": "meeting"}
    assert browser.send(reverse("authority:access_give", args=[other, ida.id]), **given).status_code == 404
    for name in ("access_change", "access_stop", "access_undo"):
        assert browser.send(reverse(f"authority:{name}", args=[other, grant.id]), **given).status_code == 404
    assert citizens.relations_of(cast.citizen_id)[0].may_see_case


def test_a_guardian_needs_a_paper_and_gets_no_more_than_the_law(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    ida = citizens.relations_of(cast.citizen_id)[0]
    url = _url(cast, "access_give", ida.id)
    given = {"kind": "guardian", "matters": ["financial"], "scopes": ["write", "helpers"], "source": "register"}
    assert "Skriv, hvilket papir det står på." in words(browser.send(url, **given).content.decode())
    wide = given | {"scopes": ["plan"], "document": "Beskikkelse 12"}
    assert "Så meget giver værgemålet" in words(browser.send(url, **wide).content.decode())
    assert not AccessGrant.objects.filter(kind="guardian").exists()
    browser.send(url, **given, document="Beskikkelse 12")
    assert AccessGrant.objects.get(kind="guardian").matters == ["financial"]


def test_handing_over_is_checked_at_the_field(cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of("mette")
    given = {"coordinator_id": cast.lene.id, "district_id": cast.north.id, "version": 1}
    response = browser.send(_url(cast, "hand_over"), **given, follow_up_on="30.2.2027")
    assert "Den dato findes ikke." in words(response.content.decode())
    response = browser.send(_url(cast, "hand_over"), **given, follow_up_on="1. november 2026")
    assert "Dagen er gået." in words(response.content.decode())
    assert browser.send(_url(cast, "hand_over"), **given, follow_up_on="1. februar 2027").status_code == 302
    facts = cases.case_facts(cast.actor("mette"), cast.case_id)
    assert (facts.coordinator_name, facts.version) == ("Lene Krag", 2)


def test_two_people_handing_over_see_both_texts(cast: Cast, browser_of: BrowserOf) -> None:
    given = {"district_id": cast.north.id, "version": 1}
    browser_of("lene").send(_url(cast, "hand_over"), **given, coordinator_id=cast.lene.id)
    response = browser_of("mette").send(_url(cast, "hand_over"), **given, coordinator_id=cast.mette.id)
    assert response.status_code == 409
    assert "Lene Krag" in response.content.decode()


@pytest.mark.parametrize("field", ["coordinator_id", "district_id"])
def test_people_and_places_of_other_municipalities_cannot_be_chosen(
    cast: Cast, browser_of: BrowserOf, field: str
) -> None:
    given = {"coordinator_id": cast.mette.id, "district_id": cast.north.id, "version": 1}
    foreign = {"coordinator_id": cast.otto.id, "district_id": cast.south.id}[field]
    response = browser_of("mette").send(_url(cast, "hand_over"), **(given | {field: foreign}))
    assert response.status_code == 422


def test_who_helps_is_shown(cast: Cast, browser_of: BrowserOf) -> None:
    said = words(browser_of("mette").page(_url(cast)))
    assert "Mette Bjerre Rådgiver mandag til torsdag kl. 9 til 11 Ring 20 12 34 56" in said
    assert "Jonas Lykke Bostøtte Nord" in said
    assert "Ida Holm Søster se planen og målene se møderne og være med" in said


def test_on_a_shared_screen_nothing_private_is_shown(
    cast: Cast, browser_of: BrowserOf, karla_has_a_number: str
) -> None:
    browser = browser_of("mette")
    assert "Havnegade 12" in browser.page(_url(cast))
    User.objects.filter(id=cast.mette.id).update(display_mode="tavle")
    page = browser.page(_url(cast))
    assert "Havnegade 12" not in page
    assert "Vis CPR-nummer" not in page
    assert karla_has_a_number[6:] not in browser.send(_url(cast, "show_cpr")).content.decode()
