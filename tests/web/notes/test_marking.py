import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.kernel.segments import SegmentKind, parse
from samspil.web.notes.marking import set_kind
from samspil.web.notes.suggestions import kind_of, suggest

TODAY = dt.date(2026, 11, 24)
TEXT = "Karla kørte selv. Hun smilte. Jonas ringer torsdag den 26."
SIX = [kind for kind in SegmentKind if kind is not SegmentKind.GOAL_STATUS]


def marked(text, at, kind):
    found = set_kind(text, at, kind, today=TODAY)
    return found.text, found.text[: found.cursor]


@pytest.mark.parametrize(
    ("at", "kind", "expected"),
    [
        (20, "resource", "Karla kørte selv. + Hun smilte. Jonas ringer torsdag den 26."),
        (58, "agreement", "Karla kørte selv. Hun smilte. > Jonas ringer torsdag den 26."),
        (3, "citizen_words", "“Karla kørte selv.” Hun smilte. Jonas ringer torsdag den 26."),
        (3, "wish", "* Karla kørte selv.\nHun smilte. Jonas ringer torsdag den 26."),
        (3, "observation", TEXT),
    ],
)
def test_only_the_sentence_under_the_cursor_changes(at, kind, expected):
    assert marked(TEXT, at, kind)[0] == expected


def test_the_cursor_stands_behind_the_sentence():
    assert marked(TEXT, 20, "resource")[1] == "Karla kørte selv. + Hun smilte."


@pytest.mark.parametrize("kind", SIX)
def test_the_same_key_takes_the_mark_off_again(kind):
    once, _ = marked(TEXT, 20, kind)
    assert marked(once, 22, kind)[0] == TEXT


def test_one_mark_takes_the_place_of_another():
    assert marked("A. > Jonas ringer.", 8, "change")[0] == "A. ! Jonas ringer."
    assert marked("“Jeg vil.”", 3, "wish")[0] == "* Jeg vil."


def test_a_mark_stands_ready_where_nothing_is_written_yet():
    assert marked("", 0, "agreement") == ("> ", "> ")
    assert marked("A. ", 3, "citizen_words") == ("A. “”", "A. “")


def test_a_goal_asks_for_its_number_and_keeps_the_words():
    assert marked("Det gik godt.", 3, "goal_status") == ("#mål /10 Det gik godt.", "#mål ")
    assert marked("bus 6/10 Det gik.", 3, "goal_status")[0] == "#bus 6/10 Det gik."
    assert marked("#bus 6/10 Det gik.", 3, "observation")[0] == "bus 6/10 Det gik."


@settings(max_examples=150, deadline=None)
@given(st.text("ab .!?>*+=#\n“”6/10", max_size=60), st.integers(0, 70), st.sampled_from(list(SegmentKind)))
def test_no_word_is_ever_lost(text, at, kind):
    after = set_kind(text, at, kind, today=TODAY)
    letters = [c for c in text if c in "ab"]
    assert [c for c in after.text.replace("#mål", "") if c in "ab"] == letters
    assert 0 <= after.cursor <= len(after.text)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Vi aftalte, at Jonas ringer.", "agreement"),
        ("Jonas ringer til lægen på fredag.", "agreement"),
        ("Jonas ringer tit.", None),
        ("Karla siger, at hun er bange.", "citizen_words"),
        ("Jeg vurderer, at hun er klar.", "assessment"),
        ("Hun vil gerne have besøg senere.", "wish"),
        ("Hun kan selv finde ruten.", "resource"),
        ("Karla er flyttet til søsteren.", "change"),
        ("Karla kørte tre stop.", None),
    ],
)
def test_what_a_sentence_looks_like(sentence, kind):
    assert kind_of(sentence, today=TODAY) == kind


def test_at_most_three_suggestions_and_none_for_what_is_marked():
    text = "> Vi aftalte at mødes.\n" + "Hun vil gerne hjem. " * 5
    found = suggest(text, parse(text, today=TODAY), today=TODAY)
    assert [text[s.start : s.end] for s in found] == ["Hun vil gerne hjem."] * 3
