"""A letter on a screen: the same for the one it is to and for the one who writes it, so that a preview is no guess."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Block, Change, LetterView
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.text import Language
from samspil.web.components.shapes import Link

EDITIONS = {"": "long", "kort": "easy", "engelsk": "english"}
"""How an address asks for the short version or the translation."""


@dataclass(frozen=True, slots=True)
class ReadPart:
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """`lang` is the language of what is ours in it; a line whose `en` is empty in the English edition is Danish."""

    edition: str
    lang: Language
    headline: str
    mark: str
    day: str
    parts: tuple[ReadPart, ...]
    contact_heading: str
    contact: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def page_of(letter: LetterView, edition: str = "long", *, on: dt.date | None = None) -> Page:
    """The letter in one of its editions. `on` is the day a draft would be dated."""
    english = edition == "english"
    language: Language = "en" if english else "da"
    sent = clock.day_of(letter.sent_at) if letter.sent_at else on
    return Page(
        edition=edition,
        lang=language,
        headline=letter.headline_en if english else letter.headline,
        mark=_mark(edition),
        day=long_date_year(sent, language) if sent else "",
        parts=tuple(
            ReadPart(part.heading_en if english else part.heading, letters.blocks(part.lines, english=english))
            for part in letter.parts
        ),
        contact_heading="Contact" if english else "Kontakt",
        contact=tuple((line.en or line.text) if english else line.text for line in letter.contact),
        sections=tuple((s.title.da, tuple(line.da for line in s.lines)) for s in letter.easy),
    )


def differences(actor: Actor, letter: LetterView) -> tuple[tuple[str, tuple[Change, ...]], ...]:
    """What a letter says that the one before it did not, under the letter's own headings."""
    headings = {part.kind: part.heading for part in letter.parts} | {"headline": _("Overskriften")}
    return tuple((headings[kind], changes) for kind, changes in letters.differences(actor, letter.id))


def editions(current: str) -> tuple[Link, ...]:
    """The three ways to read a letter."""
    named = (
        ("long", _("Hele brevet"), "?"),
        ("easy", _("Kort udgave"), "?udgave=kort"),
        ("english", "English", "?udgave=engelsk"),
    )
    return tuple(Link(label, url, current=name == current) for name, label, url in named)


def _mark(edition: str) -> str:
    match edition:
        case "easy":
            return letters.easy_mark()
        case "english":
            return letters.translation_mark()
    return ""


def first_lines(letter: LetterView) -> tuple[str, ...]:
    """What a reader has met after five lines on a phone: the headline and the decision."""
    return (letter.headline, *(line.text for line in letter.parts[0].lines))
