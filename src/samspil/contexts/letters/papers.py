"""A letter on paper: accessible PDF, the same bytes each time it is made from the same letter."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from samspil.contexts.letters import content
from samspil.contexts.letters.content import Kept
from samspil.contexts.letters.enums import DocumentKind, PartKind
from samspil.contexts.letters.filling import Line
from samspil.contexts.letters.wording import easy_mark, fixed, translation_mark
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.text import Language
from samspil.paper.pdf import make_pdf


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every document of a letter. No address: whoever prints adds a cover for the envelope."""

    authority: str
    citizen_name: str
    case_number: str
    sent_at: dt.datetime

    def day(self, language: Language) -> str:
        return long_date_year(clock.day_of(self.sent_at), language)


def draw(kept: Kept, heading: Heading, kind: str) -> bytes:
    """One document of a letter. `kept` is what the reader may see."""
    if kind == DocumentKind.EASY:
        data = _easy(kept, heading)
    else:
        data = _whole(kept, heading, english=kind == DocumentKind.ENGLISH)
        data["mark"] = fixed().marks["copy"].da if kind == DocumentKind.COPY else data["mark"]
    template = "letter_easy" if kind == DocumentKind.EASY else "letter"
    return make_pdf(template, data, title=data["headline"], at=heading.sent_at)


def _whole(kept: Kept, heading: Heading, *, english: bool) -> dict[str, Any]:
    language: Language = "en" if english else "da"
    headings = content.headings(kept)
    parts = [
        {
            "heading": getattr(headings[part.kind], language),
            "is_rules": part.kind == PartKind.RULES,
            "blocks": _blocks(part.lines, english=english),
        }
        for part in content.parts_of(kept)
    ]
    return {
        "lang": language,
        "mark": translation_mark() if english else "",
        "sender": heading.authority,
        "citizen": heading.citizen_name,
        "day": heading.day(language),
        "case": f"{'Case' if english else 'Sag'} {heading.case_number}",
        "headline": kept["headline"][language],
        "parts": parts,
        "contact_heading": "Contact" if english else "Kontakt",
        "contact": [_words(line, english=english) for line in content.contact_of(kept)],
        "page": ["Page", "of"] if english else ["Side", "af"],
    }


def _blocks(lines: Iterable[Line], *, english: bool) -> list[dict[str, Any]]:
    return [
        {"kind": block.kind, "lines": [_words(line, english=english) for line in block.lines]}
        for block in content.blocks(lines, english=english)
    ]


def _words(line: Line, *, english: bool) -> dict[str, str]:
    """The text and the language it is read aloud in."""
    is_translated = english and bool(line.en)
    return {"text": line.en if is_translated else line.text, "lang": "en" if is_translated else "da"}


def _easy(kept: Kept, heading: Heading) -> dict[str, Any]:
    sections = content.easy_of(kept)
    return {
        "lang": "da",
        "mark": easy_mark(),
        "sender": heading.authority,
        "citizen": heading.citizen_name,
        "day": heading.day("da"),
        "headline": sections[0].lines[0].da,
        "first": [line.da for line in sections[0].lines[1:]],
        "sections": [{"heading": s.title.da, "lines": [line.da for line in s.lines]} for s in sections[1:]],
        "page": ["Side", "af"],
    }
