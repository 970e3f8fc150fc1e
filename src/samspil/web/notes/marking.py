"""One key sets the kind of the sentence under the cursor: the mark is put into the text, where it can be seen."""

import datetime as dt
from dataclasses import dataclass

from samspil.kernel.segments import MARKS, Piece, SegmentKind, parse
from samspil.kernel.sentences import end_of_sentence

_MARK_OF = {kind: mark for mark, kind in MARKS.items()}
_RATING = "#mål /10 "
_RATED = "#mål 5/10 "  # what the mark will be once its number is there
_BEFORE_THE_NUMBER = len("#mål ")


@dataclass(frozen=True, slots=True)
class Marked:
    """The text after the mark was set, and where the cursor belongs."""

    text: str
    cursor: int


def set_kind(text: str, cursor: int, kind: str, *, today: dt.date) -> Marked:
    """Make the sentence at `cursor` of that kind; of no kind when it was of that kind before.

    Nothing else changes its kind: where a mark alone would reach further, the sentence gets a line of its own.
    """
    cursor = max(0, min(cursor, len(text)))
    pieces = parse(text, today=today)
    piece = _piece_at(text, pieces, cursor)
    if piece is None:
        return _mark_for_what_comes(text, cursor, kind)
    start, end = (piece.start, piece.end) if _is_marked(piece) else _sentence(text, piece, cursor)
    wanted = SegmentKind.OBSERVATION if piece.kind == kind else SegmentKind(kind)
    body = _without_mark(text[start:end], piece)
    inside = _with_mark(body, wanted)
    before, after = text[:start], text[end:]
    lonely_before = before.rstrip(" \t") + "\n" if before.strip() and not before.endswith("\n") else before
    lonely_after = "\n" + after.lstrip(" \t") if after.strip() and not after.startswith("\n") else after
    candidates = [(before, after), (before, lonely_after), (lonely_before, after), (lonely_before, lonely_after)]
    kinds = _kinds(text, pieces)
    outside = kinds[:start] + kinds[end:]
    for head, tail in candidates:
        if _fits(head, inside, tail, wanted, outside, today):
            break
    at = len(head) + (_BEFORE_THE_NUMBER if inside.startswith(_RATING) else len(inside))
    return Marked(head + inside + tail, at)


def _piece_at(text: str, pieces: list[Piece], cursor: int) -> Piece | None:
    """None behind a space at the end of a line: there the next sentence begins."""
    line_ends = not text[cursor:].split("\n", 1)[0].strip()
    if line_ends and text[cursor - 1 : cursor].isspace():
        return None
    return next((piece for piece in pieces if piece.start <= cursor <= piece.end), None)


def _mark_for_what_comes(text: str, cursor: int, kind: str) -> Marked:
    """Nothing is written there yet: the mark stands ready for it."""
    head, tail = text[:cursor], text[cursor:]
    inside = _with_mark("", SegmentKind(kind))
    inset = 1 if kind == SegmentKind.CITIZEN_WORDS else len(inside)
    at = cursor + (_BEFORE_THE_NUMBER if inside.startswith(_RATING) else inset)
    return Marked(head + inside + tail, at)


def _is_marked(piece: Piece) -> bool:
    return piece.kind != SegmentKind.OBSERVATION


def _sentence(text: str, piece: Piece, cursor: int) -> tuple[int, int]:
    """The sentence of an unmarked piece that the cursor stands in or right behind."""
    start = piece.start
    while True:
        end = min(end_of_sentence(text, start, piece.end), piece.end)
        if cursor <= end or end >= piece.end:
            return start, end
        start = end + len(text[end : piece.end]) - len(text[end : piece.end].lstrip())


def _without_mark(unit: str, piece: Piece) -> str:
    match piece.kind:
        case SegmentKind.OBSERVATION:
            return unit.strip()
        case SegmentKind.CITIZEN_WORDS:
            return piece.text
        case _:
            return unit[1:].strip()


def _with_mark(body: str, kind: SegmentKind) -> str:
    match kind:
        case SegmentKind.OBSERVATION:
            return body
        case SegmentKind.CITIZEN_WORDS:
            return f"“{body}”"
        case SegmentKind.GOAL_STATUS:
            is_rating = any(p.kind == kind for p in parse(f"#{body}", today=dt.date.min))
            return f"#{body}" if is_rating else f"{_RATING}{body}"
        case _:
            return f"{_MARK_OF[kind]} {body}"


def _kinds(text: str, pieces: list[Piece]) -> list[str | None]:
    found: list[str | None] = [None] * len(text)
    for piece in pieces:
        found[piece.start : piece.end] = [piece.kind] * (piece.end - piece.start)
    return [None if character.isspace() else kind for character, kind in zip(text, found, strict=True)]


def _fits(head: str, inside: str, tail: str, wanted: SegmentKind, outside: list[str | None], today: dt.date) -> bool:
    inside = inside.replace(_RATING, _RATED, 1)
    text = head + inside + tail
    kinds = _kinds(text, parse(text, today=today))
    within = {kind for kind in kinds[len(head) : len(head) + len(inside)] if kind}
    around = kinds[: len(head)] + kinds[len(head) + len(inside) :]
    same = [kind for kind in around if kind] == [kind for kind in outside if kind]
    return same and within <= {wanted}
