"""From the letter that says no to the form for disagreeing: one press, while there is something to press it for."""

import datetime as dt

import pytest
from django.urls import reverse

from samspil.contexts.deadlines.api import Deadline
from samspil.contexts.decisions.api import Decision
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Dispatch
from tests.cast import NOW, TODAY
from tests.contexts.letters.test_from_decision import answer, draft, send
from tests.contexts.letters.world import SYSTEM, Mailbox, World
from tests.decisions_world import build_world
from tests.web.citizen.test_acting_for import READS, SPEAKS, let, sent


@pytest.fixture
def world(cast):
    return build_world(cast)


@pytest.fixture
def refusal(world):
    """The letter of a no, written and not sent."""
    letter_id = draft(world, world.refused(told_on=None))
    answer(world, letter_id)
    return letter_id


def page_of(client_for, name, letter_id) -> str:
    return client_for(name).get(reverse("citizen:letter", args=[letter_id])).content.decode()


def door_of(world, letter_id) -> str:
    decision = letters.letter(world.actor(), letter_id).decision_id
    return reverse("citizen:decision", args=[decision]) + "#uenig"


def test_the_letter_leads_to_the_form_until_there_is_a_complaint(world, refusal, client_for) -> None:
    send(world, refusal)
    door = door_of(world, refusal)
    assert door in page_of(client_for, "karla", refusal)
    there = client_for("karla").get(door).content.decode()
    assert 'id="uenig"' in there
    complain = reverse("citizen:complain", args=[letters.letter(world.actor(), refusal).decision_id])
    assert complain in there
    sent(client_for("karla"), complain, words="Jeg kan ikke køre selv.")
    assert door not in page_of(client_for, "karla", refusal)


def test_whoever_has_read_it_need_not_wait_for_the_paper(world, refusal, client_for) -> None:
    send(world, refusal, channel="digital_post")
    letter = letters.letter(world.actor(), refusal)
    press = reverse("citizen:letter_disagree", args=[refusal])
    assert press in page_of(client_for, "karla", refusal)
    assert sent(client_for("karla"), press).url == door_of(world, refusal)
    told = Decision.objects.get(id=letter.decision_id)
    assert (told.status, told.told_on) == ("told", TODAY)
    assert told.complain_by == letter.complaint_by == dt.date(2026, 12, 30), "never an earlier day than the letter says"
    assert Deadline.objects.get(kind="complain").due_on == told.complain_by
    assert press not in page_of(client_for, "karla", refusal)
    sent(client_for("karla"), press)
    row = Dispatch.objects.get(letter_id=refusal)
    letters.deliver_waiting(actor=SYSTEM, at=NOW, channel=Mailbox(available_at=NOW + dt.timedelta(days=2)))
    row.refresh_from_db()
    assert row.status == "arrived", "it travels on"
    again = Decision.objects.get(id=letter.decision_id)
    assert (again.told_on, again.complain_by, again.version) == (told.told_on, told.complain_by, told.version)


@pytest.mark.parametrize("name", ["ida", "mette", "jonas", "otto", "vita"])
def test_nobody_else_has_it_in_hand_for_the_citizen(world, refusal, client_for, name) -> None:
    send(world, refusal, channel="digital_post")
    let(world.cast, READS | {"letters"})
    press = reverse("citizen:letter_disagree", args=[refusal])
    assert sent(client_for(name), press).status_code in {403, 404}
    assert Decision.objects.get().status == "decided"


def test_whoever_reads_may_not_complain_unless_let(world, refusal, client_for) -> None:
    send(world, refusal)
    door = door_of(world, refusal)
    let(world.cast, READS | {"letters"})
    assert door not in page_of(client_for, "ida", refusal)
    let(world.cast, SPEAKS | {"letters"})
    assert door in page_of(client_for, "ida", refusal)


def test_a_letter_about_no_decision_leads_nowhere(world, client_for) -> None:
    letter_id = World(world.cast).send(channel="portal")
    assert "#uenig" not in page_of(client_for, "karla", letter_id)
