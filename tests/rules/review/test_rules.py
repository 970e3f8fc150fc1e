import datetime as dt

import pytest

from samspil.contexts.review import rules


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (dt.date(2026, 1, 31), dt.date(2025, 12, 1), dt.date(2026, 2, 1)),
        (dt.date(2026, 12, 1), dt.date(2026, 11, 1), dt.date(2027, 1, 1)),
        (dt.date(2028, 2, 29), dt.date(2028, 1, 1), dt.date(2028, 3, 1)),
    ],
)
def test_months(day: dt.date, before: dt.date, after: dt.date) -> None:
    assert rules.month_before(day) == before
    assert rules.month_after(rules.month_of(day)) == after


@pytest.mark.parametrize(
    ("count", "usual", "found"), [(39, 0, False), (40, 0, True), (40, 13, True), (40, 14, False), (300, 100, False)]
)
def test_far_beyond_ones_own_usual_number_and_not_few(count: int, usual: int, found: bool) -> None:
    assert rules.is_far_beyond(count, usual, factor=3, least=40) is found


def test_one_busy_day_changes_nothing_in_the_usual_number() -> None:
    assert rules.usual([10, 12, 11, 400]) == 12
    assert rules.usual([]) == 0


@pytest.mark.parametrize(("hour", "night"), [(21, False), (22, True), (23, True), (0, True), (5, True), (6, False)])
def test_night_goes_over_midnight(hour: int, night: bool) -> None:
    assert rules.is_night(hour, begins=22, ends=6) is night


def test_the_lot_is_the_same_and_parts_do_not_run_together() -> None:
    assert rules.lot("a", "bc") == rules.lot("a", "bc") != rules.lot("ab", "c")
