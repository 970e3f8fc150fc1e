"""The official order example, taken over as a case; and that nothing of it disappears in silence."""

import datetime as dt
import json

import pytest

from samspil.contexts.access.api import Organisation, User, actor_for
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue.api import Concept
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.exchange.ffb_order.message import Unreadable
from samspil.exchange.ffb_order.taking_over import import_order
from samspil.kernel.danish_dates import day_and_month
from tests.cast import NOW, TODAY
from tests.exchange.conftest import resource


@pytest.fixture
def sanne(lillested):
    return actor_for(User.objects.get(username="sanne").id, on=TODAY)


@pytest.fixture
def imported(lillested, example):
    return import_order(example, at=NOW)


def stored(imported):
    return orders.Order.objects.select_related("case__citizen").get(id=imported.order_id)


def test_the_order_waits_in_the_providers_inbox(imported, sanne):
    (line,) = orders.inbox(sanne)
    assert (line.id, line.citizen_name, line.is_imported) == (imported.order_id, "Christian Christiansen", True)
    assert line.sent_by_name == "Karen Karlsen, Socialrådgivergruppe B"
    assert line.sent_at == dt.datetime(2021, 3, 15, 12, 5, 37, tzinfo=dt.UTC)
    assert line.starts_on == dt.date(2021, 3, 22)
    assert line.what.split("\n") == [
        "Almindeligt længerevarende botilbud til voksne:",
        "Længerevarende ophold",
        "Støtte til daglige opgaver i hjemmet",
        "Støtte til sociale relationer, fra 1. april 2021 til 1. oktober 2021",
        "Støtte til psykisk trivsel, fra 1. april 2021",
        "Kørsel efter §105, fra 1. april 2021",
    ]


def test_it_can_be_worked_on_like_any_case(imported, sanne):
    orders.accept_order(actor=sanne, at=NOW, order_id=imported.order_id, contact_id=sanne.user_id)
    plan = goals.goals_for(sanne, imported.case_id)
    assert plan.purpose.wording == "At Christian trives i sit hjem og oplever at blive forstået."
    assert plan.purpose.citizen_words.startswith("Christian drømmer om at bo et sted")
    (goal,) = plan.running
    assert goal.title == "Jeg laver mad sammen med de andre, der bor på samme bosted"
    assert (goal.theme, goal.goal_type_words) == ("Indgå i samspil og kontakt", "Udvikle funktionsevne")
    assert goal.expected_level_words == "Moderat nedsat funktionsevne"
    goals.add_sub_goal(actor=sanne, at=NOW, goal_id=goal.id, title="Lave salat om onsdagen")
    at = NOW + dt.timedelta(days=1)
    notes.write_note(
        actor=sanne,
        at=at,
        case_id=imported.case_id,
        kind="visit",
        happened_at=at,
        pieces=[notes.NewSegment(kind="citizen_words", text="Jeg lavede selv salaten", goal_id=goal.id)],
    )
    later = NOW + dt.timedelta(days=2)
    note_id = orders.compose_status_note(actor=sanne, at=later, order_id=imported.order_id)
    part = orders.status_note(sanne, note_id).parts[0]
    assert part.text == "“Jeg lavede selv salaten.” Christian, 25. november."


def test_the_people_around_are_taken_over(imported):
    citizen = stored(imported).case.citizen
    assert citizens.cpr_of(citizen.id) == "1111111111"
    assert (citizen.municipality, citizen.phone, citizen.town) == (157, "22334455", "Y-borg")
    people = [(person.name, person.kind_code, person.phone) for person in citizens.relations_of(citizen.id)]
    assert people == [("Børge Børgesen", "guardian", "99112233"), ("Louise Christiansen", "mother", "55667788")]
    assert Organisation.objects.get(municipality_code=157).name == "X-Købing kommune"


