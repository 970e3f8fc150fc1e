import datetime as dt

import pytest

from samspil.contexts.access.api import Event, Side, system_actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import Deadline
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.contexts.decisions.models import Decision, Need
from samspil.contexts.notes import api as notes
from samspil.kernel.day_counting import Length, Unit
from samspil.kernel.scope import SYSTEM, within
from samspil.kernel.verdict import Refused
from tests.cast import FJORDBY, NOW, TODAY
from tests.decisions_world import GROUP, SEEN, SUPPORT, WORDS
from tests.refusals import refuses


def test_from_need_to_grant(world):
    decision = world.granted()
    row = Decision.objects.get(id=decision)
    assert (row.status, row.outcome, row.decided_by_name) == ("decided", "full", "Mette Bjerre")
    assert Need.objects.get().status == "decided"
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    assert (grant.service, grant.extent, grant.starts_on, grant.ends_on) == ("Bostøtte", "2 timer om ugen", TODAY, None)
    assert grant.state == "running"
    kinds = list(
        Event.objects.filter(case_id=world.case_id, kind__startswith="decision.").values_list("kind", flat=True)
    )
    assert kinds[-1] == "decision.made"


def test_nothing_is_retyped_what_was_said_and_seen_is_quoted(world):
    letter = decisions.decision_for_letter(world.actor(), world.granted())
    assert [one.text for one in letter.citizen_said] == [WORDS]
    (need,) = letter.needs
    assert {quote.text for criterion in need.criteria for quote in criterion.quotes} == {SEEN}
    assert letter.contact is not None
    assert letter.contact.name == "Mette Bjerre"
    assert [basis.key for basis in letter.bases] == [SUPPORT]


def test_an_unexamined_need_is_not_refused(world):
    need = world.need()
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    assert set(world.blocks(draft)) >= {"no_basis", "step_open"}
    refuses(DecisionRefusal.GAPS, decisions.decide, actor=world.actor(), at=NOW, decision_id=draft)


@pytest.mark.parametrize("step", decisions.Step)
def test_each_step_of_the_funnel_must_be_answered_before_a_no(world, step):
    from samspil.contexts.decisions.models import FunnelStep

    need = world.examined(against=True)
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    assert world.blocks(draft) == []
    FunnelStep.objects.filter(need_id=need, step=step).delete()
    assert world.blocks(draft) == ["step_open"]


def test_what_a_decision_rests_on_stands(world):
    decision = world.granted()
    need = Need.objects.get()
    refuses(
        DecisionRefusal.NEED_NOT_OPEN,
        decisions.answer_step,
        actor=world.actor(),
        at=NOW,
        need_id=need.id,
        step="network",
        finding="covers",
        words="Nej alligevel",
    )
    refuses(
        DecisionRefusal.ALREADY_DECIDED,
        decisions.answer_need,
        actor=world.actor(),
        at=NOW,
        decision_id=decision,
        need_id=need.id,
        outcome="refused",
    )


def test_a_decision_on_christmas_day_holds_and_its_days_are_counted(world):
    christmas = dt.date(2026, 12, 25)
    at = NOW.replace(month=12, day=25)
    need = world.examined(against=True)
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    actor = world.actor(on=christmas)
    decisions.decide(actor=actor, at=at, decision_id=draft)
    decisions.tell_citizen(actor=actor, at=at, decision_id=draft, told_on=christmas)
    row = Decision.objects.get(id=draft)
    assert (row.told_on, row.complain_by) == (christmas, dt.date(2027, 1, 22))


@pytest.mark.parametrize(("told", "last"), [(26, dt.date(2026, 12, 28)), (24, dt.date(2026, 12, 22))])
def test_time_to_complain_does_not_end_on_christmas_eve(world, told, last):
    """The fourth week from the 26th of November ends on Christmas Eve, a Thursday: the next working day is Monday."""
    decision = world.refused(told_on=None)
    at = NOW.replace(day=told)
    day = at.date()
    decisions.tell_citizen(actor=world.actor(on=day), at=at, decision_id=decision, told_on=day)
    assert Decision.objects.get(id=decision).complain_by == last


