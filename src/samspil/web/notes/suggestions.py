"""What a sentence looks like. A suggestion is shown with a question mark and waits for a yes; it never acts alone."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samspil.kernel.danish_dates import find_date
from samspil.kernel.segments import Piece, SegmentKind
from samspil.kernel.sentences import end_of_sentence

_NAME = r"[A-ZÆØÅ][\wæøåé-]+"
_WHO = rf"(?:{_NAME}|[Hh]un|[Hh]an|[Dd]e|[Vv]i|[Jj]eg)"
_RULES: tuple[tuple[SegmentKind, re.Pattern[str]], ...] = (
    (SegmentKind.AGREEMENT, re.compile(rf"^(?:Aftale:|{_WHO} (?:har |blev )?(?:aftalte?|enige om)\b)")),
    (
        SegmentKind.CITIZEN_WORDS,
        re.compile(rf"^(?:{_NAME}|Hun|Han) (?:siger|sagde|fortæller|fortalte|svarede?|forklarer|forklarede)\b"),
    ),
    (SegmentKind.ASSESSMENT, re.compile(r"^(?:Jeg|Vi) (?:vurderer|skønner|mener|tror)\b|\bmin vurdering\b")),
    (
        SegmentKind.CHANGE,
        re.compile(
            r"\b(?:er (?:flyttet|blevet (?:indlagt|opsagt|skilt|syg|gravid)|stoppet (?:på|i|med)|holdt op)"
            r"|har (?:fået (?:ny|nye|konstateret)|mistet)|ny medicin|nye naboer)\b"
        ),
    ),
    (
        SegmentKind.WISH,
        re.compile(r"\b(?:vil(?:le)? (?:så )?gerne|ønsker|drømmer om|håber|kunne (?:godt )?tænke sig)\b"),
    ),
    (
        SegmentKind.RESOURCE,
        re.compile(r"\b(?:kan selv|har selv|klarede? (?:det |alt )?selv|er god til|på egen hånd|lykkedes)\b"),
    ),
)
_PROMISE = re.compile(
    rf"^{_WHO} (?:ringer|skriver|sender|spørger|kommer|køber|bestiller|kører|tager|følger|undersøger|kontakter)\b"
)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The sentence from `start` to `end` might be of this kind."""

    kind: str
    start: int
    end: int
    text: str


def suggest(text: str, pieces: list[Piece], *, today: dt.date) -> list[Suggestion]:
    """At most three, for sentences that have no mark yet, in the order they stand."""
    found: list[Suggestion] = []
    for piece in pieces:
        if piece.kind != SegmentKind.OBSERVATION:
            continue
        for start, end in _sentences(text, piece):
            sentence = text[start:end]
            if kind := kind_of(sentence, today=today):
                found.append(Suggestion(kind, start, end, sentence))
            if len(found) == _MOST:
                return found
    return found


def kind_of(sentence: str, *, today: dt.date) -> SegmentKind | None:
    """The kind that a sentence's words point to, or None. A promise needs a day beside its verb."""
    if _PROMISE.match(sentence) and find_date(sentence, today):
        return SegmentKind.AGREEMENT
    return next((kind for kind, pattern in _RULES if pattern.search(sentence)), None)


def _sentences(text: str, piece: Piece) -> Iterator[tuple[int, int]]:
    start = piece.start
    while start < piece.end:
        end = min(end_of_sentence(text, start, piece.end), piece.end)
        yield start, end
        start = end + len(text[end : piece.end]) - len(text[end : piece.end].lstrip())
        if start == end:
            return