def test_what_could_not_be_taken_over_is_named(imported):
    named = "\n".join(imported.not_taken_over)
    assert (
        "Kontonummer til betaling: Samspil har endnu ikke et felt til det. Det står i beskeden som 4444-88888888."
        in named
    )
    assert "Selve filen er ikke med i beskeden." in named
    assert "Opfølgningen 15. juni 2021 ligger i fortiden." in named
    assert "som nummer 0157" in named
    assert "http://fhir.kl.dk" not in named
    assert stored(imported).follow_up_on is None
    assert stored(imported).not_taken_over == list(imported.not_taken_over)


# What only says how the message is built.
STRUCTURE = {"resourceType", "id", "profile", "reference", "system", "url", "use"}
# Codes that decide where something goes, and are seen by where it went.
ROUTING = {
    "ffb-order": "Sendt 15. marts 2021",
    "424827b1-23aa-4848-962b-56ee47def560": "At Christian trives",
    "416fe27d-3ccf-4390-8742-8b52a9d8dc78": "Christian drømmer om",
    "0bb3daef-538d-45dc-b444-abdbcb63f6bc": "Jeg laver mad sammen",
    "FFB indsatsmål": "Jeg laver mad sammen",
    "90c48f03-f194-4b2f-ad7d-6cba1069ae48": "Udvikle funktionsevne",
    "66959f77-6e2a-4574-8423-3ff097f8b9fa": "Moderat nedsat funktionsevne",
}
WORDS = {
    "active": "Gældende: bestillingen",
    "order": "Bestilt: bestillingen",
    "accepted": "Godkendt: formålet",
    "completed": "Færdig: udredningen",
    "final": "Endelig: Vurdering af borgerens situation",
    "planned": "planlagt",
    "not-started": "Ikke begyndt: Længerevarende ophold",
    "in-progress": "I gang: anden hjælp",
    "current": "dokumentet “Journal fra speciallæge",
    "0157": "Kommune nr. 0157",
    "e459386d-1474-4c31-89c5-c8bc7a25e3d4": "Social indsats",
    "9f03dfbb-7a97-45a5-94db-d4c3501714a9": "Møde (opfølgning)",
    "053a301d-1bb8-4cc4-b781-87825ecf0ef8": "Vurdering af borgerens situation",
    "effe55c7-572c-4a99-8fb4-2a9dda2f6572": "Vurdering af støttebehov",
    "f52887de-023f-4193-b6b0-4b0a37b1cffc": "Borgerens ressourcer",
    "3f7a8ca0-afca-4b0d-8773-a99b5f2f8aaf": "Borgerens perspektiv på indsatsen",
    "koordinerende-myndighed": "Koordinerer for myndighederne: Socialrådgivergruppe B",
    "Ansvarlig for koordinering af myndighedssamarbejde": "Koordinerer for myndighederne: Socialrådgivergruppe B",
    "samarbejdende-myndighed": "Samarbejdende myndighed: Ungeenheden",
    "koordinerende-udfører": "Koordinerer for udførerne: Afdeling Q",
    "Ansvarlig for koordinering af udførersamarbejde": "Koordinerer for udførerne: Afdeling Q",
    "MTH": "Louise Christiansen: mor",
    "advocate": "Louise Christiansen er bisidder",
    "GUARD": "Børge Børgesen: værge",
    "N": "Louise Christiansen er nærmeste pårørende",
    "5": "værgemålslovens § 5",
    "patient-privacy": "Gælder deling af oplysninger",
    "IDSCL": "Gælder deling af oplysninger",
    "persondataloven": "persondataloven, § 6-8",
    "HH": "hos borgeren",
    "application/pdf": "(PDF)",
    "a": "om året",
    1: "(primær målgruppe)",
    2: "rang 2",
}


def leaves(value, path=()):
    match value:
        case dict():
            for key, inner in value.items():
                yield from leaves(inner, (*path, key))
        case list():
            for inner in value:
                yield from leaves(inner, path)
        case _:
            yield path, value


