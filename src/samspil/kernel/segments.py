"""The typing marks: plain writing becomes short segments, each of one kind (ux.md § 4.1).

A mark counts at the start of a line or of a sentence, never inside ordinary text ("2 + 2", "5 > 3"). At the
start of a line it holds for the line, later for its own sentence, in both cases until the next mark or
quotation. A quotation that is a sentence of its own is the citizen's words. Marks and the quotation marks
around the citizen's words are taken off; every other character stays in the pieces, in order.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from samspil.kernel.danish_dates import find_date
from samspil.kernel.sentences import end_of_sentence


class SegmentKind(StrEnum):
    CITIZEN_WORDS = "citizen_words"
    OBSERVATION = "observation"
    ASSESSMENT = "assessment"
    AGREEMENT = "agreement"
    WISH = "wish"
    RESOURCE = "resource"
    GOAL_STATUS = "goal_status"
    CHANGE = "change"


MARKS = {
    "=": SegmentKind.ASSESSMENT,
    ">": SegmentKind.AGREEMENT,
    "*": SegmentKind.WISH,
    "+": SegmentKind.RESOURCE,
    "!": SegmentKind.CHANGE,
}
_MARK = re.compile(r"([=>*+!])(?:[ \t]+(?=\S)|(?=[^\W\d_]))")
_SPACED_MARK = re.compile(r"([=>*+!])[ \t]+(?=\S)")
_GOAL = re.compile(r"#(?=\S)([^#/]{0,80}?)(?<![\d,.-])(10|\d) ?/ ?10(?![\d/,])[:.,]?(?=\s|$)")
_GOAL_WORD = re.compile(r"^(?:mål|goal)\b", re.IGNORECASE)
_CLOSING = {"“": "”\"", '"': '"”', "”": "”\"", "„": "“”", "»": "«", "«": "»"}  # fmt: skip
_LONGEST_QUOTATION = 4000
_STOPS = re.compile(r"[.!?…]*")
_NOT_SPACE = re.compile(r"\S")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’-]*"
_WHO_DOES = re.compile(
    rf"({_NAME}(?: (?:{_NAME}|[A-ZÀ-ÖØ-Þ]\.)){{0,3}})"
    r"(?:[,:]| (?:skal|vil|må|kan|bør|will|must|can|[^\W\d_]+[rs])\b)"
)
_PRONOUNS_AND_OPENERS = """
    alle begge den der det du de en et han hun hvis her i jeg man møde når næste nu så vi hvad hvem
    hvor nogen ingen enten måske efter før inden fra til på om med ved we he she they it the there
"""
_NOBODY = frozenset(_PRONOUNS_AND_OPENERS.split())


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` without its mark. A goal status may have no text beside its rating (0–10).

    `start` and `end` are where the piece stands in what was written, its mark included; they do not tell pieces apart.
    """

    kind: str
    text: str
    person: str | None = None
    due_on: dt.date | None = None
    goal_hint: str | None = None
    rating: int | None = None
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


def parse(text: str, *, today: dt.date) -> list[Piece]:
    """The pieces in the order they were written; time is linear in the text."""
    found: list[Piece] = []
    before = 0
    for line in text.splitlines(keepends=True):
        pieces = _pieces_of(line.splitlines()[0], today)
        found.extend(replace(p, start=before + p.start, end=before + p.end) for p in pieces)
        before += len(line)
    return found


@dataclass(slots=True)
class _Run:
    """A stretch of one line that becomes one piece; an open one takes in the unmarked sentences after it."""

    kind: SegmentKind
    start: int
    end: int
    at: int
    marked: bool
    open: bool
    goal: re.Match[str] | None = None
    words: str | None = None


def _pieces_of(line: str, today: dt.date) -> Iterator[Piece]:
    runs: list[_Run] = []
    first = at = _skip_space(line, 0)
    while at < len(line):
        run = _run_at(line, at, starts_line=at == first)
        if runs and runs[-1].open and not run.marked:
            runs[-1].end = run.end
        else:
            runs.append(run)
        at = _skip_space(line, run.end)
    return (_piece(run, line, today) for run in runs)


def _run_at(line: str, at: int, *, starts_line: bool) -> _Run:
    if quotation := _quotation(line, at):
        end, words = quotation
        return _Run(SegmentKind.CITIZEN_WORDS, at, end, at, marked=True, open=False, words=words)
    if mark := (_MARK if starts_line else _SPACED_MARK).match(line, at):
        end = end_of_sentence(line, mark.end(), len(line))
        return _Run(MARKS[mark[1]], mark.end(), end, at, marked=True, open=starts_line)
    if goal := _GOAL.match(line, at):
        begins = _skip_space(line, goal.end())
        alone = begins == len(line) or _GOAL.match(line, begins) or _SPACED_MARK.match(line, begins)
        end = goal.end() if alone or _quotation(line, begins) else end_of_sentence(line, begins, len(line))
        is_open = starts_line and end > goal.end()
        return _Run(SegmentKind.GOAL_STATUS, goal.end(), end, at, marked=True, open=is_open, goal=goal)
    end = end_of_sentence(line, at, len(line))
    return _Run(SegmentKind.OBSERVATION, at, end, at, marked=False, open=True)


def _piece(run: _Run, line: str, today: dt.date) -> Piece:
    text = line[run.start : run.end].strip() if run.words is None else run.words
    if run.kind is SegmentKind.AGREEMENT:
        who, day = _person(text), find_date(text, today)
        return Piece(run.kind, text, person=who, due_on=day, start=run.at, end=run.end)
    if run.goal:
        hint = _GOAL_WORD.sub("", run.goal[1], count=1).strip(" \t:")
        rating = int(run.goal[2])
        return Piece(run.kind, text, goal_hint=hint or None, rating=rating, start=run.at, end=run.end)
    return Piece(run.kind, text, start=run.at, end=run.end)


def _quotation(line: str, at: int) -> tuple[int, str] | None:
    """Where a quotation that is a sentence of its own ends, and its words; None for other uses of quotes."""
    closings = (line.find(mark, at + 1, at + _LONGEST_QUOTATION) for mark in _CLOSING.get(line[at], ""))
    close = next((found for found in closings if found > 0), 0)
    words = line[at + 1 : close].strip()
    if not words:
        return None
    stops = _STOPS.match(line, close + 1)
    assert stops is not None  # noqa: S101 (the pattern also matches nothing)
    following = _skip_space(line, stops.end())
    stopped = stops.group() or words[-1] in ".!?…"
    begins_anew = following > stops.end() and stopped and not line[following : following + 1].islower()
    if following == len(line) or begins_anew or _SPACED_MARK.match(line, following):
        return stops.end(), words + stops.group()
    return None


def _person(text: str) -> str | None:
    """Who does it: the name an agreement opens with, when a verb, comma or colon follows."""
    found = _WHO_DOES.match(text)
    return found[1] if found and found[1].split()[0].casefold() not in _NOBODY else None


def _skip_space(line: str, at: int) -> int:
    found = _NOT_SPACE.search(line, at)
    return found.start() if found else len(line)
