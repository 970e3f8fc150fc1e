"""What the appeals board gets with a complaint: one document of the complaint, our answer, the letters, and the papers
that the decision rests on. Plain data for paper; no database, no clock."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samspil.contexts.decisions.api import DecisionForLetter, NeedForLetter, Quote
from samspil.contexts.letters import content
from samspil.contexts.letters.content import Kept
from samspil.kernel.danish_dates import long_date_year

PARAGRAPH, LIST, QUOTE = "paragraph", "list", "quote"


@dataclass(frozen=True, slots=True)
class Complained:
    """The complaint, and what was answered to it."""

    received_on: dt.date
    channel: str
    from_name: str
    written_by: str
    words: str
    is_late: bool
    complain_by: dt.date | None
    answer: str
    answer_words: str
    answered_on: dt.date | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter about what is complained about, with the hash of the paper that was sent."""

    sent_on: dt.date
    kept: Kept
    sha256: str


@dataclass(frozen=True, slots=True)
class WrittenNote:
    on: dt.date
    by: str
    title: str
    segments: tuple[tuple[str, str], ...]
    """Its kind in words, and what it says."""


def sections(
    complained: Complained,
    made: Sequence[DecisionForLetter],
    letters: Iterable[SentLetter],
    notes: Iterable[WrittenNote],
) -> list[dict[str, Any]]:
    """In the order in which the board reads: each with its heading and its blocks."""
    found = [_complaint(complained)]
    if complained.answer_words:
        found.append(_answer(complained))
    found += [_letter(one) for one in letters]
    found += [_need(need) for decision in made for need in decision.needs]
    found += [_facts(decision) for decision in made if decision.facts or decision.hearing]
    written = list(notes)
    if written:
        found.append(_section("Sagens notater", [block for note in written for block in _note(note)]))
    return found


def _complaint(said: Complained) -> dict[str, Any]:
    lines = [f"Modtaget {long_date_year(said.received_on)}. {said.channel}. Fra {said.from_name}."]
    if said.written_by:
        lines.append(f"Sagt til kommunen og skrevet ned af {said.written_by}.")
    if said.complain_by is not None:
        lines.append(f"Klagefristen var {long_date_year(said.complain_by)}.")
    if said.is_late:
        lines.append("Klagen kom efter fristen.")
    return _section("Klagen", [_block(PARAGRAPH, lines), _block(QUOTE, said.words.splitlines())])


def _answer(said: Complained) -> dict[str, Any]:
    day = f" {long_date_year(said.answered_on)}" if said.answered_on else ""
    head = f"{said.answer}. {said.answered_by}{day}."
    return _section("Kommunens nye vurdering", [_block(PARAGRAPH, [head, *said.answer_words.splitlines()])])


def _letter(sent: SentLetter) -> dict[str, Any]:
    above = content.headings(sent.kept)
    blocks = [_block(PARAGRAPH, [sent.kept["headline"]["da"]])]
    for part in content.parts_of(sent.kept):
        blocks.append({"kind": "heading", "lines": [above[part.kind].da]})
        blocks += [_block(one.kind, [line.text for line in one.lines]) for one in content.blocks(part.lines)]
    blocks.append(_block(PARAGRAPH, [f"Aftryk af det sendte brev (SHA-256): {sent.sha256}"]))
    return _section(f"Brevet af {long_date_year(sent.sent_on)}", blocks)


def _need(need: NeedForLetter) -> dict[str, Any]:
    basis = [f"Regel: {need.basis.cited}"] if need.basis else []
    blocks = [_block(PARAGRAPH, [f"Spurgt om {long_date_year(need.asked_on)}", *basis]), *_quotes(need.citizen_words)]
    for step in need.steps:
        blocks += [_titled(f"{step.step.label}: {step.finding.label}", step.words), *_quotes(step.quotes)]
    for asked in need.criteria:
        blocks += [_titled(f"{asked.asks} {asked.finding.label}", asked.words), *_quotes(asked.quotes)]
    for other in need.weighed:
        blocks.append(_titled(f"Set på i stedet: {other.basis.cited if other.basis else other.key}", other.words))
    if need.reasons:
        blocks.append(_titled("Begrundelse", need.reasons))
    return _section(f"Sådan er det undersøgt: {need.title}", blocks)


def _facts(decision: DecisionForLetter) -> dict[str, Any]:
    blocks = []
    for fact in decision.facts:
        heard = " (borgeren er spurgt om det)" if fact.was_heard else ""
        blocks += [_titled(f"{fact.source}{heard}", fact.text), *_quotes(fact.quotes)]
    hearing = decision.hearing
    if hearing is not None and hearing.asked_on is not None:
        answered = f"Svar {long_date_year(hearing.answered_on)}:" if hearing.answered_on else "Der kom ikke svar."
        blocks.append(_titled(f"Partshøring {long_date_year(hearing.asked_on)}. {answered}", hearing.answer))
    elif hearing is not None:
        blocks.append(_titled("Partshøring er sprunget over", hearing.skip_words))
    return _section("Oplysninger og partshøring", blocks)


def _note(note: WrittenNote) -> list[dict[str, Any]]:
    title = f": {note.title}" if note.title else ""
    head = {"kind": "heading", "lines": [f"{long_date_year(note.on)}, {note.by}{title}"]}
    return [head, _block(LIST, [f"{kind}: {text}" for kind, text in note.segments])]


def _quotes(quotes: Iterable[Quote]) -> list[dict[str, Any]]:
    return [_block(QUOTE, [f"{one.text} ({one.by}, {long_date_year(one.on)})"]) for one in quotes]


def _titled(title: str, words: str) -> dict[str, Any]:
    return _block(PARAGRAPH, [title, *words.splitlines()])


def _section(heading: str, blocks: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"heading": heading, "blocks": [block for block in blocks if block["lines"]]}


def _block(kind: str, lines: Iterable[str]) -> dict[str, Any]:
    return {"kind": kind, "lines": [line.strip() for line in lines if line.strip()]}
