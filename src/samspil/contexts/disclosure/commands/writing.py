"""What every change here goes through: found, held, recorded."""

import datetime as dt
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disclosure import rules
from samspil.contexts.disclosure.enums import DisclosureRefusal
from samspil.contexts.disclosure.models import FileRequest
from samspil.contexts.disclosure.queries.requests import CLOCKS
from samspil.kernel import clock
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import Refused

LONGEST = 2000
LONGEST_NAME = 120


def held(actor: Actor, file_request_id: UUID) -> FileRequest:
    """Held until the transaction ends. Raises FileRequest.DoesNotExist for those who do not see it."""
    rows = FileRequest.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    found: FileRequest = rows.get(id=file_request_id)
    return found


def move(row: FileRequest, name: str, at: dt.datetime, **changes: Any) -> None:
    status = rules.FILE_REQUEST.after(row.status, name)
    since = at if status != row.status else row.status_since
    FileRequest.objects.filter(id=row.id).update(status=status, status_since=since, **changes)


def end_clocks(actor: Actor, at: dt.datetime, row: FileRequest, *, is_met: bool) -> None:
    end = deadlines.meet_deadlines_of if is_met else deadlines.cancel_deadlines_of
    for kind in CLOCKS:
        end(actor=actor, at=at, case_id=row.case_id, kind=kind, subject_id=row.id)


def record(actor: Actor, at: dt.datetime, kind: str, row: FileRequest, **data: Any) -> None:
    """`data` holds ids and codes, no prose."""
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=row.case_id,
        subject="file_request",
        subject_id=row.id,
        municipality=row.municipality,
        data=data,
    )


def written(text: str, limit: int = LONGEST, *, required: DisclosureRefusal | None = None) -> str:
    try:
        kept = clean(text, limit)
    except TooLong as error:
        raise Refused(DisclosureRefusal.TOO_LONG) from error
    if required is not None and not kept:
        raise Refused(required)
    return kept


def not_ahead(day: dt.date, at: dt.datetime) -> None:
    if day > clock.day_of(at):
        raise Refused(DisclosureRefusal.DAY_IS_AHEAD)
