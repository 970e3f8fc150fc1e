"""One case is opened for an hour, or closed for good to somebody who knows the citizen."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.commands.logs import record
from samspil.contexts.access.enums import Finding
from samspil.contexts.access.models import (
    Conflict,
    EmergencyAccess,
)


@transaction.atomic
def declare_conflict(
    *, actor: Actor, at: dt.datetime, citizen_id: UUID, case_id: UUID, words: str, municipality: int
) -> UUID:
    """Note that the actor knows the citizen privately. Said twice is said once."""
    row, _is_new = Conflict.objects.get_or_create(
        user_id=actor.person_id,
        citizen_id=citizen_id,
        ended_at=None,
        defaults={"case_id": case_id, "words": words, "declared_at": at, "municipality": municipality},
    )
    _record_about(actor, at, "conflict.declared", row, "conflict")
    return row.id


@transaction.atomic
def begin_emergency(
    *,
    actor: Actor,
    at: dt.datetime,
    citizen_id: UUID,
    case_id: UUID,
    municipality: int,
    ground: str,
    words: str,
    until: dt.datetime,
    due_on: dt.date,
) -> UUID:
    """Open one case to the actor until a moment; the next request sees it."""
    row = EmergencyAccess.objects.create(
        municipality=municipality,
        user_id=actor.person_id,
        citizen_id=citizen_id,
        case_id=case_id,
        ground=ground,
        words=words,
        begun_at=at,
        until=until,
        due_on=due_on,
    )
    _record_about(actor, at, "emergency.begun", row, "emergency", ground=ground)
    return row.id


@transaction.atomic
def end_emergency(*, actor: Actor, at: dt.datetime) -> None:
    """The actor needs it no more. One that has run out has ended by itself."""
    running = EmergencyAccess.objects.filter(user_id=actor.person_id, ended_at=None, until__gt=at)
    for row in running.select_for_update(of=("self",)):
        EmergencyAccess.objects.filter(id=row.id).update(ended_at=at)
        _record_about(actor, at, "emergency.ended", row, "emergency")


@transaction.atomic
def review_emergency(*, actor: Actor, at: dt.datetime, emergency_id: UUID, finding: Finding, words: str) -> None:
    """Write what the leader found. Whether the leader may is the caller's to ask."""
    row = EmergencyAccess.objects.select_for_update(of=("self",)).get(id=emergency_id)
    found = {"finding": finding, "finding_words": words}
    EmergencyAccess.objects.filter(id=row.id).update(reviewed_by_id=actor.person_id, reviewed_at=at, **found)
    _record_about(actor, at, "emergency.reviewed", row, "emergency", finding=finding.value)


def _record_about(
    actor: Actor, at: dt.datetime, kind: str, row: Conflict | EmergencyAccess, subject: str, **data: str
) -> None:
    record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=row.case_id,
        subject=subject,
        subject_id=row.id,
        municipality=row.municipality,
        data=data,
    )
