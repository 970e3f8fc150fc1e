"""The citizen, or whoever acts for the citizen, says what they think of what others have said, before it counts."""

import pytest
from django.urls import reverse

from samspil.contexts.access.api import Event, looks_at
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Citizen
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.models import Fact, Hearing
from tests.cast import NOW
from tests.decisions_world import build_world
from tests.web.authority.conftest import words
from tests.web.citizen.test_acting_for import ADDRESS, READS, SPEAKS, let, sent

SAID = "Lægen skriver, at hun kan gå."


@pytest.fixture
def world(cast):
    return build_world(cast)


@pytest.fixture
def draft(world):
    return world.draft(world.examined(against=True))


def test_i_read_what_others_said_and_answer(world, draft, client_for):
    karla = client_for("karla")
    mine = reverse("citizen:decisions")
    assert "Vi spørger, før vi afgør noget" not in karla.get(mine).content.decode()
    hearing = world.asked_about(draft)
    address = reverse("citizen:hearing", args=[hearing])
    assert address in karla.get(mine).content.decode()
    page = words(karla.get(address).content.decode())
    for shown in ("Egen læge", SAID, "Det handler om: At komme til kor"):
        assert shown in page
    empty = sent(karla, address, words="  ")
    assert (empty.status_code, "Skriv, hvad du siger til det" in empty.content.decode()) == (422, True)
    assert sent(karla, address, words="Jeg kan kun gå om sommeren.").status_code == 302
    assert Hearing.objects.get().answer == "Jeg kan kun gå om sommeren."
    assert "not_heard" not in world.blocks(draft)
    (task,) = cases.my_tasks(world.actor())
    assert task.text == "Læs svaret på høringen. Det er fra Karla Holm."
    page = words(client_for("mette").get(reverse("decisions:hearing", args=[draft])).content.decode())
    assert "Jeg kan kun gå om sommeren." in page


def test_what_was_not_asked_about_is_not_shown(world, draft, client_for):
    """Neither a fact that came after the citizen was asked, nor a hearing that was skipped."""
    hearing = world.asked_about(draft)
    decisions.add_fact(
        actor=world.actor(), at=NOW, decision_id=draft, source="Naboen", text="Hun larmer.", is_known=False,
        is_adverse=True, is_weighty=False,
    )  # fmt: skip
    address = reverse("citizen:hearing", args=[hearing])
    karla = client_for("karla")
    assert "Hun larmer." not in karla.get(address).content.decode()
    Fact.objects.update(heard_at=NOW)
    assert "Hun larmer." in karla.get(address).content.decode(), "it was only that nobody had asked"
    Hearing.objects.update(asked_on=None, answer_by=None, skip="exception", skip_words="Det haster.")
    assert karla.get(address).status_code == 404


def test_once_it_is_decided_there_is_nothing_more_to_say_here(world, client_for):
    world.refused(is_heard=True)
    hearing = Hearing.objects.get()
    karla, address = client_for("karla"), reverse("citizen:hearing", args=[hearing.id])
    page = karla.get(address).content.decode()
    assert "Sagen er afgjort." in page
    assert "Send svaret" not in page
    assert address not in karla.get(reverse("citizen:decisions")).content.decode()
    refused = sent(karla, address, words="Det er forkert.")
    assert (refused.status_code, "Det er forkert." in refused.content.decode()) == (403, True)
    assert Hearing.objects.get().answer == hearing.answer


def test_somebody_answers_for_the_citizen_as_far_as_that_was_let(world, draft, client_for):
    hearing = world.asked_about(draft)
    address, ida = reverse("citizen:hearing", args=[hearing]), client_for("ida")
    let(world.cast, READS)
    page = ida.get(address).content.decode()
    assert SAID in page
    assert "Send svaret" not in page
    assert "Du må se det her, men ikke svare for Karla." in words(page)
    refused = sent(ida, address, words="Hun kan ikke gå.")
    assert (refused.status_code, "Hun kan ikke gå." in refused.content.decode()) == (403, True)
    assert Hearing.objects.get().answer == ""
    let(world.cast, SPEAKS)
    assert "Send svaret" in ida.get(address).content.decode()
    assert sent(ida, address, words="Hun kan ikke gå.").status_code == 302
    assert Hearing.objects.get().answer == "Ida Holm for Karla Holm: Hun kan ikke gå."
    event = Event.objects.get(kind="decision.hearing_answered")
    assert (event.user_name, event.data["acting_for"]) == ("Ida Holm", str(world.cast.citizen_id))
    assert {(look.user_name, look.what) for look in looks_at(world.cast.citizen_id, limit=9)} == {
        ("Ida Holm", "decisions")
    }
    let(world.cast, SPEAKS, taken_back_at=NOW, taken_back_by_name="Karla Holm")
    over = sent(ida, address, words="Der er mere.")
    assert (over.status_code, "Der er mere." in over.content.decode()) == (404, True)


@pytest.mark.parametrize("name", ["otto", "jonas", "mette"])
def test_it_is_for_nobody_else(world, draft, client_for, name):
    address = reverse("citizen:hearing", args=[world.asked_about(draft)])
    client = client_for(name)
    assert client.get(address).status_code == 404
    assert sent(client, address, words="Nej.").status_code == 404
    assert Hearing.objects.get().answer == ""


def test_a_protected_address_is_not_in_it_for_others(world, draft, client_for):
    Citizen.objects.update(address=ADDRESS, is_address_protected=True)
    address = reverse("citizen:hearing", args=[world.asked_about(draft, text=f"Hun går fra {ADDRESS} til byen.")])
    let(world.cast, READS)
    assert ADDRESS in client_for("karla").get(address).content.decode()
    page = client_for("ida").get(address).content.decode()
    assert ADDRESS not in page
    assert "(adressen er beskyttet)" in page