def corpus(imported):
    """Everything a person can read of the order: the case's fields, the facts of the message and what is named."""
    order = stored(imported)
    citizen = order.case.citizen
    plan = goals.Goal.objects.filter(case_id=order.case_id).select_related("theme")
    codes = Concept.objects.filter(code__in=[c for goal in plan for c in (goal.goal_type, goal.expected_level)])
    purpose = goals.Purpose.objects.get(case_id=order.case_id)
    people = citizens.relations_of(citizen.id)
    return "\n".join(
        [
            citizen.first_name, citizen.last_name, citizens.cpr_of(citizen.id), citizen.phone, citizen.email,
            citizen.address, citizen.postcode, citizen.town, purpose.citizen_words, purpose.wording, order.what,
            order.sent_by_name, order.sent_by_phone, day_and_month(order.starts_on, dt.date(1, 1, 1)),
            *(f"{goal.title} {goal.theme.display_da}" for goal in plan),
            *(code.display_da for code in codes),
            *(f"{person.name} {person.phone} {person.kind}" for person in people),
            *(f"{fact['heading']}: {fact['text']}" for fact in order.source_facts),
            *order.not_taken_over,
        ]
    )  # fmt: skip


def said(value):
    """In which words a value of the message is expected to be found."""
    if value in WORDS or value in ROUTING:
        return WORDS.get(value) or ROUTING[value]
    if isinstance(value, str) and (concept := Concept.objects.filter(code=value).first()):
        return concept.display_da
    if isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-" and len(value) in (10, 25):
        return day_and_month(dt.datetime.fromisoformat(value), dt.date(1, 1, 1))
    return str(value)


# Displays that only repeat a code, in other words than ours.
DISPLAYS = {
    "FFB vurdering af borgers situation": "Vurdering af borgerens situation",
    "FFB støttebehovsvurdering": "Vurdering af støttebehov",
    "opfølgning": "opfølgning",
}


def test_every_value_of_the_message_is_taken_over_told_or_named(imported, example):
    bundle = json.loads(example)
    text = corpus(imported).casefold()
    missing = []
    for entry in bundle["entry"]:
        for path, value in leaves(entry["resource"]):
            if path[-1] in STRUCTURE or path[:2] in {("text", "status"), ("text", "div")}:
                continue
            words = DISPLAYS.get(value) or said(value)
            if words.casefold() not in text and " ".join(words.split()).casefold() not in " ".join(text.split()):
                missing.append((entry["resource"]["resourceType"], ".".join(path), value))
    assert missing == []


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("Patient", "maritalStatus", {"text": "gift"}, "Om borgeren står også: maritalStatus.text = gift."),
        ("Patient", "active", True, "Om borgeren står også: active = ja."),
        ("Goal", "note", [{"text": "Husk forklædet"}], "Om et mål står også: note.text = Husk forklædet."),
        ("Account", "balance", {"value": 12.5}, "Om betalingen står også: balance.value = 12.5."),
        ("CarePlan", "note", [{"text": "Ring først"}], "Om indsatsen står også: note.text = Ring først."),
        ("CareTeam", "name", "Holdet", "Om dem, der er med står også: name = Holdet."),
    ],
)
def test_a_value_that_nobody_asks_for_is_named_by_itself(lillested, changed, kind, field, value, words):
    message = changed(lambda bundle: resource(bundle, kind).update({field: value}))
    assert any(words in sentence for sentence in import_order(message, at=NOW).not_taken_over)


def test_a_resource_of_a_kind_we_do_not_know_is_named(lillested, changed):
    strange = {"resourceType": "Device", "id": "1", "deviceName": [{"name": "Kørestol"}]}
    message = changed(lambda bundle: bundle["entry"].append({"fullUrl": "Device/1", "resource": strange}))
    assert any("Kørestol" in sentence for sentence in import_order(message, at=NOW).not_taken_over)


