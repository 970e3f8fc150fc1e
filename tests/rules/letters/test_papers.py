"""The papers of a letter are tagged so that they can be read aloud, and the inspection finds those that are not."""

import datetime as dt
import io
from dataclasses import replace

import pikepdf
import pytest

from samspil.contexts.letters import content, papers, wording
from samspil.contexts.letters.composing import compose
from samspil.contexts.letters.facts import Drawn, Step
from tests.letter_facts import DECIDED_ON, facts_for, facts_of
from tests.pdf_tags import faults, tree
from tests.pdf_text import text_of

AT = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
HEADING = papers.Heading("Fjordby Kommune", "Karla Holm", "26-0001", AT)
LAST = dt.date(2026, 12, 18)
KINDS = [("letter", "da"), ("easy", "da"), ("english", "en"), ("copy", "da")]


def kept(key: str = "sel85-partial") -> content.Kept:
    template = wording.template(key, on=DECIDED_ON)
    return content.keep(compose(facts_of(template), template, complaint_by=LAST))


def changed(pdf: bytes, change) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "language"), KINDS)
def test_every_paper_is_tagged_in_order(kind: str, language: str):
    assert faults(papers.draw(kept(), HEADING, kind), language=language) == []


def test_the_seven_parts_are_its_headings_in_order():
    with pikepdf.open(io.BytesIO(papers.draw(kept(), HEADING, "letter"))) as pdf:
        names = [name for name, _ in tree(pdf)]
    assert (names.count("/H1"), names.count("/H2")) == (1, 8)
    text = text_of(papers.draw(kept(), HEADING, "letter"))
    headings = [both.da for both in wording.fixed().headings.values()]
    places = [text.index(f"{heading} ") for heading in headings]
    assert places == sorted(places)
    assert "Kontakt" in text


def test_the_short_one_is_a_page_and_says_which_one_counts():
    pdf = papers.draw(kept(), HEADING, "easy")
    assert "Kort udgave. Det lange brev gælder." in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("lines", "letters", "is_cut"), [(1, 40, False), (8, 100, False), (9, 100, True), (30, 40, True), (3, 5000, True)]
)
def test_the_short_one_is_a_page_however_much_is_given_and_asked(lines: int, letters: int, is_cut: bool):
    template = wording.template("sel85-full", on=DECIDED_ON)
    texts = [f"{number} timer {'med støtte ' * (letters // 11)}" for number in range(lines)]
    facts = replace(facts_of(template), gets=tuple(map(Drawn, texts)), steps=tuple(map(Step, texts)))
    pdf = papers.draw(content.keep(compose(facts, template, complaint_by=LAST)), HEADING, "easy")
    assert faults(pdf) == []
    assert ("Der er mere i det lange brev." in text_of(pdf)) is is_cut
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1


def test_the_english_says_that_it_is_a_courtesy_and_keeps_the_cases_own_words_in_danish():
    pdf = papers.draw(kept(), HEADING, "english")
    text = text_of(pdf)
    assert "translation as a courtesy" in text
    assert "You will get support in everyday life" in text
    assert "Du laver selv mad tre dage om ugen." in text
    assert "[…]" not in text
    assert "Kopi" in text_of(papers.draw(kept(), HEADING, "copy"))


def test_the_same_letter_gives_the_same_bytes():
    assert papers.draw(kept(), HEADING, "letter") == papers.draw(kept(), HEADING, "letter")


@pytest.mark.parametrize("key", [one.key for one in wording.templates() if one.result in {"refusal", "full"}])
def test_no_letter_is_longer_than_two_pages(key: str):
    with pikepdf.open(io.BytesIO(papers.draw(kept(key), HEADING, "letter"))) as pdf:
        assert len(pdf.pages) <= 2


def _drop(name: str):
    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return drop


def _rename(old: str, new: str):
    def rename(pdf: pikepdf.Pdf) -> None:
        for name, node in list(tree(pdf)):
            if name == old:
                node.S = pikepdf.Name(new)

    return rename


def _untag(pdf: pikepdf.Pdf) -> None:
    kept_marks = [
        (operands, operator)
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
        if str(operator) not in {"BDC", "BMC", "EMC"}
    ]
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept_marks))


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (_drop("/StructTreeRoot"), "no tags"),
        (_drop("/Lang"), "language is none"),
        (_drop("/MarkInfo"), "not marked as tagged"),
        (_rename("/H1", "/P"), "headings begin"),
        (_rename("/H2", "/H3"), "from heading 1 to 3"),
        (_rename("/L", "/Div"), "an item outside a list"),
        (_untag, "pieces of text without a tag"),
    ],
)
def test_a_broken_paper_is_found(damage, found: str):
    """The control: each thing that is inspected fails when it is broken."""
    broken = changed(papers.draw(kept(), HEADING, "letter"), damage)
    assert any(found in fault for fault in faults(broken))


def test_any_words_of_a_citizen_can_be_printed():
    said = facts_for().said[0].__class__("😀 <b>#let x = 1</b> $a_b$ \\ * _ §", "Svar [1] @ref")
    template = wording.template("sel83-refusal", on=DECIDED_ON)
    letter = content.keep(compose(facts_for(said=(said,)), template, complaint_by=LAST))
    assert "#let x = 1" in text_of(papers.draw(letter, HEADING, "letter"))
