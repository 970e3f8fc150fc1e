"""docs/examples is what the code makes today, and its page says what the command says. `make examples` writes both."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from samspil import klartjek
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.contexts.letters import clarity
from samspil.contexts.letters.enums import DocumentKind
from samspil.contexts.letters.models import Letter, LetterDocument
from samspil.paper import reading
from tests.cast import TODAY, Cast
from tests.contexts.letters.examples import EXAMPLES, Example, adjusts, sent, world_of
from tests.contexts.letters.examples_page import AFTER, BEFORE, FOLDER, HARDEST, HARDEST_RULES, names, page, read
from tests.pdf_text import text_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WRITES = os.environ.get("SAMSPIL_EXAMPLES") == "1"
ALSO = {"afslag": {DocumentKind.EASY: "afslag-kort", DocumentKind.ENGLISH: "afslag-english"}}


def files_of(cast: Cast, example: Example) -> Iterator[tuple[str, bytes]]:
    letter = Letter.objects.get(id=sent(world_of(cast, example), example))
    for kind, name in ({DocumentKind.LETTER: example.name} | ALSO.get(example.name, {})).items():
        yield f"{name}.pdf", bytes(LetterDocument.objects.get(letter=letter, kind=kind).pdf)


def make(cast: Cast) -> dict[str, bytes]:
    """Every file of the folder but the page and the old letter; each example in a case where nothing happened yet."""
    found: dict[str, bytes] = {}
    for example in EXAMPLES:
        with transaction.atomic():
            found |= files_of(cast, example)
            transaction.set_rollback(True)
    if WRITES:
        for name, content in found.items():
            (FOLDER / name).write_bytes(content)
        (FOLDER / "README.md").write_text(page({name: read(name) for name in names()}), encoding="utf-8")
    return found


def test_the_folder_is_what_the_code_makes_today(cast: Cast) -> None:
    made = make(cast)
    assert {path.name for path in FOLDER.iterdir()} == {*made, BEFORE, "README.md"}
    for name, content in made.items():
        assert text_of(content) == text_of((FOLDER / name).read_bytes()), f"{name}: make examples"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_the_paper_is_measured_as_the_letter_itself_is(cast: Cast, example: Example, tmp_path: Path) -> None:
    letter = Letter.objects.get(id=sent(world_of(cast, example), example))
    paper = tmp_path / "brev.pdf"
    paper.write_bytes(bytes(LetterDocument.objects.get(letter=letter, kind=DocumentKind.LETTER).pdf))
    said = clarity.text(letter.content)
    assert reading.text_of(paper).splitlines() == [line for line in said.splitlines() if line]
    of_paper, of_letter = (
        klartjek.check(text, kind="letter", at=TODAY, appealable=example.is_appealable)
        for text in (reading.text_of(paper), said)
    )
    assert of_paper.lix == of_letter.lix
    assert of_paper.parts == of_letter.parts
    assert [one.rule for one in of_paper.findings] == [one.rule for one in of_letter.findings]


def test_the_page_says_what_the_command_says() -> None:
    reports = {name: read(name) for name in names()}
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page(reports), "make examples"
    for example in EXAMPLES:
        report = reports[f"{example.name}.pdf"]
        assert report["lix"] <= HARDEST, example.name
        assert report["lix_of_parts"]["rules"] <= HARDEST_RULES, example.name
        assert not report["blocks"], example.name
    assert reports[BEFORE]["blocks"], "the measure finds officialese"
    assert reports[BEFORE]["lix"] > HARDEST > reports[AFTER]["lix"]


def test_a_small_adjustment_has_no_letter(cast: Cast) -> None:
    world = world_of(cast, EXAMPLES[0])
    adjusts(world)
    (grant,) = decisions.grants_of(world.actor(), world.case_id)
    assert [one.what for one in grant.adjustments] == ["En ekstra tur til koret"]
    assert letters.letters_of(world.actor(), world.case_id) == ()
