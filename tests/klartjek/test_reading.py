"""Where sentences end, what counts as a word, and LIX."""

import datetime as dt

import pytest

from samspil.klartjek import check, lix
from samspil.klartjek.document import HEADING, HEADLINE, ITEM, PARAGRAPH, read
from samspil.klartjek.rulebook import rulebook

DAY = dt.date(2026, 11, 27)
BOOK = rulebook(DAY)


def units(text: str, *, letter: bool = True) -> list[str]:
    document = read(text, BOOK.headings, BOOK.abbreviations, letter=letter)
    return [" ".join(text[each.start : each.end].split()) for each in document.sentences]


@pytest.mark.parametrize(
    "whole",
    [
        "Du får hjælp efter § 85, stk. 2, jf. § 82 a, stk. 1, nr. 3, i loven.", "Vi ses den 3. maj kl. 10.30 i Huset.",
        "Du skal bl.a. have din sygesikring med, f.eks. på mobilen.", "Det koster 1.250,50 kr. om måneden.",
        "Prisen er ca. 3,5 mio. kr. pr. år.", "Skriv til karla.holm@eksempel.dk eller på www.eksempel.dk i dag.",
        "Fra d. 1. januar 2026 til og med den 30. juni 2027 gælder den.", "Dr. A. Holm ringer evt. i morgen.",
    ],
)  # fmt: skip
def test_one_sentence(whole: str) -> None:
    assert units(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det tager 20 min. Du kan vente.", ["Det tager 20 min.", "Du kan vente."]),
        ("Det koster 20 kr. Du betaler selv.", ["Det koster 20 kr.", "Du betaler selv."]),
        ("Reglen er § 85. Den siger det.", ["Reglen er § 85.", "Den siger det."]),
        ("Kom kl. 10. Tag bus nr. 4. Vi venter.", ["Kom kl. 10.", "Tag bus nr. 4.", "Vi venter."]),
        ("Du får:\n- mad\n- bad hver dag\n1. Ring.\n2. Vent.", ["Du får:", "mad", "bad hver dag", "Ring.", "Vent."]),
        ("En linje, der er brudt\naf hånd, er én.", ["En linje, der er brudt af hånd, er én."]),
        ("Du får hjælp\n\nDerfor\nDu kan ikke selv", ["Du får hjælp", "Derfor", "Du kan ikke selv"]),
        ("Én.\r\nTo.\r\n", ["Én.", "To."]),
        ("", []),
        (" \n\u00a0\n", []),
    ],
)
def test_where_units_end(text: str, expected: list[str]) -> None:
    assert units(text) == expected


def test_the_parts_of_a_letter_are_known() -> None:
    text = "# Du får hjælp\nKære Bo\nDerfor siger vi ja\nDu er syg.\n**Regler:**\n- § 1\nNoget andet"
    document = read(text, BOOK.headings, BOOK.abbreviations, letter=True)
    assert [(block.kind, block.part) for block in document.blocks] == [
        (HEADLINE, "top"),
        (PARAGRAPH, "top"),
        (HEADING, "because"),
        (PARAGRAPH, "because"),
        (HEADING, "rules"),
        (ITEM, "rules"),
        (PARAGRAPH, "rules"),
    ]


def test_a_sentence_that_begins_with_derfor_opens_nothing() -> None:
    document = read("Du får hjælp\nDerfor får du en times hjælp.", BOOK.headings, BOOK.abbreviations, letter=True)
    assert {block.part for block in document.blocks} == {"top"}


def test_in_a_note_a_hash_is_a_goal() -> None:
    assert read("#cykle 6/10", {}, BOOK.abbreviations, letter=False).blocks[0].kind == PARAGRAPH


def test_hidden_characters_do_not_hide_words_and_places_hold() -> None:
    text = "Kære\u00a0Bo\r\n\r\nDu skal frem\u00adsen\u200bde det, sa\u030afremt du kan."
    found = check(text, kind="message", at=DAY).findings
    assert [text[each.start : each.end] for each in found] == ["frem\u00adsen\u200bde", "sa\u030afremt"]
    assert [(each.line, each.column) for each in found] == [(3, 9), (3, 26)]


def measured(text: str) -> lix.Lix:
    return check(text, kind="page", at=DAY).lix


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words", "value"),
    [
        ("Vi ses.", 2, 1, 0, 2.0),
        ("Du får hjælp. Kommunen skriver.", 5, 2, 2, 42.5),
        ("Beløbet er 1.234.567 kr.", 4, 1, 1, 29.0),
        ("Ring 12345678 i dag", 4, 1, 0, 4.0),
        ("syv7syv", 3, 1, 0, 3.0),
        ("hjælpe hjælper", 2, 1, 1, 52.0),
        ("", 0, 0, 0, 0.0),
        ("…!", 0, 0, 0, 0.0),
    ],
)
def test_lix(text: str, words: int, sentences: int, long_words: int, value: float) -> None:
    """Six letters are short, seven long; a number is a word and never long."""
    got = measured(text)
    assert (got.words, got.sentences, got.long_words, got.value) == (words, sentences, long_words, value)


@pytest.mark.parametrize(
    ("value", "band"),
    [(0, "meget let"), (24, "meget let"), (25, "let"), (35, "middel"), (45, "svær"), (54, "svær"), (55, "meget svær")],
)
def test_bands(value: int, band: str) -> None:
    assert lix.Lix(words=value, sentences=1, long_words=0).band == band


def test_the_number_is_shown_from_a_hundred_words() -> None:
    assert not measured("ord " * 99).is_certain
    assert measured("ord " * 100).is_certain
