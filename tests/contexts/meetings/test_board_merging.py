"""Two texts from one: by table, and by property over random changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.meetings.merging import merge

BASE = "Jonas kører med bussen"


@pytest.mark.parametrize(
    ("base", "typed", "current", "merged"),
    [
        (BASE, BASE, "Noget andet", "Noget andet"),
        (BASE, "Ida kører med bussen", BASE, "Ida kører med bussen"),
        (BASE, "Ida kører med bussen", "Ida kører med bussen", "Ida kører med bussen"),
        (BASE, "Ida kører med bussen", "Jonas kører med bussen torsdag", "Ida kører med bussen torsdag"),
        (BASE, "Jonas kører med bussen torsdag", "Ida kører med bussen", "Ida kører med bussen torsdag"),
        (BASE, "Jonas kører med", "Ida kører med bussen", "Ida kører med"),
        (BASE, "", "Jonas kører med bussen torsdag", "Jonas kører med bussen torsdag"),
        (BASE, "Jonas kører med bussen torsdag", "Jonas kører med bussen fredag", None),
        (BASE, "Ida kører med bussen", "Mette kører med bussen", None),
        (BASE, "Jonas går", "Jonas kører med toget", None),
        (BASE, "Jonas kører", "Jonas kører med bussen hjem", "Jonas kører hjem"),
        (BASE, "Jonas kører med bussen torsdag", "", None),
        ("", "hej", "dav", None),
        ("kat", "skat", "katte", None),
    ],
)
def test_merge(base: str, typed: str, current: str, merged: str | None) -> None:
    assert merge(base, typed, current) == merged


words = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6)


@given(base=words, my_place=st.integers(0, 6), their_place=st.integers(0, 6))
def test_what_both_put_in_at_different_places_stands(base: list[str], my_place: int, their_place: int) -> None:
    mine, theirs = base[:], base[:]
    mine.insert(my_place, "MINE")
    theirs.insert(their_place, "THEIRS")
    merged = merge(" ".join(base), " ".join(mine), " ".join(theirs))
    if merged is None:
        return
    assert {"MINE", "THEIRS"} <= set(merged.split())
    assert sorted(w for w in merged.split() if w.islower()) == sorted(base)


@given(base=words, typed=words, current=words)
def test_no_word_of_mine_disappears_and_none_is_invented(base: list[str], typed: list[str], current: list[str]) -> None:
    merged = merge(" ".join(base), " ".join(typed), " ".join(current))
    if merged is None:
        return
    assert set(merged.split()) <= {*base, *typed, *current}
    assert set(typed) - set(base) <= set(merged.split())
    assert set(current) - set(base) <= set(merged.split())
