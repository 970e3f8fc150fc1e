"""From a decision to its letter, and from the letter's receipt to the decision's deadlines; nothing typed twice."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Decision
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Dispatch, LetterRefusal
from tests.cast import NOW, TODAY
from tests.contexts.letters.world import SYSTEM, Mailbox
from tests.decisions_world import GROUP, PAID_HELP, SEEN, WORDS, World, build_world
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast) -> World:
    return build_world(cast)


def draft(world: World, decision_id):
    return letters.draft_for_decision(actor=world.actor(), at=NOW, decision_id=decision_id)


def parts(world: World, letter_id) -> dict[str, str]:
    return {part.kind: part.text for part in letters.letter(world.actor(), letter_id).parts}


def answer(world: World, letter_id) -> None:
    said = parts(world, letter_id)["said"].replace("[…]", "Vi forstår, at du er utryg. Vi har vægtet, hvad du kan.")
    letters.edit_letter(actor=world.actor(), at=NOW, letter_id=letter_id, texts={"said": said}, seen=1)


def send(world: World, letter_id, channel: str = "portal"):
    seen = letters.letter(world.actor(), letter_id).version
    letters.send_letter(actor=world.actor(), at=NOW, letter_id=letter_id, channel=channel, seen=seen)
    return Dispatch.objects.get(letter_id=letter_id)


def test_a_grant_is_told_with_what_was_granted_and_can_leave_at_once(world: World):
    letter_id = draft(world, world.granted())
    letter = letters.letter(world.actor(), letter_id)
    said = parts(world, letter_id)
    assert letter.headline == "Du får bostøtte"
    assert letter.missing == ()
    assert "Du har søgt om at komme til kor. Vi har sagt ja." in said["decision"]
    assert "- Bostøtte: 2 timer om ugen" in said["gets"]
    assert "- Tage bussen alene." in said["gets"]
    assert "Du skal ikke gøre noget." in said["do_now"]
    assert f"> {WORDS}" in said["said"]
    assert "- Efter serviceloven § 85 kan man få: støtte og træning, så du selv kan" in said["rules"]
    assert send(world, letter_id).status == "arrived"


def test_a_refusal_carries_the_reasons_and_waits_for_an_answer_to_what_was_said(world: World):
    letter_id = draft(world, world.refused(told_on=None))
    said = parts(world, letter_id)
    assert "- Du kan køre tre stop selv og har din søster." in said["because"]
    assert f"- “{SEEN}”" in said["because"]
    because = next(part for part in letters.letter(world.actor(), letter_id).parts if part.kind == "because")
    assert "Mette Bjerre, mandag den 23. november 2026" in {line.source for line in because.lines}
    assert letters.letter(world.actor(), letter_id).missing == ("answer",)
    assert refused(lambda: send(world, letter_id)) == LetterRefusal.VALUE_MISSING
    answer(world, letter_id)
    assert letters.letter(world.actor(), letter_id).missing == ()
    send(world, letter_id)


def test_a_change_to_more_tells_what_has_changed(world: World):
    """Nobody must type it: it was found when the need was examined."""
    world.tell(world.granted())
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    need = world.examined(title="Flere timer", grant=grant.id)
    decision = world.draft(need)
    world.answer(decision, need, "changed")
    world.plan(decision, need, extent="3 timer om ugen", starts_on=TODAY + dt.timedelta(days=7))
    decisions.decide(actor=world.actor(), at=NOW, decision_id=decision)
    letter_id = draft(world, decision)
    assert letters.letter(world.actor(), letter_id).missing == ("answer",)
    assert "- Set på besøget" in parts(world, letter_id)["because"]
    lines = parts(world, letter_id)["gets"].split("\n")
    assert lines[0] == "- Bostøtte: 3 timer om ugen"
    assert lines[lines.index("Før havde du:") + 1] == "- Bostøtte: 2 timer om ugen"


def test_a_first_grant_says_nothing_of_before(world: World):
    assert "Før havde du" not in parts(world, draft(world, world.granted()))["gets"]


def test_a_no_to_more_says_nothing_of_before_since_the_help_runs_on(world: World):
    world.granted()
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    need = world.examined(title="Flere timer", against=True, grant=grant.id)
    decision = world.draft(need)
    world.answer(decision, need, "refused")
    decisions.decide(actor=world.actor(), at=NOW, decision_id=decision)
    said = parts(world, draft(world, decision))
    assert "Før havde du" not in str(said)


def test_a_basis_without_appeal_says_so(world: World):
    letter_id = draft(world, world.refused(GROUP, told_on=None))
    assert "Du kan ikke klage" in parts(world, letter_id)["complain"]
    assert "Ankestyrelsen" not in str(parts(world, letter_id))


def test_the_notice_of_the_law_comes_along(world: World):
    decision = decisions.decision_for_letter(world.actor(), world.granted(PAID_HELP))
    assert decision.bases[0].notice_is_law
    letter_id = draft(world, decision.id)
    facts = letters.Letter.objects.get(id=letter_id).facts
    assert facts["bases"][0]["notice_weeks"] == 14


def test_a_decision_that_is_not_made_has_no_letter(world: World):
    unmade = world.draft(world.examined())
    with pytest.raises(Decision.DoesNotExist):
        draft(world, unmade)


def test_drawn_again_it_is_the_same_draft(world: World):
    decision = world.granted()
    assert draft(world, decision) == draft(world, decision)


class TestDeadlines:
    def test_on_the_portal_the_decision_is_told_the_same_day(self, world: World):
        decision = world.refused(told_on=None)
        letter_id = draft(world, decision)
        answer(world, letter_id)
        row = send(world, letter_id)
        told = Decision.objects.get(id=decision)
        assert (told.status, told.told_on) == ("told", TODAY)
        assert told.complain_by == row.complaint_by == letters.letter(world.actor(), letter_id).complaint_by

    def test_by_digital_post_on_the_day_it_is_available(self, world: World):
        decision = world.granted()
        send(world, draft(world, decision), "digital_post")
        assert Decision.objects.get(id=decision).status == "decided"
        later = NOW + dt.timedelta(days=1)
        letters.deliver_waiting(actor=SYSTEM, at=later, channel=Mailbox(available_at=later))
        assert Decision.objects.get(id=decision).told_on == TODAY + dt.timedelta(days=1)

    def test_on_paper_when_it_is_presumed_there_and_not_before(self, world: World):
        decision = world.granted()
        row = send(world, draft(world, decision), "print")
        letters.post_letter(actor=world.actor(), at=NOW, dispatch_id=row.id, posted_on=TODAY)
        for days, told in ((7, 0), (8, 1), (9, 0)):
            assert letters.tell_received(actor=SYSTEM, at=NOW + dt.timedelta(days=days)) == told
        assert Decision.objects.get(id=decision).told_on == dt.date(2026, 12, 2)

    def test_a_second_letter_does_not_tell_it_anew(self, world: World):
        decision = world.granted()
        first = draft(world, decision)
        send(world, first)
        second = letters.replace_letter(actor=world.actor(), at=NOW, letter_id=first)
        send(world, second)
        assert Decision.objects.get(id=decision).told_on == TODAY
        assert Dispatch.objects.filter(is_told=True).count() == 2

    def test_without_digital_post_the_command_puts_it_on_paper(self, world: World):
        send(world, draft(world, world.granted()), "digital_post")
        told = StringIO()
        call_command("deliver_letters", stdout=told)
        assert "1 skal på papir" in told.getvalue()
        assert [row.status for row in Dispatch.objects.order_by("id")] == ["replaced", "to_post"]
