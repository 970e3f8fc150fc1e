import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel import text
from samspil.kernel.text import TooLong, clean


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("A\u030a ae\u0308", "Å aë"),
        ("\u200bSov\u200b \u202egodt\u202c\ufeff", "Sov godt"),
        ("be\u00adstilling", "bestilling"),
        ("nul\x00 og \x07klokke\x7f", "nul og klokke"),
        ("\uf0b7\tMad\n\uf0a7 Søvn", "• Mad\n▪ Søvn"),
        ("\x93Ja\x94 \x96 sagde hun\x85", "“Ja” – sagde hun…"),
        ("“Ja” ‘nej’ »måske« – • … 3 € 😀 №", "“Ja” ‘nej’ »måske« – • … 3 € 😀 №"),
        ("en\u2028to\u2029tre\x0bfire", "en\nto\ntre\nfire"),
        ("10\u00a0km", "10 km"),
        ("  \n rum \n\n nede \n ", "rum \n\n nede"),
        ("\ud800ensom", "ensom"),
        ("", ""),
    ],
)
def test_pasted_text_is_stored_readable(pasted, stored):
    assert clean(pasted, 100) == stored


def test_too_long_is_counted_after_cleaning():
    assert clean("abc\u200b\u200b ", 3) == "abc"
    with pytest.raises(TooLong) as caught:
        clean("abcd", 3)
    assert (caught.value.limit, caught.value.length) == (3, 4)


@given(st.text())
def test_cleaning_is_final_and_leaves_only_what_the_database_takes(raw):
    stored = clean(raw, 1000)
    assert clean(stored, 1000) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert not {unicodedata.category(c) for c in stored if c != "\n"} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(st.characters(categories=["L", "N", "P", "Sm", "Sc"]), max_size=50))
def test_cleaning_loses_no_writing(raw):
    assert clean(raw, 1000) == unicodedata.normalize("NFC", raw).strip()


@pytest.mark.parametrize(
    ("name", "letters", "first"),
    [("Karla Holm", "KH", "Karla"), ("Mette B.", "MB", "Mette"), ("Karla", "K", "Karla"), ("", "", ""), ("  ", "", ""),
     ("Anne-Marie von der Ås", "AÅ", "Anne-Marie"), ("ida (søster)", "I", "ida"), ("Åse", "Å", "Åse")],
)  # fmt: skip
def test_short_forms_of_a_name(name, letters, first):
    assert text.initials(name) == letters
    assert text.first_name(name) == first


@pytest.mark.parametrize(
    ("name", "genitive"), [("Karla", "Karlas"), ("Jonas", "Jonas'"), ("Max", "Max'"), ("Liz ", "Liz'")]
)
def test_possessive(name, genitive):
    assert text.possessive(name) == genitive


def test_lists_and_counts():
    assert text.and_list([]) == ""
    assert text.and_list(["a"]) == "a"
    assert text.and_list(["a", "b"]) == "a og b"
    assert text.and_list(("a", "b", "c")) == "a, b og c"
    assert text.and_list(["a", "b", "c"], "en") == "a, b and c"
    assert [text.plural(n, "dag", "dage") for n in (0, 1, 2)] == ["0 dage", "1 dag", "2 dage"]


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("Ida Holm", "Ida"),
        ("Ludvig af Stenbro", "Ludvig"),
        ("Min nabo Bent", "min nabo Bent"),
        ("En ven", "en ven"),
        ("Bent fra koret", "Bent fra koret"),
        ("Ida", "Ida"),
        ("", ""),
    ],
)
def test_a_description_is_not_cut_down_to_its_first_word(name: str, spoken: str) -> None:
    assert text.spoken_name(name) == spoken