def test_two_leaders_cannot_sign_the_same_decision(world):
    decision = world.granted()
    refuses(DecisionRefusal.ALREADY_DECIDED, decisions.decide, actor=world.actor("lene"), at=NOW, decision_id=decision)
    assert Event.objects.filter(kind="decision.made").count() == 1


def test_a_corrected_quote_blocks_a_no_until_it_is_picked_again(world):
    need = world.examined(against=True)
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    assert world.blocks(draft) == []
    now = notes.NewSegment("observation", "Karla kørte fem stop.")
    notes.correct_segment(actor=world.actor(), at=NOW, segment_id=world.seen, piece=now)
    assert world.blocks(draft) == ["quote_changed"]


def test_what_is_hidden_from_the_citizen_cannot_be_quoted(world):
    at = NOW - dt.timedelta(hours=1)
    pieces = [notes.NewSegment("assessment", "Det taler vi om først.", hidden_reason="Vi tager det på mødet")]
    notes.write_note(actor=world.actor(), at=at, case_id=world.case_id, kind="visit", happened_at=at, pieces=pieces)
    hidden = notes.Segment.objects.get(text="Det taler vi om først.")
    need = world.need()
    refuses(
        DecisionRefusal.QUOTE_UNKNOWN,
        decisions.answer_step,
        actor=world.actor(),
        at=NOW,
        need_id=need,
        step="network",
        finding="tried",
        quote_ids=[hidden.id],
    )


def test_a_finding_says_why(world):
    need = world.need()
    refuses(
        DecisionRefusal.WHY_MISSING,
        decisions.answer_step,
        actor=world.actor(),
        at=NOW,
        need_id=need,
        step="network",
        finding="tried",
    )


def test_a_section_that_ended_yesterday_is_not_chosen(world):
    need = world.need()
    refuses(
        DecisionRefusal.UNKNOWN_BASIS,
        decisions.choose_basis,
        actor=world.actor(),
        at=NOW,
        need_id=need,
        basis="sel-79a",
    )


def test_a_section_that_ended_yesterday_is_not_decided_by_though_it_was_chosen_before(world):
    need = world.examined(against=True)
    draft = world.draft(need)
    world.answer(draft, need, "refused")
    assert world.blocks(draft) == []
    world.ends_yesterday(SUPPORT)
    assert world.blocks(draft) == ["no_basis"]
    refuses(DecisionRefusal.GAPS, decisions.decide, actor=world.actor(), at=NOW, decision_id=draft)


def test_the_time_to_answer_runs_from_the_day_it_was_asked_and_is_kept_by_the_decision(world):
    need = world.need(asked_on=TODAY - dt.timedelta(days=7))
    running = Deadline.objects.get(kind="decide", subject_id=need, status="open")
    assert running.due_on == TODAY + dt.timedelta(weeks=7)
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis=SUPPORT)
    running = Deadline.objects.get(kind="decide", subject_id=need, status="open")
    assert (running.about, running.due_on) == (SUPPORT, TODAY + dt.timedelta(weeks=11))
    decision = world.refused()
    assert set(Deadline.objects.filter(subject_id=decision).values_list("kind", "status")) == {("complain", "open")}
    assert Deadline.objects.exclude(subject_id=need).filter(kind="decide", status="met").count() == 1


def running(need) -> dict[str, dt.date]:
    return dict(Deadline.objects.filter(subject_id=need, status="open").values_list("kind", "due_on"))


def test_treatment_begins_within_a_fortnight_of_the_day_it_was_asked_for(world):
    need = world.need(asked_on=TODAY - dt.timedelta(days=2))
    assert "start_help" not in running(need)
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis="sel-101")
    assert running(need)["start_help"] == TODAY + dt.timedelta(days=12)
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis=SUPPORT)
    assert "start_help" not in running(need), "another basis has no such day"
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis="sel-101")
    decisions.withdraw_need(actor=world.actor(), at=NOW, need_id=need, words="Karla vil ikke mere.")
    assert running(need) == {}


