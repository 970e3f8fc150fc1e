"""People come in, go out, and are sent out."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.commands.logs import record
from samspil.contexts.access.enums import Denial, Level, LoginRefusal, Role
from samspil.contexts.access.models import (
    Login,
    LoginAttempt,
    LoginIdentity,
    RoleAssignment,
    SpentToken,
    User,
)
from samspil.contexts.access.queries import code_of

ATTEMPT_MINUTES = 30
LOGIN_KEPT_HOURS = 24


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


@dataclass(frozen=True, slots=True)
class Arrival:
    """How somebody came in from a provider; `denied` are the groups of rights that counted for nothing."""

    identity_id: UUID
    sid: str
    hint_sealed: bytes
    level: Level
    denied: list[tuple[int, Denial]]


@transaction.atomic
def open_login(
    *,
    actor: Actor,
    at: dt.datetime,
    session_key: str,
    arrival: Arrival | None,
) -> None:
    """Note that the actor has come in, in the demo without an arrival."""
    Login.objects.filter(opened_at__lt=at - dt.timedelta(hours=LOGIN_KEPT_HOURS)).delete()
    here = Session.objects.filter(session_key=OuterRef("session_key"))
    Login.objects.filter(~Exists(here), user_id=actor.person_id).delete()  # left without a word, or shown anew
    row = Login(user_id=actor.person_id, session_key=session_key, opened_at=at)
    data = {"level": "demo"}
    if arrival:
        row.identity_id, row.sid, row.hint_sealed = arrival.identity_id, arrival.sid, arrival.hint_sealed
        data = {"level": arrival.level.name.lower(), "identity": str(arrival.identity_id)}
    row.save(force_insert=True)
    record(actor=actor, at=at, kind="login.opened", subject="user", subject_id=actor.user_id, data=data)
    if arrival:
        _record_denials(actor, at, arrival.identity_id, arrival.denied)


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
    return bytes(row.hint_sealed) if row.hint_sealed else None


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
    ended = _end(rows)
    for user_id in sorted(set(ended)):
        record(actor=actor, at=at, kind="login.ended_by_provider", subject="user", subject_id=user_id)
    return len(ended)


@transaction.atomic
def end_own_logins(*, actor: Actor, at: dt.datetime, except_session: str, login_id: UUID | None = None) -> int:
    """The actor ends one log-in of their own, or all but the one that is in use. How many there were."""
    rows = Login.objects.filter(user_id=actor.person_id).exclude(session_key=except_session)
    rows = rows.filter(id=login_id) if login_id else rows
    ended = _end(rows)
    if ended:
        what = {"logins": len(ended), "which": "one" if login_id else "all others"}
        record(actor=actor, at=at, kind="login.ended_by_self", subject="user", subject_id=actor.user_id, data=what)
    return len(ended)


def _end(rows: QuerySet[Login]) -> list[UUID]:
    """Ends the sessions, and gives whose they were, once for each."""
    found = list(rows.select_for_update(of=("self",)).values_list("id", "session_key", "user_id"))
    Session.objects.filter(session_key__in=[key for _id, key, _user in found]).delete()
    Login.objects.filter(id__in=[login_id for login_id, _key, _user in found]).delete()
    return [user_id for _id, _key, user_id in found]


@transaction.atomic
def end_all_logins(*, actor: Actor, at: dt.datetime, user_id: UUID | None = None) -> int:
    """End every session of a person, or of everybody, here and now. How many there were."""
    if user_id is None:
        ended = Session.objects.all().delete()[0]
        Login.objects.all().delete()
    else:
        ended = len(_end(Login.objects.filter(user_id=user_id)))
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
