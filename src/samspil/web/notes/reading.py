"""What the editor makes of a text: its pieces, with person, day and goal filled in as far as the words say."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.goals.api import RunningGoal
from samspil.kernel.segments import Piece, SegmentKind, parse
from samspil.kernel.text import first_name
from samspil.web.notes.suggestions import Suggestion, suggest

_WORD = re.compile(r"[\w'’-]+")
_MYSELF = re.compile(r"^(?:jeg|vi)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """Who and what a note can be about: the writer's name, the first names around the case, its goals, the day."""

    writer: str
    names: tuple[str, ...]
    goals: tuple[RunningGoal, ...]
    today: dt.date


@dataclass(frozen=True, slots=True)
class Read:
    kind: str
    text: str
    start: int
    end: int
    goal_id: UUID | None = None
    value: int | None = None
    who: str = ""
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    pieces: tuple[Read, ...]
    suggestions: tuple[Suggestion, ...]


def read(text: str, around: Around) -> Reading:
    """Parse the text and fill in what it says. Nothing is guessed where two answers fit."""
    pieces = parse(text, today=around.today)
    return Reading(
        tuple(_read(piece, around) for piece in pieces),
        tuple(suggest(text, pieces, today=around.today)),
    )


def _read(piece: Piece, around: Around) -> Read:
    found = Read(str(piece.kind), piece.text, piece.start, piece.end)
    match piece.kind:
        case SegmentKind.AGREEMENT:
            who = _who(piece, around)
            return Read(found.kind, found.text, found.start, found.end, who=who, due_on=piece.due_on)
        case SegmentKind.GOAL_STATUS:
            goal = goal_named(piece.goal_hint, around.goals)
            return Read(found.kind, found.text, found.start, found.end, goal_id=goal, value=piece.rating)
    return found


def _who(piece: Piece, around: Around) -> str:
    """Who the words say does it: the one it opens with, the writer for "jeg", or the only person named."""
    if piece.person:
        return piece.person
    if _MYSELF.match(piece.text):
        return first_name(around.writer)
    words = {word.casefold() for word in _WORD.findall(piece.text)}
    words |= {word[:-1] for word in words if word.endswith("s")}
    named = [name for name in around.names if name.casefold() in words]
    return named[0] if len(named) == 1 else ""


def goal_named(hint: str | None, goals: Sequence[RunningGoal]) -> UUID | None:
    """The goal that the hint fits, the case's only one where nothing is said, otherwise None."""
    if not hint:
        return goals[0].id if len(goals) == 1 else None
    wanted = hint.casefold()
    for fits in (
        lambda title: title == wanted,
        lambda title: any(word.startswith(wanted) for word in title.split()),
        lambda title: wanted in title,
    ):
        found = [goal.id for goal in goals if fits(goal.title.casefold())]
        if len(found) == 1:
            return found[0]
    return None
