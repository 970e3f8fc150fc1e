import datetime as dt
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.decisions import rules
from samspil.contexts.decisions.enums import (
    ComplaintStatus,
    DecisionRefusal,
    DecisionStatus,
    HearingSkip,
    NeedOutcome,
    NeedStatus,
    Outcome,
    Step,
    StepFinding,
)
from samspil.contexts.decisions.queries.grants import state_on

DAY = dt.date(2026, 11, 24)
SIDES = {"authority", "citizen", "appeals_board", "nobody"}


@pytest.mark.parametrize(
    ("machine", "statuses"),
    [(rules.NEED, NeedStatus), (rules.DECISION, DecisionStatus), (rules.COMPLAINT, ComplaintStatus)],
)
def test_every_status_is_a_word_and_has_a_side_to_act(machine, statuses):
    assert set(machine.statuses) == set(statuses.values)
    assert {machine.turn_of(status) for status in machine.statuses} <= SIDES


def test_the_funnel_is_walked_in_its_order_until_a_step_covers():
    assert rules.open_steps({}) == tuple(Step)
    assert rules.open_steps({Step.NETWORK: StepFinding.COVERS}) == (Step.OWN_STRENGTH,)
    all_but_last = dict.fromkeys(list(Step)[:-1], StepFinding.TRIED)
    assert rules.open_steps(all_but_last) == (Step.COMPENSATION,)


@given(st.dictionaries(st.sampled_from(Step), st.sampled_from(StepFinding)))
def test_a_step_is_open_exactly_when_it_is_unanswered_and_nothing_before_it_covers(findings):
    for at, step in enumerate(Step):
        covered = any(findings.get(earlier) == StepFinding.COVERS for earlier in list(Step)[:at])
        assert (step in rules.open_steps(findings)) == (step not in findings and not covered)


OUTCOMES = [
    ({NeedOutcome.GRANTED}, Outcome.FULL),
    ({NeedOutcome.REFUSED}, Outcome.REFUSAL),
    ({NeedOutcome.PARTLY}, Outcome.PARTIAL),
    ({NeedOutcome.CHANGED}, Outcome.CHANGE),
    ({NeedOutcome.ENDED}, Outcome.END),
    ({NeedOutcome.GRANTED, NeedOutcome.REFUSED}, Outcome.PARTIAL),
    ({NeedOutcome.GRANTED, NeedOutcome.ENDED}, Outcome.PARTIAL),
    ({NeedOutcome.REFUSED, NeedOutcome.ENDED}, Outcome.END),
    ({NeedOutcome.CHANGED, NeedOutcome.ENDED}, Outcome.CHANGE),
]


@pytest.mark.parametrize(("answers", "outcome"), OUTCOMES)
def test_the_outcome_of_a_whole_decision(answers, outcome):
    assert rules.outcome_of(answers) == outcome


def test_only_a_yes_to_everything_is_a_full_yes():
    for size in range(1, len(NeedOutcome) + 1):
        for answers in combinations(NeedOutcome, size):
            assert (rules.outcome_of(answers) == Outcome.FULL) == (set(answers) == {NeedOutcome.GRANTED})
    with pytest.raises(ValueError, match="at least one"):
        rules.outcome_of([])


@given(st.sampled_from(NeedOutcome), st.booleans())
def test_what_reduces_is_adverse_too(outcome, is_less):
    if rules.is_reduction(outcome, is_less=is_less):
        assert rules.is_adverse(outcome, is_less=is_less)
    assert not rules.is_adverse(NeedOutcome.GRANTED, is_less=is_less)


@pytest.mark.parametrize(
    ("is_known", "is_adverse", "is_weighty", "must"),
    [(False, True, True, True), (True, True, True, False), (False, False, True, False), (False, True, False, False)],
)
def test_a_hearing_is_for_what_is_unknown_adverse_and_weighty(is_known, is_adverse, is_weighty, must):
    assert rules.must_be_heard(is_known=is_known, is_adverse=is_adverse, is_weighty=is_weighty) is must


@pytest.mark.parametrize(
    ("ends", "follow_up", "refusal"),
    [
        (0, None, None),
        (-1, None, DecisionRefusal.ENDS_BEFORE_START),
        (30, 30, None),
        (30, 31, DecisionRefusal.FOLLOW_UP_OUTSIDE),
        (None, -1, DecisionRefusal.FOLLOW_UP_OUTSIDE),
        (None, 400, None),
    ],
)
def test_the_days_of_a_grant(ends, follow_up, refusal):
    day = {name: None if n is None else DAY + dt.timedelta(days=n) for name, n in (("e", ends), ("f", follow_up))}
    assert rules.may_run(starts_on=DAY, ends_on=day["e"], follow_up_on=day["f"]).refusal == refusal


@given(st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)))
def test_a_last_day_and_the_open_end_after_it_are_each_others_opposite(day):
    assert rules.day_before(rules.day_after(day)) == day
    assert rules.day_after(None) is rules.day_before(None) is None
    assert state_on(DAY, rules.day_after(day), day).value == ("coming" if day < DAY else "running")


@pytest.mark.parametrize(
    ("favourable", "days", "minutes", "refusal"),
    [
        (True, 14, 30, None),
        (True, 15, 30, DecisionRefusal.NEEDS_A_DECISION),
        (True, 14, 31, DecisionRefusal.NEEDS_A_DECISION),
        (True, 0, 10, DecisionRefusal.ENDS_BEFORE_START),
        (False, 1, 1, DecisionRefusal.MUST_BE_FAVOURABLE),
    ],
)
def test_what_needs_no_letter_is_small_short_and_in_the_citizens_favour(favourable, days, minutes, refusal):
    last = DAY + dt.timedelta(days=days - 1)
    verdict = rules.may_adjust(
        is_favourable=favourable, starts_on=DAY, ends_on=last, minutes_a_day=minutes, longest=14, most=30
    )
    assert verdict.refusal == refusal


def test_the_same_help_is_the_same_whatever_its_spaces_and_letters():
    assert rules.service_key("  Bostøtte   hjemme ") == rules.service_key("bostøtte hjemme")
    assert rules.service_key("Bostøtte ude") != rules.service_key("Bostøtte hjemme")


@pytest.mark.parametrize(
    ("days", "late"), [(0, False), (1, True), (-1, False)], ids=["on the last day", "after", "before"]
)
def test_a_complaint_is_in_time_until_and_on_its_last_day(days, late):
    assert rules.is_late(received_on=DAY + dt.timedelta(days=days), limit_on=DAY) is late
    assert not rules.is_late(received_on=DAY, limit_on=None)


def test_a_late_complaint_goes_on_as_it_is():
    assert rules.may_reassess(is_late=True, answer="no_change")
    assert rules.may_reassess(is_late=True, answer="full").refusal == DecisionRefusal.LATE_MUST_GO_ON
    assert rules.may_reassess(is_late=False, answer="full")


def test_no_hearing_is_skipped_without_a_reason():
    assert rules.may_skip(ground=HearingSkip.EXCEPTION, words="Det ville skade en andens helbred")
    assert rules.may_skip(ground=HearingSkip.EXCEPTION, words="  ").refusal == DecisionRefusal.WHY_MISSING
    assert rules.may_skip(ground="nej", words="x").refusal == DecisionRefusal.UNKNOWN_CHOICE