def test_what_is_only_pointed_to_is_named(lillested, changed):
    message = changed(lambda b: resource(b, "CarePlan").update({"supportingInfo": [{"reference": "Location/9"}]}))
    named = import_order(message, at=NOW).not_taken_over
    assert "Beskeden henviser til Location/9, som ikke er med i beskeden." in named


def test_a_narrative_written_by_hand_is_kept(lillested, changed):
    text = {"status": "additional", "div": "<div>Nøglen ligger hos naboen</div>"}
    message = changed(lambda bundle: resource(bundle, "Patient").update({"text": text}))
    assert any("Nøglen ligger hos naboen" in sentence for sentence in import_order(message, at=NOW).not_taken_over)


def test_an_unknown_code_is_told_in_the_messages_own_words(lillested, changed):
    def alter(bundle):
        resource(bundle, "Goal", 1)["target"][0]["detailCodeableConcept"]["coding"][0]["code"] = "findes-ikke"

    imported = import_order(changed(alter), at=NOW)
    assert any("koden findes-ikke kender Samspils kodeliste ikke" in sentence for sentence in imported.not_taken_over)
    assert goals.Goal.objects.get(case_id=imported.case_id).goal_type == ""


def test_a_file_in_the_message_is_named_with_its_size(lillested, changed):
    def alter(bundle):
        resource(bundle, "DocumentReference")["content"][0]["attachment"]["data"] = "QUJD" * 1000

    named = import_order(changed(alter), at=NOW).not_taken_over
    assert any("Filen ligger i beskeden (3 kB)" in sentence for sentence in named)
    assert not any("QUJD" in sentence for sentence in named)


def test_a_fourth_goal_is_named(lillested, changed):
    def alter(bundle):
        goal = resource(bundle, "Goal", 1)
        for number in range(3):
            copy = json.loads(json.dumps(goal)) | {"id": f"g{number}", "description": {"text": f"Mål nummer {number}"}}
            bundle["entry"].append({"fullUrl": f"Goal/g{number}", "resource": copy})

    imported = import_order(changed(alter), at=NOW)
    assert goals.Goal.objects.filter(case_id=imported.case_id).count() == 3
    assert any("Målet “Mål nummer 2” er ikke oprettet" in sentence for sentence in imported.not_taken_over)


def test_a_text_too_long_for_its_field_is_kept_whole(lillested, changed):
    long = "meget " * 200 + "vigtigt"
    message = changed(lambda bundle: resource(bundle, "Goal", 1)["description"].update({"text": long}))
    imported = import_order(message, at=NOW)
    goal = goals.Goal.objects.get(case_id=imported.case_id)
    assert len(goal.title) <= 80
    assert goal.wording == long


def test_the_same_message_twice_makes_no_second_case(imported, example):
    with pytest.raises(Unreadable, match="læst ind før"):
        import_order(example, at=NOW)
    assert orders.Order.objects.filter(source="ffb-message").count() == 1
    assert cases.Case.objects.filter(municipality=157).count() == 1


def test_a_new_order_for_a_citizen_who_is_known_keeps_what_stands(imported, changed):
    def alter(bundle):
        bundle["id"] = "another"
        resource(bundle, "Patient")["telecom"][0]["value"] = "99999999"

    again = import_order(changed(alter), at=NOW)
    assert citizens.Citizen.objects.filter(municipality=157).count() == 1
    assert any("Borgeren fandtes i forvejen" in s and "99999999" in s for s in again.not_taken_over)
    assert again.case_id != imported.case_id


def test_absolute_references_and_missing_full_urls_are_read_too(lillested, example):
    text = example.decode().replace('"reference":"Goal/', '"reference":"http://sender.dk/fhir/Goal/')
    bundle = json.loads(text)
    for entry in bundle["entry"]:
        entry.pop("fullUrl")
    imported = import_order(json.dumps(bundle).encode(), at=NOW)
    assert goals.Goal.objects.filter(case_id=imported.case_id).count() == 1