def test_what_was_given_still_has_to_begin_and_what_was_refused_has_not(world):
    world.granted("sel-101", service="Behandling")
    begins = Deadline.objects.get(kind="start_help")
    assert begins.status == "open"
    deadlines.tick_deadline(actor=world.actor(), at=NOW, deadline_id=begins.id)
    assert Deadline.objects.get(kind="start_help").status == "met"
    world.refused("sel-101")
    assert set(Deadline.objects.filter(kind="start_help").values_list("status", flat=True)) == {"met", "cancelled"}


def test_an_aid_after_job_or_school_has_the_laws_four_weeks_whatever_the_municipality_has_set(world):
    nine = Length(9, Unit.WEEKS)
    catalogue.set_own_deadline(actor=world.actor("lene"), at=NOW, key="decide", length=nine, from_on=TODAY)
    need = world.need()
    assert running(need) == {"decide": TODAY + dt.timedelta(weeks=9)}
    decisions.choose_basis(actor=world.actor(), at=NOW, need_id=need, basis="sel-112b")
    assert running(need) == {"decide": TODAY + dt.timedelta(weeks=4)}


class TestSettingAside:
    def lacking(self, world):
        need = world.examined()
        draft = world.draft(need)
        world.answer(draft, need, "granted")
        return draft

    def test_only_a_leader_and_with_a_reason_that_stays(self, world):
        draft = self.lacking(world)
        page = decisions.decision(world.actor(), draft, at=NOW)
        (gap,) = [gap for cause in page.causes for gap in cause.gaps if gap.is_block]
        call = decisions.set_gap_aside
        with pytest.raises(Refused):
            call(actor=world.actor(), at=NOW, decision_id=draft, gap=gap.key, words="Det haster")
        lene = world.actor("lene")
        refuses(DecisionRefusal.WHY_MISSING, call, actor=lene, at=NOW, decision_id=draft, gap=gap.key, words=" ")
        call(actor=lene, at=NOW, decision_id=draft, gap=gap.key, words="Brevet siger det.")
        assert world.blocks(draft) == []
        decisions.decide(actor=world.actor(), at=NOW, decision_id=draft)
        assert Decision.objects.get(id=draft).set_aside[0]["by"] == "Lene Krag"
        assert Event.objects.filter(kind="decision.gap_set_aside").count() == 1

    def test_what_the_table_holds_firm_is_not_set_aside(self, world):
        need = world.examined(against=True)
        draft = world.draft(need)
        decisions.answer_need(actor=world.actor(), at=NOW, decision_id=draft, need_id=need, outcome="refused")
        assert world.blocks(draft) == ["no_reasons"]
        page = decisions.decision(world.actor(), draft, at=NOW)
        (gap,) = [gap for cause in page.causes for gap in cause.gaps if gap.is_block]
        refuses(
            DecisionRefusal.NOT_A_BLOCK,
            decisions.set_gap_aside,
            actor=world.actor("lene"),
            at=NOW,
            decision_id=draft,
            gap=gap.key,
            words="Vi gør det alligevel",
        )


