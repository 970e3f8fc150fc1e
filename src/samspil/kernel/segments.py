"""The typing marks: plain writing becomes short segments, each of one kind (ux.md § 4.1).

A mark counts at the start of a line or of a sentence, never inside ordinary text ("2 + 2", "5 > 3"). At the
start of a line it holds for the line, later for its own sentence, in both cases until the next mark or
quotation. A quotation that is a sentence of its own is the citizen's words. Marks and the quotation marks
around the citizen's words are taken off; every other character stays in the pieces, in order.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
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
_GOAL = re.compile(r"#(?=\S)([^#/\n]{0,80}?)(?<![\d,.-])(10|\d)/10(?![\d/])[:.,]?(?=\s|$)")
_GOAL_WORD = re.compile(r"(?:mål|maal|goal)\b[ \t:]*", re.IGNORECASE)
_CLOSING = {"“": "”\"", '"': '"”', "”": "”\"", "„": "“”", "»": "«", "«": "»"}  # fmt: skip
_LONGEST_QUOTATION = 4000
_WHO = re.compile(r"[^\W\d_][\w'’-]*(?: (?:[^\W\d_][\w'’-]+|[^\W\d_]\.)){0,3}")
_NOBODY = frozenset(
    "alle begge den der det du de en et han hun hvis her i jeg man møde når næste nu så vi við we she he they it the "
    "there i'll hvad hvem hvor nogen ingen enten både måske efter før inden fra til på om med ved".split()
)
_DOES = re.compile(
    r"(?:skal|vil|må|kan|bør|tør|lad|will|must|can|[^\W\d_]+(?:er|år|ør|ar|or|år|ser|s))\b|[,:]", re.IGNORECASE
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """`text` without its mark. A goal status may have no text beside its rating (0–10)."""

    kind: str
    text: str
    person: str | None = None
    due_on: dt.date | None = None
    goal_hint: str | None = None
    rating: int | None = None


def parse(text: str, *, today: dt.date) -> list[Piece]:
    """The pieces in the order they were written; time is linear in the text."""
    return [piece for line in text.splitlines() for piece in _pieces_of(line, today)]


def _pieces_of(line: str, today: dt.date) -> Iterator[Piece]:
    kind, held = SegmentKind.OBSERVATION, ""  # what an unmarked sentence belongs to, and its text so far
    line_kind: SegmentKind | None = None
    at = _skip_space(line, 0)
    begun = at
    goal: re.Match[str] | None = None
    while at < len(line):
        pass
    raise NotImplementedError
