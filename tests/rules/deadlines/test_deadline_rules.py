import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.enums import DeadlineRefusal, DeadlineStatus
from samspil.kernel.day_counting import Length, Unit, Whose

days = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))
DAY = dt.timedelta(days=1)


def date(text):
    return dt.date.fromisoformat(text)


def test_the_machine_knows_every_status():
    assert set(rules.DEADLINE.statuses) == set(DeadlineStatus.values)


def test_what_runs_is_what_can_be_called_off():
    assert {status for status in DeadlineStatus.values if rules.DEADLINE.may(status, "cancel")} == set(rules.RUNNING)


def test_a_rule_is_counted_with_its_warning():
    days = rules.days_of(from_on=date("2026-11-02"), length=Length(4, Unit.WEEKS), fixed_on=None,
                         whose=Whose.CITIZEN, warn_share=0.75)  # fmt: skip
    assert days == rules.Days(date("2026-11-30"), date("2026-11-23"))


def test_a_day_in_the_law_is_that_day():
    days = rules.days_of(from_on=date("2026-07-01"), length=None, fixed_on=date("2027-07-01"),
                         whose=Whose.AUTHORITY, warn_share=0.5)  # fmt: skip
    assert days == rules.Days(date("2027-07-01"), date("2026-12-30"))


def test_a_rule_without_length_or_day_is_refused():
    with pytest.raises(ValueError, match="a length or a day"):
        rules.days_of(from_on=date("2026-07-01"), length=None, fixed_on=None, whose=Whose.CITIZEN, warn_share=0.5)


@given(days, st.integers(-400, 400), st.floats(0, 1))
def test_a_worker_always_comes_by_after_the_start_and_at_the_latest_the_day_after_the_end(from_on, length, share):
    due_on = from_on + dt.timedelta(days=length)
    first = rules.first_act(from_on, due_on, share)
    assert first <= due_on + DAY
    assert first > min(from_on, due_on)


@given(days, st.integers(-30, 30))
def test_after_the_warning_comes_the_day_after_the_last(due_on, late):
    on = due_on + dt.timedelta(days=late)
    assert rules.next_act(due_on, on=on) == (due_on + DAY if late <= 0 else None)


@pytest.mark.parametrize(
    ("whose", "asks", "move"),
    [(Whose.AUTHORITY, False, "run_late"), (Whose.AUTHORITY, True, "run_late"), (Whose.CITIZEN, True, "run_out"),
     (Whose.CITIZEN, False, "lapse")],
)  # fmt: skip
def test_what_happens_when_the_last_day_has_gone(whose, asks, move):
    assert rules.move_when_past(whose, asks=asks) == move


@pytest.mark.parametrize(
    ("whose", "extended", "days_off", "refusal"),
    [
        (Whose.CITIZEN, True, -1, DeadlineRefusal.SHORTER_THAN_RULE),
        (Whose.CITIZEN, False, 0, None),
        (Whose.CITIZEN, False, 1, None),
        (Whose.AUTHORITY, False, 1, DeadlineRefusal.LONGER_THAN_RULE),
        (Whose.AUTHORITY, True, 1, None),
        (Whose.AUTHORITY, False, -1, None),
    ],
)
def test_a_day_of_ones_own_choice(whose, extended, days_off, refusal):
    by_rule = date("2026-12-28")
    verdict = policy.may_choose_day(by_rule + days_off * DAY, by_rule, whose=whose, may_be_extended=extended)
    assert verdict.refusal is refusal
