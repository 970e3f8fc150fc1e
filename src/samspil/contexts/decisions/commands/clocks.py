"""The deadlines that hang on needs, decisions and complaints: set going, kept, and set anew."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.deadlines import api as deadlines

DECIDE, BEGIN = "decide", "start_help"


def start(
    actor: Actor,
    at: dt.datetime,
    kind: str,
    *,
    case_id: UUID,
    subject_id: UUID,
    from_on: dt.date,
    about: str = "",
    due_on: dt.date | None = None,
) -> None:
    deadlines.open_deadline(
        actor=actor,
        at=at,
        case_id=case_id,
        kind=kind,
        from_on=from_on,
        about=about,
        subject_id=subject_id,
        due_on=due_on,
    )


def keep(actor: Actor, at: dt.datetime, kind: str, *, case_id: UUID, subject_id: UUID) -> None:
    deadlines.meet_deadlines_of(actor=actor, at=at, case_id=case_id, kind=kind, subject_id=subject_id)


def stop(actor: Actor, at: dt.datetime, kind: str, *, case_id: UUID, subject_id: UUID) -> None:
    deadlines.cancel_deadlines_of(actor=actor, at=at, case_id=case_id, kind=kind, subject_id=subject_id)
