"""What is new stands on top of the citizen's home: a letter that has come, and a question that waits for an answer."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.models import Letter
from samspil.web.citizen import room
from tests.cast import NOW, TODAY
from tests.contexts.letters.world import World
from tests.decisions_world import build_world
from tests.web.citizen.test_acting_for import READS, let

HOME = "citizen:home"
CAME, FOR_OTHERS = "Du har fået et brev", "Der er kommet et brev"


@pytest.fixture
def world(cast) -> World:
    return World(cast)


def home_of(client_for, name: str) -> str:
    return client_for(name).get(reverse(HOME)).content.decode()


def test_a_draft_is_no_letter_and_a_sent_one_is_read_from_home(world, client_for) -> None:
    letter_id = world.draft()
    assert CAME not in home_of(client_for, "karla")
    world.send(letter_id)
    page = home_of(client_for, "karla")
    assert CAME in page
    assert "Du kan ikke få hjælp i hjemmet" in page
    address = reverse("citizen:letter", args=[letter_id])
    assert address in page
    assert client_for("karla").get(address).status_code == 200


@pytest.mark.parametrize(("age", "is_new"), [(room.RECENT, True), (room.RECENT + dt.timedelta(seconds=1), False)])
def test_after_two_weeks_it_is_no_longer_new(world, age, is_new) -> None:
    world.send()
    page = room.home(world.karla, now=Letter.objects.get().sent_at + age)
    assert (page.new_letter is not None) is is_new


def test_the_last_one_is_shown_also_when_it_took_the_place_of_another(world) -> None:
    first = world.send()
    at = NOW + dt.timedelta(hours=2)
    second = letters.replace_letter(actor=world.mette, at=at, letter_id=first)
    assert room.home(world.karla, now=at).new_letter.id == first, "a draft takes nobody's place"
    letters.send_letter(actor=world.mette, at=at, letter_id=second, channel="portal", seen=1)
    assert room.home(world.karla, now=at).new_letter.id == second


def test_whoever_acts_for_the_citizen_is_told_as_far_as_letters_were_let(world, client_for) -> None:
    world.send()
    let(world.cast, {"letters"})
    page = home_of(client_for, "ida")
    assert FOR_OTHERS in page
    assert CAME not in page
    let(world.cast, READS)
    assert FOR_OTHERS not in home_of(client_for, "ida")


def test_a_question_waits_on_top_until_it_is_answered(cast, client_for) -> None:
    deciding = build_world(cast)
    draft = deciding.draft(deciding.examined(against=True))
    hearing = deciding.asked_about(draft)
    address = reverse("citizen:hearing", args=[hearing])
    assert address in home_of(client_for, "karla")
    let(cast, {"letters"})
    assert address not in home_of(client_for, "ida")
    decisions.answer_hearing(
        actor=deciding.actor(), at=NOW, decision_id=draft, words="Kun om sommeren.", answered_on=TODAY
    )
    assert address not in home_of(client_for, "karla")
