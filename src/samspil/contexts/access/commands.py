"""What changes here: the logs grow, and a person chooses how the screen looks."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.enums import DisplayMode
from samspil.contexts.access.models import User
from samspil.kernel.ids import new_id


def record(
    *,
    actor: Actor,
    at: dt.datetime,
    kind: str,
    case_id: UUID | None = None,
    subject: str = "",
    subject_id: UUID | None = None,
    municipality: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Write one line in the event log, in the caller's transaction. `data` holds ids and codes, no prose."""
    area = actor.municipality if municipality is None else municipality
    who = (at, area, actor.user_id, actor.name, actor.side)
    what: list[Any] = [kind, case_id, subject, subject_id, Jsonb(data or {})]
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED, [new_id(), *who, *what])


_HAPPENED = """
insert into access_event (id, at, municipality, user_id, user_name, side, kind, case_id, subject, subject_id, data)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def claim(*, actor: Actor | None, at: dt.datetime, key: UUID) -> str | None:
    """Take a form's key, in the caller's transaction: None when it is new, else where its first copy led to.

    A copy that arrives while the first is under way waits for it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMED, [key, actor.user_id if actor else None, at])
        if cursor.rowcount:
            return None
        cursor.execute("select location from access_receipt where key = %s", [key])
        return str(cursor.fetchone()[0])


def settle(*, actor: Actor | None, at: dt.datetime, key: UUID, location: str) -> None:
    """Write on the receipt where the form led to."""
    with connection.cursor() as cursor:
        cursor.execute("update access_receipt set location = %s where key = %s", [location, key])


_CLAIMED = (
    "insert into access_receipt (key, user_id, at, location) values (%s, %s, %s, '') on conflict (key) do nothing"
)
_LOOKED = """
insert into access_accesslogentry (
    at, municipality, user_id, user_name, user_title, role, organisation_name, id, citizen_id, case_id, what, why
) select %s, %s, %s, %s, %s, %s, %s, * from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[])
"""


def log_looks(*, actor: Actor, at: dt.datetime, looks: list[tuple[UUID, UUID | None, str, str]]) -> None:
    """Write who saw whom, in one statement. Each look is (citizen_id, case_id, what, why)."""
    who = [at, actor.municipality, actor.user_id, actor.name, actor.title, actor.role or "", actor.organisation_name]
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, [*who, [new_id() for _ in looks], *map(list, zip(*looks, strict=True))])


@transaction.atomic
def choose_display(*, actor: Actor, at: dt.datetime, mode: DisplayMode, language: str) -> None:
    """Keep how this person wants the screen; it follows the person to every device."""
    if actor.user_id is not None:
        User.objects.filter(id=actor.user_id).update(display_mode=mode, language=language)
    record(actor=actor, at=at, kind="display.chosen", data={"mode": mode, "language": language})