class TestOral:
    def ready(self, world, outcome):
        need = world.examined(GROUP, against=outcome == "refused")
        draft = world.draft(need)
        world.answer(draft, need, outcome)
        if outcome == "granted":
            world.plan(draft, need, service="Gruppe om hverdagen")
        return draft

    def test_a_yes_is_said_at_once(self, world):
        draft = self.ready(world, "granted")
        decisions.decide_at_once(actor=world.actor(), at=NOW, decision_id=draft, told_right_to_reasons=False)
        row = Decision.objects.get(id=draft)
        assert (row.status, row.form, row.told_on, row.complain_by) == ("told", "oral", TODAY, None)

    def test_a_no_tells_of_the_right_to_written_reasons(self, world):
        draft = self.ready(world, "refused")
        call = {"actor": world.actor(), "at": NOW, "decision_id": draft}
        refuses(DecisionRefusal.NOT_TOLD_RIGHT, decisions.decide_at_once, **call, told_right_to_reasons=False)
        assert Decision.objects.get(id=draft).status == "draft"
        decisions.decide_at_once(**call, told_right_to_reasons=True)
        last = TODAY + dt.timedelta(days=14)
        at = NOW + dt.timedelta(days=14)
        decisions.ask_for_reasons(actor=world.actor(on=last), at=at, decision_id=draft, asked_on=last)
        page = decisions.decision(world.actor(), draft, at=at)
        assert page.reasons_due_on == last + dt.timedelta(days=14)
        decisions.give_reasons(actor=world.actor(), at=at, decision_id=draft)
        assert not decisions.decision(world.actor(), draft, at=at).may_give_reasons

    def test_after_a_fortnight_it_is_too_late_to_ask(self, world):
        draft = self.ready(world, "refused")
        decisions.decide_at_once(actor=world.actor(), at=NOW, decision_id=draft, told_right_to_reasons=True)
        day = TODAY + dt.timedelta(days=15)
        refuses(
            DecisionRefusal.REASONS_TOO_LATE,
            decisions.ask_for_reasons,
            actor=world.actor(on=day),
            at=NOW + dt.timedelta(days=15),
            decision_id=draft,
            asked_on=day,
        )

    def test_what_must_be_written_is_not_said_at_once(self, world):
        need = world.examined(SUPPORT)
        draft = world.draft(need)
        world.answer(draft, need, "granted")
        world.plan(draft, need)
        refuses(
            DecisionRefusal.GAPS,
            decisions.decide_at_once,
            actor=world.actor(),
            at=NOW,
            decision_id=draft,
            told_right_to_reasons=True,
        )
        assert Decision.objects.get(id=draft).form == "written"


class TestWhoSees:
    def test_the_citizen_sees_a_decision_when_told_and_never_how_it_was_examined(self, world):
        decision = world.granted()
        karla = world.actor("karla")
        assert decisions.decisions_of(karla, world.case_id) == ()
        world.tell(decision)
        (line,) = decisions.decisions_of(karla, world.case_id)
        assert line.outcome == "full"
        assert decisions.needs_of(karla, world.case_id, at=NOW) == ()
        assert len(decisions.grants_of(karla, world.case_id)) == 1

    @pytest.mark.parametrize("name", ["otto", "otto_provider", "jonas", "uffe", "vita"])
    def test_nobody_else_sees_anything(self, world, name):
        decision = world.granted()
        world.tell(decision)
        other = world.actor(name)
        assert decisions.decisions_of(other, world.case_id) == ()
        assert decisions.grants_of(other, world.case_id) == ()
        assert decisions.needs_of(other, world.case_id, at=NOW) == ()
        with pytest.raises(Decision.DoesNotExist):
            decisions.decision(other, decision, at=NOW)
        with pytest.raises(Need.DoesNotExist):
            decisions.need(other, Need.objects.get().id, at=NOW)

    def test_samspil_itself_carries_over_the_day_of_receipt_in_its_own_municipality(self, world):
        decision = world.granted()
        with within(SYSTEM):
            with pytest.raises(Decision.DoesNotExist):
                decisions.tell_citizen(
                    actor=system_actor(TODAY, municipality=1), at=NOW, decision_id=decision, told_on=TODAY
                )
            actor = system_actor(TODAY, municipality=FJORDBY)
            decisions.tell_citizen(actor=actor, at=NOW, decision_id=decision, told_on=TODAY)
        row = Decision.objects.get(id=decision)
        assert (row.status, row.complain_by) == ("told", TODAY + dt.timedelta(weeks=4))
        assert actor.side == Side.SYSTEM

    def test_queries_do_not_grow_with_the_needs(self, world, count_queries):
        def page(count):
            needs = [world.examined(title=f"Behov {count} {number}") for number in range(count)]
            draft = world.draft(*needs)
            for need in needs:
                world.answer(draft, need, "granted")
                world.plan(draft, need, service=f"Støtte {need}")
            return draft

        one, four = page(1), page(4)
        mette = world.actor()
        decisions.decision(mette, one, at=NOW)
        counts = [count_queries(lambda draft=draft: decisions.decision(mette, draft, at=NOW)) for draft in (one, four)]
        assert counts[0] == counts[1]
        few = count_queries(lambda: decisions.needs_of(mette, world.case_id, at=NOW))
        page(3)
        assert count_queries(lambda: decisions.needs_of(mette, world.case_id, at=NOW)) == few
