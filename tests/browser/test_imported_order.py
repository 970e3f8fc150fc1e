"""KL's own example of an order: read in, accepted, worked on and reported back, in the browser."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from samspil.contexts.access.api import Organisation, Role, RoleAssignment, Unit, User
from samspil.contexts.catalogue import api as catalogue
from tests.browser.person import People, Person
from tests.cast import LONG, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

EXAMPLE = Path(__file__).parents[1] / "exchange" / "data" / "ffb-order-example.json"


@pytest.fixture
def lillested(cast: Cast) -> None:
    """The provider that the example is addressed to, and Sanne who works there."""
    catalogue.load_code_systems(at=timezone.localtime())
    home = Organisation.objects.create(kind="private", name="Bostedet Lillested")
    team = Unit.objects.create(organisation=home, kind="provider_team", name="Afdeling Q")
    sanne = User.objects.create(username="sanne", name="Sanne Vik", title="Pædagog", password="!")
    RoleAssignment.objects.create(user=sanne, role=Role.PROVIDER_WORKER, organisation=home, unit=team, runs=LONG)


def test_from_message_to_message(somebody: People, lillested: None) -> None:
    said = io.StringIO()
    call_command("import_order", str(EXAMPLE), stdout=said)
    assert "ligger nu i indbakken hos Bostedet Lillested" in said.getvalue()
    sanne = somebody("Sanne Vik")
    sanne.sees("Nye bestillinger")
    sanne.follow("Læs og svar")
    sanne.sees("Det er bestilt", "Det kunne Samspil ikke tage over")
    sanne.choose("Hvem er kontaktperson?", "Sanne Vik")
    sanne.press("Tag imod")
    case_id = re.search(r"[0-9a-f-]{36}", _case_address(sanne))[0]  # type: ignore[index]

    sanne.go(reverse("provider:goals", args=[case_id]))
    sanne.follow(re.compile("Nyt delmål"))
    sanne.write("Delmålet", "Handle ind med en liste")
    sanne.press("Gem delmålet")
    sanne.sees("Handle ind med en liste")

    sanne.go(reverse("provider:case", args=[case_id]))
    sanne.tab_to(sanne.page.locator("#notat textarea[name=text]"))
    sanne.page.keyboard.insert_text("Vi skrev listen sammen.\n+ Alle varer kom med hjem.")
    sanne.press("Gem notat")
    sanne.sees("Notatet er gemt.", "Alle varer kom med hjem.")

    sanne.go(reverse("provider:case_status", args=[case_id]))
    sanne.press("Saml et statusnotat")
    while sanne.page.get_by_role("button", name=re.compile("^Uændret")).count():
        sanne.press(re.compile("^Uændret"))
    sanne.sees("Alle varer kom med hjem.")
    sanne.choose("Hvad anbefaler I?", "Fortsæt som nu")
    sanne.press("Send til kommunen")
    sanne.sees("Sendt til kommunen")
    _is_reported_back(sanne)


def _case_address(sanne: Person) -> str:
    sanne.go("/")
    return str(sanne.page.get_by_role("link", name="Skriv").first.get_attribute("href"))


def _is_reported_back(sanne: Person) -> None:
    """The note as a document for another system, with the names of the message, and on paper."""
    with sanne.page.expect_download() as waiting:
        sanne.link(re.compile("Til et andet system")).click()
    answer = json.loads(Path(waiting.value.path()).read_text())
    asked = json.loads(EXAMPLE.read_text())
    assert answer["resourceType"] == "Bundle"
    assert answer["type"] == "document"
    text = json.dumps(answer, ensure_ascii=False)
    assert "Alle varer kom med hjem." in text
    goals = {row["resource"]["id"] for row in asked["entry"] if row["resource"]["resourceType"] == "Goal"}
    assert goals & {row["resource"]["id"] for row in answer["entry"] if row["resource"]["resourceType"] == "Goal"}
    paper = sanne.page.request.get(sanne.site + str(sanne.link("Som PDF").get_attribute("href")))
    assert paper.body().startswith(b"%PDF")
