"""How sure a share is, and that nobody can be recognised by a count, not even by working it out."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.insight import rules
from samspil.contexts.insight.rules import LEAST, share, shown, total_shown

counts = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("hits", "of", "percent", "low", "high"),
    [
        (0, 10, 0, 0, 28),  # 0 to 27.75
        (1, 10, 10, 1, 41),  # 1.79 to 40.42
        (5, 10, 50, 23, 77),  # 23.66 to 76.34
        (10, 10, 100, 72, 100),  # 72.25 to 100
        (15, 148, 10, 6, 17),  # 6.24 to 16.05
        (81, 263, 31, 25, 37),  # 25.53 to 36.62: Newcombe (1998), table I, method 3
    ],
)
def test_wilsons_interval(hits, of, percent, low, high):
    found = share(hits, of)
    assert (found.percent, found.low, found.high) == (percent, low, high)


@pytest.mark.parametrize(("hits", "of"), [(1, 0), (0, 0), (5, 4), (-1, 4)])
def test_there_is_no_share_of_nothing(hits, of):
    with pytest.raises(ValueError, match="is no share"):
        share(hits, of)


@given(of=st.integers(1, 500), part=st.floats(0, 1))
def test_the_interval_holds_the_share_and_narrows_with_more(of, part):
    hits = round(part * of)
    one, ten = share(hits, of), share(hits * 10, of * 10)
    assert 0 <= one.low <= one.percent <= one.high <= 100
    assert ten.high - ten.low <= one.high - one.low
    assert one.is_of_few == (of < rules.FEW)


@pytest.mark.parametrize(
    ("column", "seen", "total"),
    [
        ([0, 0], (0, 0), 0),
        ([9, 5, 0], (9, 5, 0), 14),
        ([3], (None,), None),
        ([1, 2], (None, None), None),  # three in all: too few to say
        ([3, 4], (None, None), 7),
        ([20, 9, 2], (20, None, None), 31),  # 9 goes with 2, or 31 − 20 − 9 would say it
        ([20, 2, 2], (None, None, None), 24),  # four in all would say that both are small
        ([30, 20, 2, 2], (30, None, None, None), 54),
        ([7, 2, 0], (None, None, 0), 9),
    ],
)
def test_small_counts_are_hidden_with_what_would_give_them_away(column, seen, total):
    assert shown(column) == seen
    assert total_shown(column) == total


@given(counts)
def test_no_small_count_is_shown(column):
    seen = shown(column)
    assert all(number is None or number == count for number, count in zip(seen, column, strict=True))
    assert all(number is None for number, count in zip(seen, column, strict=True) if 0 < count < LEAST)
    assert all(number == 0 for number, count in zip(seen, column, strict=True) if count == 0)


@given(counts)
def test_what_is_hidden_cannot_be_worked_out(column):
    seen, total = shown(column), total_shown(column)
    hidden = [count for count, number in zip(column, seen, strict=True) if number is None]
    if total is None:
        assert 0 < sum(column) < LEAST or len(hidden) == 1
        return
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= LEAST)


@given(counts)
def test_several_tables_of_the_same_say_the_same_total(column):
    """A single group and several are two ways to count the same: what one hides, the other may not tell."""
    total = sum(column)
    assert (total_shown(column) is None) == (total_shown([total]) is None)


def test_hiding_only_the_small_ones_would_give_them_away():
    """What the rule is for: with the plain rule alone, a single hidden count is the total less the others."""
    column = [20, 9, 2]
    plain = [count if count >= LEAST else None for count in column]
    assert plain.count(None) == 1
    assert sum(column) - sum(count for count in plain if count) == 2
    assert shown(column).count(None) == 2


def test_nothing_more_is_hidden_than_must_be():
    for column in itertools.product((0, 5, 6, 30), repeat=3):
        assert shown(column) == column
