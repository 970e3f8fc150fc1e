"""A status note out of what was already written: which segments tell the story, and in which words.

Every line is one source (a segment, or the ratings of one party), so that each can be followed back. Most parts
show the first and the latest of a kind: that is where a movement is seen. What is left out can be added by hand.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.orders.enums import PartKind
from samspil.kernel import drawn
from samspil.kernel.danish_dates import day_and_month
from samspil.kernel.segments import SegmentKind

QUOTES, STATUSES, OBSERVATIONS, ASSESSMENTS, OTHERS = 3, 2, 4, 3, 2
CHANGES, WISHES, RESOURCES = 6, 5, 5
LIKE_ENOUGH = 50
"""Per cent of a line that must stand in a drawn line for it to keep that line's source."""

_QUOTATION_MARKS = '“”"'
_LABELS = {
    SegmentKind.ASSESSMENT: "Vurdering",
    SegmentKind.WISH: "Ønske",
    SegmentKind.RESOURCE: "Ressource",
    SegmentKind.CHANGE: "Ændring",
    SegmentKind.AGREEMENT: "Aftale",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A segment. `theme_id` is the FFB theme that its theme or sub-theme lies under."""

    id: UUID
    kind: str
    text: str
    on: dt.date
    goal_id: UUID | None = None
    theme_id: UUID | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One party's rating of a goal now, and what it was before, 0 to 10."""

    who: str
    now: int
    now_on: dt.date
    before: int | None = None
    before_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A goal that the status note has to say something about. `ids` are the goal, its sub-goals and forerunners."""

    id: UUID
    ids: frozenset[UUID]
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    sources: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Part:
    kind: PartKind
    lines: tuple[Line, ...]
    goal_id: UUID | None = None
    theme_id: UUID | None = None

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def compose(
    sources: Sequence[Source],
    goals: Sequence[Asked],
    *,
    theme_order: Mapping[UUID, int],
    citizen_name: str,
    until: dt.date,
) -> tuple[Part, ...]:
    """A part per goal in the plan's order, a part per theme in the standard's order, and the remarks last.

    A change belongs to its theme, also when it is tied to a goal; everything else about a goal to the goal.
    """
    rows = sorted(sources, key=lambda source: source.on)
    writer = _Writer(citizen_name, until)
    of_goals = {one for goal in goals for one in goal.ids}
    about_goals = [row for row in rows if row.goal_id in of_goals and row.kind != SegmentKind.CHANGE]
    taken = {row.id for row in about_goals}
    rest = [row for row in rows if row.id not in taken]
    parts = [writer.goal_part(goal, [row for row in about_goals if row.goal_id in goal.ids]) for goal in goals]
    about_themes = [row for row in rest if row.theme_id is not None or row.kind == SegmentKind.CHANGE]
    themes = sorted(
        {row.theme_id for row in about_themes},
        key=lambda theme: (theme is None, theme_order.get(theme, len(theme_order)) if theme else 0),
    )
    parts += [writer.theme_part(theme, [r for r in about_themes if r.theme_id == theme]) for theme in themes]
    remarks = [row for row in rest if row.theme_id is None and row.kind != SegmentKind.CHANGE]
    return (*parts, writer.remarks(remarks))


@dataclass(frozen=True, slots=True)
class _Writer:
    citizen_name: str
    until: dt.date

    def goal_part(self, goal: Asked, rows: Sequence[Source]) -> Part:
        lines = [self._rating(voice, rows) for voice in goal.voices]
        lines += self._lines(rows, SegmentKind.GOAL_STATUS, STATUSES)
        lines += self._lines(rows, SegmentKind.CITIZEN_WORDS, QUOTES)
        lines += self._lines(rows, SegmentKind.OBSERVATION, OBSERVATIONS)
        lines += self._lines(rows, SegmentKind.ASSESSMENT, ASSESSMENTS)
        lines += self._lines(rows, SegmentKind.RESOURCE, OTHERS)
        lines += self._lines(rows, SegmentKind.WISH, OTHERS)
        return Part(PartKind.GOAL, tuple(lines), goal_id=goal.id)

    def theme_part(self, theme_id: UUID | None, rows: Sequence[Source]) -> Part:
        lines = self._lines(rows, SegmentKind.CHANGE, CHANGES)
        for kind in (SegmentKind.CITIZEN_WORDS, SegmentKind.OBSERVATION, SegmentKind.ASSESSMENT):
            lines += self._lines(rows, kind, OTHERS)
        for kind in (SegmentKind.RESOURCE, SegmentKind.WISH):
            lines += self._lines(rows, kind, OTHERS)
        return Part(PartKind.THEME, tuple(lines), theme_id=theme_id)

    def remarks(self, rows: Sequence[Source]) -> Part:
        lines = self._lines(rows, SegmentKind.CITIZEN_WORDS, QUOTES)
        lines += self._lines(rows, SegmentKind.ASSESSMENT, ASSESSMENTS)
        lines += self._lines(rows, SegmentKind.RESOURCE, RESOURCES)
        lines += self._lines(rows, SegmentKind.WISH, WISHES)
        return Part(PartKind.REMARKS, tuple(lines))

    def _lines(self, rows: Sequence[Source], kind: SegmentKind, most: int) -> list[Line]:
        chosen = _telling([row for row in rows if row.kind == kind and row.text.strip()], most)
        return [Line(line_of(row, citizen_name=self.citizen_name, until=self.until), (row.id,)) for row in chosen]

    def _rating(self, voice: Voice, rows: Sequence[Source]) -> Line:
        day = day_and_month(voice.now_on, self.until)
        text = f"{voice.who} siger {voice.now} af 10 ({day})."
        if voice.before is not None and voice.before_on is not None:
            earlier = day_and_month(voice.before_on, self.until)
            if voice.before == voice.now:
                text = f"{voice.who} siger {voice.now} af 10 ({day}), det samme som den {earlier}."
            else:
                text += f" Den {earlier} var det {voice.before}."
        marks = {(voice.now, voice.now_on), (voice.before, voice.before_on)}
        said = (row.id for row in rows if row.kind == SegmentKind.GOAL_STATUS and (row.value, row.on) in marks)
        return Line(text, tuple(said))


def line_of(source: Source, *, citizen_name: str, until: dt.date) -> str:
    """One segment as one line: the citizen's words in quotation marks, everything with its day."""
    day = day_and_month(source.on, until)
    words = _sentence(source.text)
    if source.kind == SegmentKind.CITIZEN_WORDS:
        return f"“{words.strip(_QUOTATION_MARKS)}” {citizen_name}, {day}."
    label = _LABELS.get(SegmentKind(source.kind))
    if source.kind == SegmentKind.GOAL_STATUS and source.value is not None:
        return f"{day}, {source.value} af 10: {words}"
    return f"{label}, {day}: {words}" if label else f"{day}: {words}"


def traced(text: str, proposed: str, sources: Sequence[Sequence[str]]) -> list[tuple[str, tuple[str, ...]]]:
    """Each line of the text with the sources it still has: those of the drawn line it is, or mostly is."""
    drawn_lines = list(zip(proposed.split("\n"), sources, strict=False))
    same = {line: tuple(ids) for line, ids in drawn_lines}
    return [(line, same.get(line) or _likest(line, drawn_lines)) for line in text.split("\n") if line.strip()]


def counted(text: str, drawn_from: Iterable[str]) -> tuple[int, int]:
    """Characters drawn and characters typed, without whitespace."""
    from_notes = drawn.drawn_characters(text, drawn_from)
    return from_notes, drawn.characters(text) - from_notes


def _likest(line: str, drawn_lines: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    length = drawn.characters(line)
    best, found = 0, ()  # type: int, tuple[str, ...]
    for other, ids in drawn_lines:
        kept = drawn.drawn_characters(line, [other])
        if kept > best and kept * 100 >= LIKE_ENOUGH * length:
            best, found = kept, tuple(ids)
    return found


def _telling(rows: Sequence[Source], most: int) -> Sequence[Source]:
    """The first and the latest, in the order of time."""
    return rows if len(rows) <= most else [rows[0], *rows[len(rows) - most + 1 :]]


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?", "…", ".”", "!”", "?”", '."')) else f"{words}."
