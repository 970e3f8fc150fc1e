"""What a letter says, as it is kept: what was proposed beside what stands there now. Plain data, no database."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from samspil.contexts.letters.composing import ITEM, QUOTE, Composed, Section
from samspil.contexts.letters.enums import Origin
from samspil.contexts.letters.filling import Line, Part
from samspil.contexts.letters.wording import Both, fixed
from samspil.kernel import sentences
from samspil.kernel.drawn import characters, drawn_characters

SHAPE = 1
Kept = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are shown together: `kind` is paragraph, list, steps or quote. Marks are taken off."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that is in only one of two letters. `is_new` says which."""

    text: str
    is_new: bool


def keep(made: Composed, *, edited: Mapping[str, str] | None = None) -> Kept:
    """A composed letter as it is stored; `edited` are the texts that somebody has changed, by part."""
    edited = edited or {}
    parts = [
        {"kind": part.kind, "lines": [asdict(line) for line in part.lines], "text": edited.get(part.kind, part.text)}
        | ({"heading": asdict(part.heading)} if part.heading else {})
        for part in made.parts
    ]
    return {
        "shape": SHAPE,
        "headline": asdict(made.headline),
        "parts": parts,
        "contact": [asdict(line) for line in made.contact],
        "easy": [asdict(section) for section in made.easy],
        "missing": [list(one) for one in made.missing],
    }


def texts(kept: Kept) -> dict[str, str]:
    """The Danish text of each part, in order."""
    return {part["kind"]: part["text"] for part in kept["parts"]}


def headings(kept: Kept) -> dict[str, Both]:
    """What stands above each part: its own, or that of all letters about decisions."""
    shared = fixed().headings
    return {
        part["kind"]: Both(**part["heading"]) if "heading" in part else shared[part["kind"]] for part in kept["parts"]
    }


def plain_text(kept: Kept, contact: str) -> str:
    """The Danish letter as one text, headline first, each part under its heading: for whoever reads it as words."""
    pieces = [f"# {kept['headline']['da']}"]
    above = headings(kept)
    pieces += [f"## {above[kind].da}\n\n{_in_quotation_marks(text)}" for kind, text in texts(kept).items()]
    pieces.append(f"## {contact}\n\n" + "\n".join(line["text"] for line in kept["contact"]))
    return "\n\n".join(pieces)


def _in_quotation_marks(text: str) -> str:
    return "\n".join(f"“{line.removeprefix(QUOTE)}”" if line.startswith(QUOTE) else line for line in text.split("\n"))


def edited(kept: Kept) -> dict[str, str]:
    """The parts whose text is not what was proposed."""
    return {part["kind"]: part["text"] for part in kept["parts"] if part["text"] != _proposed(part)}


def missing(kept: Kept) -> tuple[str, ...]:
    """The values that the letter cannot be without, but for those whose part somebody has written by hand."""
    by_hand = edited(kept)
    return tuple(name for name, kind in kept["missing"] if kind not in by_hand)


def with_texts(kept: Kept, changed: Mapping[str, str]) -> Kept:
    parts = [{**part, "text": changed.get(part["kind"], part["text"])} for part in kept["parts"]]
    return {**kept, "parts": parts}


def lines_of(kept: Kept, kind: str) -> tuple[Line, ...]:
    """The lines of a part as they stand now; one that nobody proposed was typed, and has no English."""
    part = next(part for part in kept["parts"] if part["kind"] == kind)
    known = {row["text"]: Line(**row) for row in part["lines"]}
    return tuple(
        known.get(text, Line(text, "", Origin.TYPED)) for line in part["text"].split("\n") if (text := line.strip())
    )


def parts_of(kept: Kept) -> tuple[Part, ...]:
    return tuple(Part(part["kind"], lines_of(kept, part["kind"])) for part in kept["parts"])


def contact_of(kept: Kept) -> tuple[Line, ...]:
    return tuple(Line(**line) for line in kept["contact"])


def easy_of(kept: Kept) -> tuple[Section, ...]:
    return tuple(
        Section(Both(**section["title"]), tuple(Both(**line) for line in section["lines"])) for section in kept["easy"]
    )


def measure(kept: Kept) -> tuple[int, int]:
    """Characters drawn and characters typed, over all seven parts."""
    drawn = typed = 0
    for part in kept["parts"]:
        whole = characters(part["text"])
        same = drawn_characters(part["text"], [_proposed(part)])
        drawn, typed = drawn + same, typed + whole - same
    return drawn, typed


def blocks(lines: Iterable[Line], *, english: bool = False) -> tuple[Block, ...]:
    """Lines grouped as they are read. In English a line without a translation stays Danish, and says so by `en`."""
    shown = [(_kind(line.text), _bare(line, english=english)) for line in lines]
    return tuple(Block(kind, tuple(line for _, line in rows)) for kind, rows in groupby(shown, key=lambda row: row[0]))


def _kind(text: str) -> str:
    if text.startswith(ITEM):
        return "list"
    if text.startswith(QUOTE):
        return "quote"
    return "steps" if _number(text) else "paragraph"


def _number(text: str) -> str:
    """The "1. " that a step begins with; a paragraph may begin with a year or a date."""
    head, dot, rest = text.partition(". ")
    return head + dot if dot and head.isdigit() and len(head) < 3 and rest[:1].isupper() else ""


def _bare(line: Line, *, english: bool) -> Line:
    return Line(_unmarked(line.text), _unmarked(line.en) if english else "", line.origin, line.source)


def _unmarked(text: str) -> str:
    for mark in (ITEM, QUOTE, _number(text)):
        text = text.removeprefix(mark)
    return text


def hidden(value: Any, hide: Callable[[str], str]) -> Any:
    """The same with every text passed through `hide`."""
    match value:
        case dict():
            return {key: hidden(inner, hide) for key, inner in value.items()}
        case list():
            return [hidden(inner, hide) for inner in value]
        case str():
            return hide(value)
    return value


def differences(before: Kept, after: Kept) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """What is in only one of two letters, sentence by sentence, for each part with a difference, and the headline."""
    old = {"headline": before["headline"]["da"], **texts(before)}
    new = {"headline": after["headline"]["da"], **texts(after)}
    compared = ((kind, tuple(_changes(old.get(kind, ""), new[kind]))) for kind in new)
    return tuple((kind, changes) for kind, changes in compared if changes)


def _changes(old: str, new: str) -> Iterator[Change]:
    for line in difflib.ndiff(sentences.split(old), sentences.split(new)):
        if line.startswith(("- ", "+ ")):
            yield Change(line[2:], is_new=line[0] == "+")


def _proposed(part: Kept) -> str:
    return "\n".join(line["text"] for line in part["lines"])
