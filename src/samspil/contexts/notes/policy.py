"""Who writes, corrects and takes back notes. Reading follows from seeing the case."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.notes.enums import NoteRefusal
from samspil.kernel.verdict import ALLOWED, Verdict


def may_write(actor: Actor) -> Verdict:
    return ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.NOTE_WRITE)


def is_open(case: cases.Case) -> Verdict:
    closed = case.status == cases.CaseStatus.CLOSED
    return Verdict(cases.CaseRefusal.CASE_CLOSED) if closed else ALLOWED


def may_correct(actor: Actor, *, author_id: UUID | None) -> Verdict:
    """Only one's own words."""
    own = actor.user_id is not None and author_id == actor.user_id
    return may_write(actor) & (ALLOWED if own else Verdict(NoteRefusal.NOT_YOUR_NOTE))


def may_withdraw(
    actor: Actor, *, author_id: UUID | None, meeting_id: UUID | None, withdrawn_at: dt.datetime | None
) -> Verdict:
    """One's own note; a meeting's note also by others who may close meetings, since they may undo the closing."""
    if withdrawn_at is not None:
        return Verdict(NoteRefusal.ALREADY_WITHDRAWN)
    if meeting_id is not None and actor.may(Capability.MEETING_CLOSE):
        return ALLOWED
    return may_correct(actor, author_id=author_id)
