import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.goals import rules
from samspil.contexts.goals.enums import GoalRefusal


@pytest.mark.parametrize(
    ("running", "refusal"), [(0, None), (2, None), (3, GoalRefusal.FOUR_GOALS), (7, GoalRefusal.FOUR_GOALS)]
)
def test_three_goals_at_a_time(running, refusal):
    assert rules.may_add_goal(running=running).refusal is refusal


@given(st.integers(-50, 50))
def test_the_scale_is_nought_to_ten(value):
    assert bool(rules.on_scale(value)) == (0 <= value <= 10)


@pytest.mark.parametrize(
    ("purpose", "reached", "not_reached", "running", "refusal"),
    [
        (True, "Så slutter vi.", "Så går vi videre.", 2, None),
        (False, "Så slutter vi.", "Så går vi videre.", 0, GoalRefusal.NO_PURPOSE),
        (True, "", "Så går vi videre.", 0, GoalRefusal.HELP_UNSAID),
        (True, "Så slutter vi.", " \n", 0, GoalRefusal.HELP_UNSAID),
        (True, "Så slutter vi.", "Så går vi videre.", 3, GoalRefusal.FOUR_GOALS),
    ],
)
def test_what_a_goal_needs_to_start(purpose, reached, not_reached, running, refusal):
    verdict = rules.may_start(has_purpose=purpose, if_reached=reached, if_not_reached=not_reached, running=running)
    assert verdict.refusal is refusal


@pytest.mark.parametrize(
    ("side", "voices"),
    [
        ("citizen", {"citizen"}),
        ("provider", {"provider", "citizen"}),
        ("authority", {"provider", "citizen", "authority"}),
        ("system", {"provider", "citizen", "authority"}),
        ("relative", set()),
        ("nobody", set()),
    ],
)
def test_who_may_speak_for_whom(side, voices):
    allowed = {v for v in ("citizen", "provider", "authority", "relative") if rules.may_speak_as(side=side, voice=v)}
    assert allowed == voices


def test_history_is_eighteen_months_also_from_the_last_of_a_month():
    assert rules.history_begins(dt.date(2026, 8, 31)) == dt.date(2025, 2, 28)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_follow_up_lies_ahead(day, on):
    assert bool(rules.may_follow_up(day=day, on=on)) == (day >= on)
    assert rules.may_follow_up(day=None, on=on)


def test_every_status_can_end():
    for status in rules.GOAL.statuses:
        seen, todo = set(), [status]
        while todo:
            here = todo.pop()
            seen.add(here)
            todo += set(rules.GOAL.moves[here].values()) - seen
        assert "ended" in seen
