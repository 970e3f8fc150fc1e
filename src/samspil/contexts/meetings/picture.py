"""The picture of a board: what stood there when the meeting was closed, in words that are frozen with it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation

from samspil.contexts.meetings.enums import CardKind
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date, long_date_year
from samspil.kernel.text import and_list, possessive
from samspil.paper.pdf import make_pdf


@dataclass(frozen=True, slots=True)
class PictureCard:
    """`note` stands below the text: who and when, or who wrote it."""

    text: str
    kind: str
    quoted: bool
    note: str


@dataclass(frozen=True, slots=True)
class PictureColumn:
    title: str
    tone: str
    cards: tuple[PictureCard, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything on the board. `shape` is the version of this form, since pictures are kept for years."""

    heading: str
    facts: str
    sender: str
    columns: tuple[PictureColumn, ...]
    scale: str
    agreements: tuple[PictureCard, ...]
    shape: int = 1

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def picture_from(content: dict[str, Any]) -> Picture:
    return Picture(
        heading=content["heading"],
        facts=content["facts"],
        sender=content["sender"],
        columns=tuple(
            PictureColumn(column["title"], column["tone"], _cards(column["cards"])) for column in content["columns"]
        ),
        scale=content["scale"],
        agreements=_cards(content["agreements"]),
        shape=content["shape"],
    )


def _cards(rows: Sequence[dict[str, Any]]) -> tuple[PictureCard, ...]:
    return tuple(PictureCard(**row) for row in rows)


def heading_of(first_name: str) -> str:
    return f"{possessive(first_name)} tavle"


def facts_of(held_at: dt.datetime, names: Sequence[str]) -> str:
    return f"{long_date_year(clock.day_of(held_at))} · {and_list(names)} var med"


def note_of(*, kind: str, column_kind: str, who: str, due_on: dt.date | None, author: str, today: dt.date) -> str:
    """What stands below a card's text: "Jonas · torsdag den 26. november", or "Ønske · Ida" where a wish stands among
    something else."""
    if kind == CardKind.AGREEMENT:
        day = "" if due_on is None else (long_date if due_on.year == today.year else long_date_year)(due_on)
        return " · ".join(filter(None, [who, day]))
    if kind == CardKind.CITIZEN_WORDS:
        return ""
    return " · ".join(filter(None, ["" if kind == column_kind else in_danish(CardKind(kind).label), author]))


def in_danish(words: object) -> str:
    """A word of ours in what is kept: Danish, whatever language the screen of the one who closes has."""
    with translation.override("da"):
        return str(words)


def draw(picture: Picture, *, at: dt.datetime) -> bytes:
    """The picture as an accessible PDF; the same picture and moment give the same bytes."""
    title = f"{picture.heading}, {long_date_year(clock.day_of(at))}"
    return make_pdf("board", picture.as_json(), title=title, at=at)
