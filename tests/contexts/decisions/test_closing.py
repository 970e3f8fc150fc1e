"""A case is closed when the citizen has had an answer to everything, and not before."""

import pytest

from samspil.contexts.cases import api as cases
from samspil.contexts.cases.models import Case
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.kernel.verdict import Refused
from tests.cast import NOW
from tests.decisions_world import World


def close(world: World) -> None:
    cases.move_case(actor=world.actor(), at=NOW, case_id=world.case_id, move="close")


def is_refused(world: World, reason: DecisionRefusal) -> None:
    with pytest.raises(Refused) as caught:
        close(world)
    assert caught.value.reason == reason
    assert Case.objects.get(id=world.case_id).status != "closed"


def test_a_case_is_not_closed_while_something_asked_for_has_no_answer(world: World) -> None:
    need = world.need()
    is_refused(world, DecisionRefusal.NEED_WAITS)
    decisions.withdraw_need(actor=world.actor(), at=NOW, need_id=need, words="Karla har fundet en anden vej")
    close(world)
    assert Case.objects.get(id=world.case_id).status == "closed"


def test_a_case_is_not_closed_while_a_complaint_waits(world: World) -> None:
    complaint = world.complain(world.refused())
    is_refused(world, DecisionRefusal.COMPLAINT_WAITS)
    decisions.reassess_complaint(
        actor=world.actor(), at=NOW, complaint_id=complaint, answer="no_change", words="Intet er anderledes."
    )
    close(world)
    assert Case.objects.get(id=world.case_id).status == "closed", "what the board has keeps no case open"
