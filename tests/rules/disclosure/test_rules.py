"""What is covered in a text, what an answer amounts to, and when a stopped deadline ends."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.disclosure.enums import Outcome
from samspil.contexts.disclosure.rules import Cover, complain_by, covered, is_in, outcome, without_cpr

DAY = dt.date(2026, 11, 24)


def cover(words: str = "", *, reason: str = "others_private", part: str = "p", document: str = "d") -> Cover:
    return Cover(document, part, words, reason, "andres forhold")


@pytest.mark.parametrize(
    ("text", "words", "read"),
    [
        ("Ida bor på Vejen.", "Ida", "[dækket: andres forhold] bor på Vejen."),
        ("IDA og ida", "Ida", "[dækket: andres forhold] og [dækket: andres forhold]"),
        ("Hendes søster\nIda  Holm er syg", "Ida Holm", "Hendes søster\n[dækket: andres forhold] er syg"),
        ("Hun (Ida) ringede.", "(Ida)", "Hun [dækket: andres forhold] ringede."),
        ("Intet her", "Ida", "Intet her"),
        ("Alt er væk", "", "[dækket: andres forhold]"),
        ("", "", ""),
    ],
)
def test_words_are_taken_out_wherever_they_stand(text, words, read):
    assert covered(text, [cover(words)]) == read


def test_what_overlaps_is_taken_out_as_one():
    read = covered("Ida Holm bor der", [cover("Ida Holm"), cover("Holm bor")])
    assert read == "[dækket: andres forhold] der"


@given(
    before=st.text("abc æøå\n", max_size=20),
    secret=st.text("xyzÆ", min_size=1, max_size=8),
    after=st.text("abc æøå\n", max_size=20),
    others=st.lists(st.text("abcxyz ", min_size=1, max_size=5).filter(str.strip), max_size=3),
)
def test_covered_words_are_never_in_what_is_read(before, secret, after, others):
    covers = [cover(secret), *map(cover, others)]
    read = covered(before + secret + after + secret, covers)
    left = read.replace("[dækket: andres forhold]", "\0")
    assert not is_in(secret, left)


@pytest.mark.parametrize("text", ["610170-1234", "6101701234", "610170 1234", "Nr. 610170–1234, siger hun"])
def test_no_persons_number_is_read(text):
    assert "1234" not in without_cpr(text)


@pytest.mark.parametrize("text", ["Ring 20 12 34 56", "Kl. 9.30", "993170-1234", "12345678901234"])
def test_other_numbers_stand(text):
    assert without_cpr(text) == text


@pytest.mark.parametrize(
    ("given", "covers", "wanted"),
    [
        (["a"], [], Outcome.FULL),
        (["a"], [cover(reason="not_asked")], Outcome.FULL),
        (["a"], [cover("Ida")], Outcome.PARTIAL),
        ([], [cover(part="")], Outcome.REFUSED),
    ],
)
def test_what_nobody_asked_for_is_not_kept_back(given, covers, wanted):
    assert outcome(given=given, covers=covers) == wanted


@pytest.mark.parametrize(("left", "least", "wanted"), [(20, 14, 20), (14, 14, 14), (3, 14, 14), (0, 14, 14)])
def test_a_stopped_deadline_goes_on_with_what_was_left_and_never_less_than_the_law_leaves(left, least, wanted):
    goes_on = DAY + dt.timedelta(days=9)
    found = complain_by(
        was=DAY + dt.timedelta(days=left),
        stopped_on=DAY,
        goes_on=goes_on,
        at_least=goes_on + dt.timedelta(days=least),
    )
    assert found == goes_on + dt.timedelta(days=wanted)
