"""How often somebody may look people up by number."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.access.rules import Pace, free_to_look_up_at
from tests.cast import NOW

SECOND, MINUTE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)
PACES = (Pace(3, MINUTE), Pace(5, 10 * MINUTE))


@pytest.mark.parametrize(
    ("seconds_ago", "free_in"),
    [
        ([], None),
        ([1, 2], None),
        ([1, 2, 3], 57),
        ([1, 2, 59], 1),
        ([1, 2, 60], None),
        ([1, 2, 3, 4, 5], 595),
        ([100, 200, 300, 400, 599], 1),
        ([100, 200, 300, 400, 600], None),
    ],
)
def test_at_most_so_many_in_such_a_time(seconds_ago: list[int], free_in: int | None) -> None:
    earlier = [NOW - one * SECOND for one in seconds_ago]
    wanted = None if free_in is None else NOW + free_in * SECOND
    assert free_to_look_up_at(earlier, at=NOW, paces=PACES) == wanted


@given(st.lists(st.integers(0, 20), max_size=200))
def test_whoever_asks_at_any_pace_is_let_no_more_often_than_that(waits: list[int]) -> None:
    let: list[dt.datetime] = []
    at = NOW
    for wait in waits:
        at += wait * SECOND
        free_at = free_to_look_up_at(let, at=at, paces=PACES)
        assert free_at is None or free_at > at
        if free_at is None:
            let.insert(0, at)
    for pace in PACES:
        assert all(newer - older >= pace.within for newer, older in zip(let, let[pace.most :], strict=False))
