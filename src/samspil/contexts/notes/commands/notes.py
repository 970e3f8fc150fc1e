"""Notes are written once. A correction is a new wording; the old one stays readable."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.notes import policy, rules
from samspil.contexts.notes.commands.consequences import follow, take_back
from samspil.contexts.notes.commands.pieces import NewSegment, checked, cleaned, row_of
from samspil.contexts.notes.enums import NoteKind, NoteRefusal
from samspil.contexts.notes.models import Note, Segment
from samspil.kernel import clock
from samspil.kernel.verdict import ALLOWED, Verdict


@transaction.atomic
def write_note(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    kind: str,
    happened_at: dt.datetime,
    pieces: Sequence[NewSegment],
    title: str = "",
    meeting_id: UUID | None = None,
    for_provider: bool = False,
) -> UUID:
    """Write what was said, seen and agreed, once.

    Its agreements become tasks, its marks on goals ratings, and a provider's changes a task for the authority.
    Refuses an empty or too long note, a day to come, an agreement without owner or day, a hidden piece without reason.
    """
    case = _case(actor, case_id)
    on_time = ALLOWED if meeting_id else rules.has_happened(happened_at=happened_at, at=at)
    (policy.may_write(actor) & policy.is_open(case) & on_time).or_raise()
    said = checked(pieces, case)
    note = Note.objects.create(
        municipality=case.municipality,
        case=case,
        kind=NoteKind(kind),
        title=cleaned(title, 120),
        happened_at=happened_at,
        written_at=at,
        author_id=actor.user_id,
        author_name=actor.name,
        side=actor.side,
        organisation_id=actor.organisation_id,
        organisation_name=actor.organisation_name,
        for_provider=for_provider,
        meeting_id=meeting_id,
    )
    rows = Segment.objects.bulk_create(row_of(piece, note, order) for order, piece in enumerate(said, 1))
    voices = {row.id: piece.voice for row, piece in zip(rows, said, strict=True) if piece.voice}
    follow(actor, at, case, rows, voices)
    day = clock.day_of(happened_at)
    if note.kind in rules.IN_TOUCH and (case.last_contact_on is None or case.last_contact_on < day):
        cases.note_contact(actor=actor, at=at, case_id=case.id, on=day)
    _record(actor, at, note, "note.written", kinds=dict(Counter(str(row.kind) for row in rows)))
    return note.id


@transaction.atomic
def correct_segment(*, actor: Actor, at: dt.datetime, segment_id: UUID, piece: NewSegment) -> UUID:
    """Put a new wording in the place of an old one of one's own. Returns the new segment's id.

    What the old wording set in motion is taken back, and the new one's consequences follow.
    """
    old = (
        Segment.objects.filter(note__in=_notes_acted_on_by(actor))
        .select_related("note")
        .select_for_update(of=("self",))
        .get(id=segment_id)
    )
    case = _case(actor, old.case_id)
    corrected = Segment.objects.filter(supersedes=old).exists()
    (
        policy.may_correct(actor, author_id=old.note.author_id)
        & policy.is_open(case)
        & (Verdict(NoteRefusal.ALREADY_CORRECTED) if corrected else ALLOWED)
    ).or_raise()
    said = checked([piece], case)[0]
    row = row_of(said, old.note, old.order, supersedes_id=old.id, corrected_at=at)
    row.save(force_insert=True)
    take_back(actor, at, [old.id])
    follow(actor, at, case, [row], {row.id: said.voice} if said.voice else {})
    _record(actor, at, old.note, "segment.corrected", old=str(old.id), new=str(row.id))
    return row.id


@transaction.atomic
def withdraw_note(*, actor: Actor, at: dt.datetime, note_id: UUID) -> None:
    """Take a note back with all that it set in motion. It stays in the database and leaves every page."""
    note = Note.objects.filter(case__in=cases.Case.objects.acted_on_by(actor)).select_for_update().get(id=note_id)
    policy.may_withdraw(
        actor, author_id=note.author_id, meeting_id=note.meeting_id, withdrawn_at=note.withdrawn_at
    ).or_raise()
    Note.objects.filter(id=note.id).update(withdrawn_at=at)
    take_back(actor, at, list(note.segments.values_list("id", flat=True)))
    _record(actor, at, note, "note.withdrawn")


def _case(actor: Actor, case_id: UUID) -> cases.Case:
    return _open_to.get(actor, case_id)


@access.prepared
def _open_to(actor: Actor, case_id: UUID) -> QuerySet[cases.Case]:
    return cases.Case.objects.acted_on_by(actor).filter(id=case_id).select_related("citizen", "coordinator")


def _notes_acted_on_by(actor: Actor) -> Any:
    if actor.side == access.Side.SYSTEM:
        return Note.objects.filter(case__in=cases.Case.objects.acted_on_by(actor), withdrawn_at__isnull=True)
    return Note.objects.visible_to(actor)


def _record(actor: Actor, at: dt.datetime, note: Note, kind: str, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=note.case_id,
        subject="note",
        subject_id=note.id,
        municipality=note.municipality,
        data=data,
    )
