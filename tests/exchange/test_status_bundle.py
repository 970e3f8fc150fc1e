"""What is reported back of an imported order: a document whose parts all hang together."""

import json
from uuid import UUID

import pytest

from samspil.contexts.access.api import User, actor_for
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.exchange.ffb_order.taking_over import import_order
from samspil.exchange.status_bundle import status_bundle
from tests.cast import NOW, TODAY

MESSAGE_GOAL = "b6f135d6-ac63-401a-bd0c-95bb10c5dae1"


@pytest.fixture
def sanne(lillested):
    return actor_for(User.objects.get(username="sanne").id, on=TODAY)


@pytest.fixture
def sent(sanne, example):
    """The official order: accepted, worked on, and a status note sent."""
    imported = import_order(example, at=NOW)
    orders.accept_order(actor=sanne, at=NOW, order_id=imported.order_id, contact_id=sanne.user_id)
    (goal,) = goals.goals_for(sanne, imported.case_id).running
    theme = next(one for one in catalogue.ffb_themes(TODAY) if one.name == "Mentale funktioner").sub_themes[0]
    notes.write_note(
        actor=sanne,
        at=NOW,
        case_id=imported.case_id,
        kind="visit",
        happened_at=NOW,
        pieces=[
            notes.NewSegment(kind="goal_status", text="Laver salat <selv>", goal_id=goal.id, value=6),
            notes.NewSegment(kind="change", text="Sover mindre", theme_id=theme.id),
            notes.NewSegment(kind="wish", text="Vil gerne til biludstilling"),
        ],
    )
    goals.add_goal(
        actor=sanne,
        at=NOW,
        case_id=imported.case_id,
        title="Gøre rent på værelset",
        if_reached="Så øver vi noget nyt.",
        if_not_reached="Så øver vi lidt endnu.",
    )
    later = NOW.replace(hour=15)
    note_id = orders.compose_status_note(actor=sanne, at=later, order_id=imported.order_id)
    orders.send_status_note(
        actor=sanne, at=later, status_note_id=note_id, recommendation="change", words="Ét mål mere."
    )
    return note_id


@pytest.fixture
def document(sanne, sent):
    return json.loads(json.dumps(status_bundle(sanne, sent)))


def resources(document, kind):
    return [entry["resource"] for entry in document["entry"] if entry["resource"]["resourceType"] == kind]


def references(value):
    match value:
        case {"reference": str(reference)}:
            yield reference
        case dict():
            for inner in value.values():
                yield from references(inner)
        case list():
            for inner in value:
                yield from references(inner)


def test_it_is_a_document_whose_parts_all_are_there(document):
    assert (document["resourceType"], document["type"]) == ("Bundle", "document")
    assert document["entry"][0]["resource"]["resourceType"] == "Composition"
    there = {entry["fullUrl"] for entry in document["entry"]}
    assert len(there) == len(document["entry"])
    assert set(references(document)) <= there
    sections = document["entry"][0]["resource"]["section"]
    told = {reference for section in sections for reference in references(section)}
    assert told == {f"urn:uuid:{one['id']}" for kind in ("Goal", "Observation") for one in resources(document, kind)}


def test_the_goal_keeps_the_name_it_had_in_the_order(document):
    goal = next(one for one in resources(document, "Goal") if one["id"] == MESSAGE_GOAL)
    assert goal["description"]["text"] == "Jeg laver mad sammen med de andre, der bor på samme bosted"
    (outcome,) = goal["outcomeCode"]
    assert "24. november, 6 af 10: Laver salat <selv>." in outcome["text"]
    assert outcome["extension"][0]["valueCodeableConcept"]["coding"][0]["display"] == "Udfører"
    assert [target["detailCodeableConcept"]["coding"][0]["display"] for target in goal["target"]] == [
        "Udvikle funktionsevne",
        "Moderat nedsat funktionsevne",
    ]
    assert goal["note"][0]["text"] == "Sanne Vik: 6 af 10. Laver salat <selv>"


def test_a_proposed_goal_is_proposed(document):
    (proposed,) = [one for one in resources(document, "Goal") if one["lifecycleStatus"] == "proposed"]
    assert proposed["description"]["text"] == "Gøre rent på værelset"


def test_a_change_stands_under_its_ffb_theme_and_remarks_under_words(document):
    change, remarks, recommended = resources(document, "Observation")
    assert change["code"]["coding"][0] == {
        "system": "urn:oid:1.2.208.176.2.22",
        "code": "25c5c614-305f-46cd-9891-55d564fc30cf",
        "display": "Mentale funktioner",
    }
    assert change["meta"]["profile"][0].endswith("KLCommonCareSocialMatterOfInterest")
    assert "meta" not in remarks
    assert remarks["code"] == {"text": "Bemærkninger fra udfører"}
    assert recommended["valueCodeableConcept"]["text"] == "Fortsæt med ændringer. Ét mål mere."


def test_it_answers_the_message_and_repeats_no_cpr_number(document):
    composition = document["entry"][0]["resource"]
    assert composition["relatesTo"][0]["targetIdentifier"]["value"].endswith("909e720e-3edb-45b9-aeb2-655a97861f7c")
    (patient,) = resources(document, "Patient")
    assert patient["id"] == "ef88b48e-e664-41e6-b5b1-2ed4f5c86009"
    assert patient["name"] == [{"family": "Christiansen", "given": ["Christian"]}]
    assert "1111111111" not in json.dumps(document)


def test_the_words_are_escaped_where_they_are_shown_as_text(document):
    divs = [section["text"]["div"] for section in document["entry"][0]["resource"]["section"]]
    assert any("Laver salat &lt;selv&gt;" in div for div in divs)
    assert not any("<selv>" in div for div in divs)


def test_a_draft_is_not_handed_out(sanne, sent):
    orders.take_back_status_note(actor=sanne, at=NOW, status_note_id=sent)
    with pytest.raises(orders.StatusNote.DoesNotExist):
        status_bundle(sanne, sent)


def test_an_id_that_is_no_uuid_still_gives_an_absolute_address(sanne, example):
    renamed = example.decode().replace(MESSAGE_GOAL, "maal-1").encode()
    imported = import_order(renamed, at=NOW)
    assert orders.Order.objects.get(id=imported.order_id).source_ids["goals"].popitem()[1] == "Goal/maal-1"
    orders.accept_order(actor=sanne, at=NOW, order_id=imported.order_id, contact_id=sanne.user_id)
    note_id = orders.compose_status_note(actor=sanne, at=NOW, order_id=imported.order_id)
    part = orders.status_note(sanne, note_id).parts[0]
    orders.save_part(actor=sanne, at=NOW, part_id=part.id, version=1, unchanged=True)
    orders.send_status_note(actor=sanne, at=NOW, status_note_id=note_id, recommendation="continue")
    urls = [entry["fullUrl"] for entry in status_bundle(sanne, note_id)["entry"]]
    assert "urn:samspil:maal-1" in urls
    assert all(url.startswith("urn:") for url in urls)
    assert UUID(status_bundle(sanne, note_id)["id"]) == note_id
