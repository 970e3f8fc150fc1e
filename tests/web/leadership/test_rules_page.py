"""Regler: what Samspil believes the law to be, and that nobody has verified it."""

import re

import pytest
from django.urls import reverse

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import ProvisionKind
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.deadlines import api as deadlines
from tests.cast import NOW, TODAY

pytestmark = pytest.mark.django_db
RULES = reverse("leadership:rules")


@pytest.fixture
def law(cast):
    return catalogue.load_law(at=NOW)


@pytest.fixture
def page(client_for, law):
    def read(query="", *, status=200):
        answer = client_for("lene").get(f"{RULES}{query}")
        assert answer.status_code == status
        return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())

    return read


def test_only_leaders_find_it(client_for, law):
    for name, status in (("lene", 200), ("mette", 404), ("jonas", 404), ("karla", 404), ("ida", 404), ("otto", 404)):
        assert client_for(name).get(RULES).status_code == status
    assert RULES in client_for("lene").get(reverse("authority:my_day")).content.decode()
    assert RULES not in client_for("mette").get(reverse("authority:my_day")).content.decode()


def test_it_says_that_no_jurist_has_seen_the_rules(page):
    said = page()
    assert "Ingen jurist har set reglerne" in said
    assert f"Samspil kommer med {sum(map(len, catalogue.provisions(at=TODAY).values()))} regler" in said
    assert said.count("ikke bekræftet af en jurist") == len(catalogue.legal_bases(at=TODAY))


def test_what_somebody_has_verified_says_by_whom(page):
    row = Provision.objects.filter(kind="basis", key="sel-85")
    row.update(verified_by="Jura Hansen, Fjordby Kommune", verified_on=TODAY)
    said = page()
    assert "Ingen jurist har set reglerne" not in said
    assert "1 af " in said
    assert "bekræftet af Jura Hansen, Fjordby Kommune" in said


@pytest.mark.parametrize("kind", list(ProvisionKind))
def test_every_kind_can_be_read(page, kind):
    said = page(f"?vis={kind}")
    number = len(catalogue.provisions(at=TODAY)[kind])
    assert number > 0
    assert said.count("ikke bekræftet af en jurist") == number


def test_a_basis_is_shown_with_what_must_be_established(page):
    said = page()
    assert "Serviceloven § 85: Socialpædagogisk støtte" in said
    assert "Hvilke færdigheder kan støtten udvikle eller holde ved lige?" in said
    assert "Varer højst 6 måneder." in said
    assert "Man kan ikke klage." in said


def test_the_rules_of_another_day(page):
    before, after = page("?dag=30.6.2025"), page("?dag=1.7.2025")
    assert "§ 79 a" in before
    assert "§ 79 a" not in after
    assert "Helhedspleje" not in before
    assert "Helhedspleje" in after


def test_the_day_stands_in_its_field_also_when_a_list_was_chosen(client_for, law):
    assert 'value="24.11.2026"' in client_for("lene").get(f"{RULES}?vis=deadline").content.decode()


def test_only_the_doubtful(page):
    said = page("?vis=deadline&usikre=1")
    assert "Klage over en afgørelse" not in said
    assert "Borgerens svar på nye oplysninger" in said


@pytest.mark.parametrize("query", ["?vis=alt", "?dag=hvornår", "?dag=99.99.9999", "?vis=%00&dag=%00"])
def test_what_is_not_understood_is_said_at_the_field(page, query):
    assert page(query, status=422)


def test_deadlines_counted_by_a_rule_that_was_corrected(page, cast):
    made = deadlines.open_deadline(
        actor=cast.actor("mette"), at=NOW, case_id=cast.case_id, kind="hearing", from_on=TODAY
    )
    assert "En regel er rettet" not in page()
    Provision.objects.filter(id=deadlines.Deadline.objects.get(id=made).rule_id).update(replaced_at=NOW)
    assert "1 frist er regnet ud efter en regel, der er rettet siden." in page()


def test_a_leader_writes_down_that_a_jurist_has_seen_a_rule_and_takes_it_back(client_for, page):
    lene = client_for("lene")
    rule = Provision.objects.get(kind="basis", key="sel-85", replaced_at__isnull=True)
    address = reverse("leadership:verify_rule", args=[rule.id])
    assert "§ 85" in lene.get(address).content.decode()
    empty = lene.post(address, {"jurist": "", "words": "Læst"})
    assert empty.status_code == 422
    assert "Skriv, hvem der har set reglen efter" in empty.content.decode()
    assert "Læst" in empty.content.decode()
    done = lene.post(address, {"jurist": "Jura Holm", "words": "Sammenholdt med loven"})
    assert done.status_code == 302
    said = page()
    assert "bekræftet af Jura Holm" in said
    assert "Sammenholdt med loven" in said
    lene.post(reverse("leadership:unverify_rule", args=[rule.id]))
    assert "Jura Holm" not in page()


def test_nobody_else_marks_a_rule(client_for, law):
    rule = Provision.objects.get(kind="basis", key="sel-85", replaced_at__isnull=True)
    for name in ("mette", "karla", "jonas"):
        answer = client_for(name).post(reverse("leadership:verify_rule", args=[rule.id]), {"jurist": "Jeg"})
        assert answer.status_code == 404
    assert not catalogue.Verification.objects.exists()


DANISH = {
    ProvisionKind.BASIS: ("Socialpædagogisk støtte", "Socio-educational support"),
    ProvisionKind.DEADLINE: ("Aktindsigt", "Access to the file"),
    ProvisionKind.DECISION_RULE: ("Klagevejledningen mangler.", "The guidance on complaints is missing."),
    ProvisionKind.REMITTAL_CAUSE: ("Begrundelsen er for tynd", "The reasons are too thin"),
    ProvisionKind.SCOPE_QUESTION: ("Får borgeren kontant tilskud", "Does the citizen get a cash grant"),
    ProvisionKind.TRANSITION: ("Fra merudgifter", "From additional expenses"),
}


@pytest.mark.parametrize("kind", DANISH)
def test_the_rules_are_read_in_english_and_verified_in_danish(client_for, page, kind):
    danish, english = DANISH[kind]
    assert danish in page(f"?vis={kind}")
    lene = client_for("lene")
    lene.post("/visning/", {"language": "en", "back": "/"})
    said = lene.get(f"{RULES}?vis={kind}").content.decode()
    assert english in said
    assert danish not in said
    assert "The Danish ones are those that hold." in said
    row = next(one for one in catalogue.provisions(at=TODAY)[kind] if danish in str(one))
    signed = lene.get(reverse("leadership:verify_rule", args=[row.about.id])).content.decode()
    assert danish in signed
    assert english not in signed
