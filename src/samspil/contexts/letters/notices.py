"""Letters that decide nothing: words from data, days from the case. No database, no clock."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache, partial
from typing import Any

from samspil.contexts.letters.composing import Composed, Section
from samspil.contexts.letters.enums import LetterKind, NoticePart, Origin
from samspil.contexts.letters.facts import Sender
from samspil.contexts.letters.filling import Filler, Line, Part, day_in_words
from samspil.contexts.letters.wording import DATA, BadWording, Both, all_of, both_of, fixed
from samspil.kernel import workdays
from samspil.kernel.day_counting import Length, Unit, Whose, last_day
from samspil.kernel.text import Language


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice knows. `on` is the day it was first written; `due_on` the day that cannot be kept, `expected_on`
    the new one. `words` are the caseworker's own, in the place of the template's reason."""

    kind: str
    on: dt.date
    sender: Sender
    asked_for: str = ""
    words: str = ""
    due_on: dt.date | None = None
    expected_on: dt.date | None = None
    received_on: dt.date | None = None

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        return plain | {name: day.isoformat() for name in _DAYS if (day := plain[name])}


_DAYS = tuple(one.name for one in fields(NoticeFacts) if one.name == "on" or one.name.endswith("_on"))


def notice_facts_from(kept: dict[str, Any]) -> NoticeFacts:
    """As they were kept. A field that came later keeps its default."""
    known = {name: kept[name] for name in kept if name not in {*_DAYS, "sender"}}
    days: Any = {name: dt.date.fromisoformat(kept[name]) for name in _DAYS if kept.get(name)}
    return NoticeFacts(**known, **days, sender=Sender(**kept["sender"]))


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of one kind. `deadlines` are the kinds of deadline whose answer it moves."""

    kind: str
    name: str
    source: str
    verified_by: str
    valid_from: dt.date
    deadlines: frozenset[str]
    later_by: Length | None
    sends_itself: bool
    headline: Both
    parts: dict[str, tuple[Both, tuple[Both, ...]]]
    easy: tuple[Both, ...]


@cache
def notices() -> dict[str, Notice]:
    """By kind. Raises BadWording when a kind has no words, or words without a source."""
    path = DATA / "notices.toml"
    found = {row["kind"]: _notice(row) for row in tomllib.loads(path.read_text("utf-8"))["notice"]}
    if found.keys() != {*LetterKind.values} - {LetterKind.DECISION.value} or not all(
        one.source for one in found.values()
    ):
        raise BadWording(f"{path.name}: not one of each kind with its source")
    return found


def notice_about(deadline: str) -> Notice | None:
    """The notice that is owed when the answer to such a deadline comes later."""
    return next((one for one in notices().values() if deadline in one.deadlines), None)


def compose_notice(facts: NoticeFacts) -> Composed:
    """The same facts give the same letter."""
    notice = notices()[facts.kind]
    filler = Filler(values={"da": _values(facts, "da"), "en": _values(facts, "en")})
    own = tuple(Line(line.strip(), "", Origin.CASE) for line in facts.words.splitlines() if line.strip())
    parts = []
    for kind, (heading, sentences) in notice.parts.items():
        written = filler.write(kind, partial(filler.lines, sentences))
        parts.append(Part(kind, own if own and kind == NoticePart.BECAUSE else written.lines, heading))
    filler.part = ""
    headline = filler.lines([notice.headline])[0]
    whole = Both(f"{headline.text}.", f"{headline.en}.")
    contact = filler.lines(fixed().contact)
    return Composed(
        headline=notice.headline,
        parts=tuple(parts),
        contact=tuple(contact),
        easy=_easy(filler, whole, notice.easy),
        missing=tuple(filler.missing),
    )


def proposed_day(notice: Notice, due_on: dt.date) -> dt.date:
    """A new day to begin from: a working day."""
    if notice.later_by is None:
        raise ValueError(f"{notice.kind} proposes no day")
    return last_day(due_on, notice.later_by, Whose.CITIZEN)


def leaves_on(due_on: dt.date, *, on: dt.date) -> dt.date:
    """The last working day before the day that cannot be kept, though not today, and never after it."""
    day = due_on - dt.timedelta(days=1)
    while not workdays.is_workday(day):
        day -= dt.timedelta(days=1)
    return min(max(day, on + dt.timedelta(days=1)), due_on)


def _easy(filler: Filler, whole: Both, first: Iterable[Both]) -> tuple[Section, ...]:
    words = fixed().easy

    def said(sentences: Iterable[Both]) -> tuple[Both, ...]:
        return tuple(both for one in sentences if (both := filler.sentence(one)) is not None)

    return (
        Section(Both("", ""), (whole, *said(first))),
        Section(words["do_now"], said([words["nothing"]])),
        Section(words["contact"], said([words["call"], words["phone"], words["read"]])),
    )


def _values(facts: NoticeFacts, language: Language) -> dict[str, str]:
    sender = facts.sender
    return {
        "asked_for": facts.asked_for,
        "due_on": day_in_words(facts.due_on, language),
        "expected_on": day_in_words(facts.expected_on, language),
        "received_on": day_in_words(facts.received_on, language),
        "authority": sender.authority,
        "contact_name": sender.name,
        "contact_title": sender.title.lower(),
        "contact_phone": sender.phone,
        "contact_hours": sender.hours,
    }


def _notice(row: dict[str, Any]) -> Notice:
    path = DATA / "notices.toml"
    count, _, unit = row.get("later_by", "").partition(" ")
    return Notice(
        kind=row["kind"],
        name=row["name"],
        source=row["source"],
        verified_by=row["verified_by"],
        valid_from=row["valid_from"],
        deadlines=frozenset(row["deadlines"]),
        later_by=Length(int(count), Unit(unit)) if count else None,
        sends_itself=row["sends_itself"],
        headline=both_of(row["headline"], path),
        parts={
            kind.value: (both_of(row[kind]["heading"], path), all_of(row[kind]["lines"], path)) for kind in NoticePart
        },
        easy=all_of(row["easy"], path),
    )
