"""What changes here: the logs grow, people log in and out, and a person chooses how the screen looks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.enums import Denial, DisplayMode, Finding, Level, LoginRefusal, Role
from samspil.contexts.access.models import (
    Conflict,
    EmergencyAccess,
    Login,
    LoginAttempt,
    LoginIdentity,
    Receipt,
    RoleAssignment,
    SpentToken,
    User,
)
from samspil.contexts.access.queries import code_of
from samspil.kernel.ids import new_id, new_ids

ATTEMPT_MINUTES = 30
LOGIN_KEPT_HOURS = 24
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
    at, municipality, user_id, user_name, user_title, role, organisation_name, id, citizen_id, case_id, what, why
) select %s, %s, %s, %s, %s, %s, %s, id, citizen, of_case, coalesce(what, %s), coalesce(why, %s)
from unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[]) as look(id, citizen, of_case, what, why)
"""


def log_looks(*, actor: Actor, at: dt.datetime, looks: list[tuple[UUID, UUID | None, str, str]]) -> None:
    """Write who saw whom, in one statement. Each look is (citizen_id, case_id, what, why).

    During an emergency access every look at that citizen says why it was opened. A list is shown for one reason: what
    all looks say is sent once, and ids as one text, for half of what a long list's looks cost was to take them there.
    """
    if actor.emergency_case_ids:
        looks = _with_reason(actor, looks)
    who = [at, actor.municipality, actor.user_id, actor.name, actor.title, actor.role or "", actor.organisation_name]
    citizens, cases, *said = zip(*looks, strict=True)
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


@dataclass(frozen=True, slots=True)
class Identity:
    """`code` is what somebody who is not known here can read aloud to the one who gives access."""

    id: UUID
    user_id: UUID | None
    code: str


@transaction.atomic
def meet_identity(*, actor: Actor, at: dt.datetime, issuer: str, subject: str) -> Identity:
    """Find who (issuer, subject) is here; somebody new is written down, without a user."""
    row, is_new = LoginIdentity.objects.get_or_create(issuer=issuer, subject=subject, defaults={"met_at": at})
    if is_new:
        record(actor=actor, at=at, kind="identity.met", subject="identity", subject_id=row.id)
    return Identity(row.id, row.user_id, code_of(row.id))


@transaction.atomic
def link_identity(*, actor: Actor, at: dt.datetime, identity_id: UUID, user_id: UUID, why: str) -> None:
    """Say that an identity is this person. `why` is a code: cpr, by_hand. Raises DoesNotExist for either."""
    identity = LoginIdentity.objects.select_for_update().get(id=identity_id)
    user = User.objects.get(id=user_id)
    LoginIdentity.objects.filter(id=identity.id).update(user=user, linked_at=at)
    data = {"user": str(user.id), "why": why, "before": str(identity.user_id or "")}
    record(actor=actor, at=at, kind="identity.linked", subject="identity", subject_id=identity.id, data=data)


@transaction.atomic
def open_own_room(*, actor: Actor, at: dt.datetime, citizen_id: UUID, name: str, organisation_id: UUID) -> UUID:
    """Let a citizen in to what is written about the citizen: a user with that one role. The user's id."""
    user, is_new = User.objects.get_or_create(
        username=f"borger-{citizen_id}", defaults={"name": name, "password": make_password(None)}
    )
    if not is_new:  # two log-ins at the same moment
        return user.id
    RoleAssignment.objects.create(
        user=user,
        role=Role.CITIZEN,
        citizen_id=citizen_id,
        organisation_id=organisation_id,
        runs=(at.date(), None),
    )
    record(actor=actor, at=at, kind="room.opened", subject="user", subject_id=user.id)
    return user.id


@transaction.atomic
def open_login(
    *,
    actor: Actor,
    at: dt.datetime,
    identity_id: UUID,
    session_key: str,
    sid: str,
    hint_sealed: bytes,
    level: Level,
    denied: list[tuple[int, Denial]],
) -> None:
    """Note that the actor has come in, and which groups of rights counted for nothing."""
    Login.objects.filter(opened_at__lt=at - dt.timedelta(hours=LOGIN_KEPT_HOURS)).delete()
    Login.objects.filter(session_key=session_key).delete()
    Login.objects.create(
        identity_id=identity_id, session_key=session_key, sid=sid, hint_sealed=hint_sealed, opened_at=at
    )
    data = {"level": level.name.lower(), "identity": str(identity_id)}
    record(actor=actor, at=at, kind="login.opened", subject="user", subject_id=actor.user_id, data=data)
    _record_denials(actor, at, identity_id, denied)


