"""What a writer hands in, checked and made into rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import rules
from samspil.contexts.notes.enums import NoteRefusal, SegmentKind
from samspil.contexts.notes.models import Note, Segment
from samspil.kernel import text as kernel_text
from samspil.kernel.verdict import Refused


@dataclass(frozen=True, slots=True)
class NewSegment:
    """One piece of a note. Hidden from the citizen when `hidden` or when a reason is given; a reason is required.

    `voice` is the side whose mark on a goal this is, when it is not the writer's own.
    """

    kind: str
    text: str
    theme_id: UUID | None = None
    goal_id: UUID | None = None
    value: int | None = None
    who: str = ""
    due_on: dt.date | None = None
    hidden_reason: str = ""
    hidden: bool = False
    source_card: UUID | None = None
    voice: str = ""


def cleaned(text: str, limit: int) -> str:
    try:
        return kernel_text.clean(text, limit)
    except kernel_text.TooLong as error:
        raise Refused(NoteRefusal.TOO_LONG) from error


def checked(pieces: Sequence[NewSegment], case: cases.Case) -> list[NewSegment]:
    """The pieces that say something, ready to be stored. At most two queries; Refused for the first that is wrong."""
    if sum(len(piece.text) for piece in pieces) > rules.LONGEST_NOTE:
        raise Refused(NoteRefusal.TOO_LONG)
    found = [_checked(piece) for piece in pieces]
    said = [piece for piece in found if piece.text or piece.value is not None]
    if not said:
        raise Refused(NoteRefusal.NOTHING_WRITTEN)
    goal_ids = {piece.goal_id for piece in said if piece.goal_id}
    if goal_ids and goals.Goal.objects.filter(id__in=goal_ids, case=case).count() != len(goal_ids):
        raise Refused(NoteRefusal.UNKNOWN_GOAL)
    theme_ids = {piece.theme_id for piece in said if piece.theme_id}
    if theme_ids and catalogue.Concept.objects.filter(id__in=theme_ids).count() != len(theme_ids):
        raise Refused(NoteRefusal.UNKNOWN_THEME)
    return said


def _checked(piece: NewSegment) -> NewSegment:
    reason = cleaned(piece.hidden_reason, rules.LONGEST_REASON)
    who = cleaned(piece.who, 120)
    kind = SegmentKind(piece.kind)
    (
        rules.hidden_has_reason(hidden=piece.hidden, reason=reason)
        & rules.agreement_is_whole(kind=kind, who=who, due_on=piece.due_on)
        & rules.on_scale(piece.value)
    ).or_raise()
    is_agreement, is_status = kind == SegmentKind.AGREEMENT, kind == SegmentKind.GOAL_STATUS
    return replace(
        piece,
        kind=kind,
        text=cleaned(piece.text, rules.LONGEST_NOTE),
        who=who if is_agreement else "",
        due_on=piece.due_on if is_agreement else None,
        value=piece.value if is_status else None,
        hidden_reason=reason,
        hidden=bool(reason),
    )


def row_of(
    piece: NewSegment,
    note: Note,
    order: int,
    *,
    supersedes_id: UUID | None = None,
    corrected_at: dt.datetime | None = None,
) -> Segment:
    return Segment(
        municipality=note.municipality,
        case_id=note.case_id,
        note=note,
        order=order,
        kind=piece.kind,
        text=piece.text,
        theme_id=piece.theme_id,
        goal_id=piece.goal_id,
        value=piece.value,
        who=piece.who,
        due_on=piece.due_on,
        hidden_reason=piece.hidden_reason,
        supersedes_id=supersedes_id,
        source_card=piece.source_card,
        happened_at=note.happened_at,
        corrected_at=corrected_at,
    )
