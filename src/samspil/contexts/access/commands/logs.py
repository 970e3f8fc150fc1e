"""The logs grow, a form counts once, and a person chooses how the screen looks."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.enums import DisplayMode, Purpose
from samspil.contexts.access.models import (
    EmergencyAccess,
    Receipt,
    User,
)
from samspil.contexts.access.rules import OWN_PURPOSE
from samspil.kernel.ids import new_id, new_ids

RECEIPTS_KEPT = dt.timedelta(days=30)


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
    """Write one line in the event log, in the caller's transaction. `data` holds ids and codes, no prose.

    Raises ValueError for an actor who reads on in cases found before: a command decides for itself.
    """
    if actor.found_in is not None:
        raise ValueError(f"{kind}: who may see the case is asked anew by a command")
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


def take_turn(*, actor: Actor | None, at: dt.datetime, thing: str) -> None:
    """Wait for whoever is changing the same thing, in the caller's transaction; others wait until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [thing])


@transaction.atomic
def forget_receipts(*, actor: Actor, at: dt.datetime) -> int:
    """Throw away the receipts that nobody sends the form of any more. Returns how many."""
    return Receipt.objects.filter(at__lt=at - RECEIPTS_KEPT).delete()[0]


_CLAIMED = (
    "insert into access_receipt (key, user_id, at, location) values (%s, %s, %s, '') on conflict (key) do nothing"
)
_LOOKED = """
insert into access_accesslogentry (
    at, municipality, user_id, user_name, user_title, role, organisation_name, id, citizen_id, case_id,
    what, why, purpose
) select %s, %s, %s, %s, %s, %s, %s, id, citizen, of_case, coalesce(what, %s), coalesce(why, %s), coalesce(purpose, %s)
from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[])
    as look(id, citizen, of_case, what, why, purpose)
"""


def log_looks(*, actor: Actor, at: dt.datetime, looks: list[tuple[UUID, UUID | None, str, str]]) -> None:
    """Write who saw whom, in one statement. Each look is (citizen_id, case_id, what, why).

    What for follows from the way there: the page is for something else than the actor's side comes for, or it is for
    just that, or an emergency led to it; then the look also says why the case was opened. A list is shown for one
    reason: what all looks say is sent once, and ids as one text, for half of what a long list's looks cost was to take
    them there.
    """
    purpose = actor.other_purpose or OWN_PURPOSE[actor.side]
    told = [(*look, purpose.value) for look in looks]
    if actor.emergency_case_ids and actor.other_purpose is None:
        told = _in_emergency(actor, told)
    who = [at, actor.municipality, actor.user_id, actor.name, actor.title, actor.role or "", actor.organisation_name]
    citizens, cases, *said = zip(*told, strict=True)
    first = [words[0] for words in said]
    others = [list(words) if len(set(words)) > 1 else [] for words in said]
    ids = [_array(new_ids(len(looks))), _array(one.hex for one in citizens), _array(one and one.hex for one in cases)]
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, [*who, *first, *ids, *others])


def _array(ids: Iterable[str | None]) -> str:
    return f"{{{','.join(one or 'null' for one in ids)}}}"


@transaction.atomic
def choose_display(*, actor: Actor, at: dt.datetime, mode: DisplayMode, language: str) -> None:
    """Keep how this person wants the screen; it follows the person to every device."""
    if actor.user_id is not None:
        User.objects.filter(id=actor.user_id).update(display_mode=mode, language=language)
    record(actor=actor, at=at, kind="display.chosen", data={"mode": mode, "language": language})


EMERGENCY = "nødadgang: "
"""How the reason of a look begins in the log."""


def _in_emergency(
    actor: Actor, looks: list[tuple[UUID, UUID | None, str, str, str]]
) -> list[tuple[UUID, UUID | None, str, str, str]]:
    rows = EmergencyAccess.objects.filter(user_id=actor.person_id, case_id__in=actor.emergency_case_ids, ended_at=None)
    reasons = {row.citizen_id: f"{EMERGENCY}{row.words}"[:200] for row in rows}
    return [
        (who, case_id, what, reasons[who], Purpose.EMERGENCY.value)
        if who in reasons
        else (who, case_id, what, why, purpose)
        for who, case_id, what, why, purpose in looks
    ]