@transaction.atomic
def refuse_login(
    *,
    actor: Actor,
    at: dt.datetime,
    reason: LoginRefusal,
    provider: str,
    identity_id: UUID | None = None,
    denied: list[tuple[int, Denial]] | None = None,
) -> None:
    """Note that somebody did not come in, and why. Nothing of what the provider said is kept."""
    data = {"reason": reason.value, "provider": provider}
    record(actor=actor, at=at, kind="login.refused", subject="identity", subject_id=identity_id, data=data)
    _record_denials(actor, at, identity_id, denied or [])


def _record_denials(actor: Actor, at: dt.datetime, identity_id: UUID | None, denied: list[tuple[int, Denial]]) -> None:
    for group, why in denied:
        data = {"group": group, "reason": why.value}
        record(actor=actor, at=at, kind="login.group_denied", subject="identity", subject_id=identity_id, data=data)


@transaction.atomic
def close_login(*, actor: Actor, at: dt.datetime, session_key: str) -> bytes | None:
    """Note that the actor leaves; what the provider wants back for it, sealed, if it came through one."""
    row = Login.objects.filter(session_key=session_key).first()
    record(actor=actor, at=at, kind="login.closed", subject="user", subject_id=actor.user_id)
    if row is None:
        return None
    row.delete()
    return bytes(row.hint_sealed)


@transaction.atomic
def end_logins(*, actor: Actor, at: dt.datetime, issuer: str, subject: str, sid: str) -> int:
    """The provider says that somebody has left: end the sessions opened there. How many there were.

    With a `sid` only that session of the provider's, else all of the subject's.
    """
    rows = Login.objects.filter(identity__issuer=issuer)
    rows = rows.filter(identity__subject=subject) if subject else rows
    rows = rows.filter(sid=sid) if sid else rows
    if not subject and not sid:
        raise ValueError("neither subject nor sid")
    found = list(rows.values_list("session_key", "identity__user_id"))
    Session.objects.filter(session_key__in=[key for key, _user in found]).delete()
    rows.delete()
    for user_id in sorted({user_id for _key, user_id in found if user_id}):
        record(actor=actor, at=at, kind="login.ended_by_provider", subject="user", subject_id=user_id)
    return len(found)


@transaction.atomic
def end_all_logins(*, actor: Actor, at: dt.datetime, user_id: UUID | None = None) -> int:
    """End every session of a person, or of everybody, here and now. How many there were.

    A person's are known by their log-in through a provider; everybody's also where there was none.
    """
    rows = Login.objects.all() if user_id is None else Login.objects.filter(identity__user_id=user_id)
    sessions = Session.objects.all()
    if user_id is not None:
        sessions = sessions.filter(session_key__in=list(rows.values_list("session_key", flat=True)))
    ended, _by_table = sessions.delete()
    rows.delete()
    record(actor=actor, at=at, kind="login.ended_by_hand", subject="user" if user_id else "", subject_id=user_id)
    return ended


@transaction.atomic
def begin_attempt(*, actor: Actor, at: dt.datetime, state_hash: bytes, content_sealed: bytes) -> None:
    """Keep what must come back from the provider unchanged. Old attempts go."""
    LoginAttempt.objects.filter(begun_at__lt=at - dt.timedelta(minutes=ATTEMPT_MINUTES)).delete()
    LoginAttempt.objects.create(state_hash=state_hash, content_sealed=content_sealed, begun_at=at)


def take_attempt(*, actor: Actor, at: dt.datetime, state_hash: bytes) -> bytes | None:
    """What was kept; the second time, and after half an hour, None."""
    with transaction.atomic():
        row = LoginAttempt.objects.select_for_update().filter(state_hash=state_hash).first()
        if row is None:
            return None
        row.delete()
    is_old = row.begun_at < at - dt.timedelta(minutes=ATTEMPT_MINUTES)
    return None if is_old else bytes(row.content_sealed)


@transaction.atomic
def spend_token(*, actor: Actor, at: dt.datetime, issuer: str, token_hash: bytes, until: dt.datetime) -> bool:
    """False when the token has had its effect before."""
    SpentToken.objects.filter(until__lt=at).delete()
    _row, is_new = SpentToken.objects.get_or_create(issuer=issuer, token_hash=token_hash, defaults={"until": until})
    return is_new


EMERGENCY = "nødadgang: "
"""How the reason of a look begins in the log."""


def _with_reason(
    actor: Actor, looks: list[tuple[UUID, UUID | None, str, str]]
) -> list[tuple[UUID, UUID | None, str, str]]:
    rows = EmergencyAccess.objects.filter(user_id=actor.person_id, case_id__in=actor.emergency_case_ids, ended_at=None)
    reasons = {row.citizen_id: f"{EMERGENCY}{row.words}"[:200] for row in rows}
    return [(who, case_id, what, reasons.get(who) or why) for who, case_id, what, why in looks]


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
