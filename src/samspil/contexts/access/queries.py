"""Who acts, and what the logs say."""

import base64
import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.crypto import constant_time_compare

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.enums import OrganisationKind, Role, Side
from samspil.contexts.access.models import (
    AccessLogEntry,
    Conflict,
    District,
    EmergencyAccess,
    Login,
    LoginIdentity,
    Organisation,
    Receipt,
    RoleAssignment,
    Unit,
    User,
)
from samspil.contexts.access.prepared import prepared
from samspil.contexts.access.rights import LocalRole, Within
from samspil.contexts.access.rules import CAPABILITIES, LOOKED_UP, SIDE_OF_ROLE, STAFF
from samspil.kernel import clock, scope
from samspil.kernel.scope import Scope


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as a citizen or colleague may see them."""

    id: UUID
    name: str
    title: str
    phone: str
    phone_hours: str
    presentation: str
    picture: str


@dataclass(frozen=True, slots=True)
class Look:
    at: dt.datetime
    user_id: UUID | None
    user_name: str
    user_title: str
    role: str
    organisation_name: str
    what: str
    why: str
    purpose: str | None


def actor_for(
    user_id: UUID,
    *,
    on: dt.date,
    session_hash: str | None = None,
    rights: Mapping[UUID, Within] | None = None,
    now: dt.datetime | None = None,
) -> Actor | None:
    """The actor behind a log-in, or None when the person has no running role on that day. One query.

    With `session_hash` the log-in must also have been made with the person's present password. With `rights` only
    the roles named there count, and only within what they name.
    """
    with scope.within(Scope(user_id=user_id)):  # of the walled tables it asks for nothing but the person's own rows
        rows = _roles(user_id, on, now or clock.now())
    private = [row.citizen_id for row in rows if row.role == Role.RELATIVE]
    if rights is not None:
        rows = [row for row in rows if row.id in rights]
    if not rows:
        return None
    first = rows[0]
    private += first.oneself
    if session_hash is not None and not _is_made_with(first.user__password, session_hash):
        return None
    role = Role(first.role)
    same = [row for row in rows if row.role == role and row.organisation_id == first.organisation_id]
    limits = [_places(row, row.district_id, rights, Side.AUTHORITY) for row in same]
    teams = [_places(row, row.unit_id, rights, Side.PROVIDER) for row in same]
    return Actor(
        user_id=first.user_id,
        name=first.user__name,
        title=first.user__title,
        role=role,
        side=SIDE_OF_ROLE[role],
        organisation_id=first.organisation_id,
        organisation_name=first.organisation__name or "",
        municipality=first.organisation__municipality_code,
        unit_ids=_all_of(teams),
        district_ids=_all_of(limits),
        citizen_id=first.citizen_id,
        capabilities=CAPABILITIES[role],
        on=on,
        display_mode=first.user__display_mode,
        language=first.user__language,
        clearance=max(row.clearance for row in same),
        barred_citizen_ids=frozenset([*(one for one in private if one), *first.known_privately]),
        colleague_citizen_ids=frozenset(first.colleagues).difference(private),
        emergency_case_ids=frozenset(first.opened_in_emergency),
    )


def _is_made_with(password: str, session_hash: str) -> bool:
    return constant_time_compare(session_hash, User(password=password).get_session_auth_hash())


_ROLE = (
    "id", "role", "citizen_id", "organisation_id", "district_id", "unit_id", "clearance", "user_id", "user__name",
    "user__title", "user__password", "user__display_mode", "user__language", "organisation__name",
    "organisation__municipality_code", "oneself", "known_privately", "opened_in_emergency", "colleagues",
)  # fmt: skip


@prepared
def _roles(user_id: UUID, on: dt.date, now: dt.datetime) -> QuerySet[RoleAssignment, Any]:
    known = Conflict.objects.filter(user_id=user_id, ended_at=None)
    opened = EmergencyAccess.objects.filter(user_id=user_id, ended_at=None, begun_at__lte=now, until__gt=now)
    staff = RoleAssignment.objects.exclude(role__in=[Role.CITIZEN, Role.RELATIVE]).filter(
        user_id=OuterRef("user_id"), organisation_id=OuterRef(OuterRef("organisation_id")), runs__contains=on
    )
    colleagues = RoleAssignment.objects.filter(Exists(staff), works_here_too=True)
    oneself = RoleAssignment.objects.filter(user_id=user_id, role=Role.CITIZEN)  # whose log-in ends is still oneself
    rows = _running(user_id, on).annotate(
        oneself=ArraySubquery(oneself.values("citizen_id")),
        known_privately=ArraySubquery(known.values("citizen_id")),
        opened_in_emergency=ArraySubquery(opened.values("case_id")),
        colleagues=ArraySubquery(colleagues.values("citizen_id")),
    )
    return rows.values_list(*_ROLE, named=True)


def _running(user_id: UUID, on: dt.date) -> QuerySet[RoleAssignment]:
    """The oldest first. Never by when they end: to set an end to one role must not change which of them one acts in."""
    rows = RoleAssignment.objects.filter(user_id=user_id, user__is_active=True, runs__contains=on)
    return rows.order_by(F("runs__startswith").asc(nulls_first=True), "id")


def _places(row: Any, place: UUID | None, rights: Mapping[UUID, Within] | None, side: Side) -> frozenset[UUID] | None:
    """Where a role counts: the places a log-in is limited to when they are of this side, else the role's own."""
    within = rights[row.id] if rights is not None and SIDE_OF_ROLE[Role(row.role)] == side else None
    if within is not None:
        return within
    return None if place is None else frozenset({place})


def _all_of(places: list[frozenset[UUID] | None]) -> frozenset[UUID]:
    """The actor's way to say it: nothing means everywhere, so one role without a limit lifts the others'."""
    limited = [one for one in places if one is not None]
    return frozenset().union(*limited) if len(limited) == len(places) else frozenset()


def open_sessions(actor: Actor, *, at: dt.datetime) -> tuple[tuple[UUID, str, dict[str, Any]], ...]:
    """The actor's own log-ins that have a session: id, key, and what the session holds."""
    keys = dict(Login.objects.filter(user_id=actor.person_id).values_list("session_key", "id"))
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=at)
    return tuple((keys[row.session_key], row.session_key, row.get_decoded()) for row in rows)


def is_carried_out(key: UUID) -> bool:
    """Is there a receipt for the form with this key?"""
    return Receipt.objects.filter(key=key).exists()


def code_of(identity_id: UUID) -> str:
    """Eight signs that somebody who is not known here can read aloud to the one who gives access."""
    letters = base64.b32encode(identity_id.bytes[-5:]).decode()
    return f"{letters[:4]}-{letters[4:]}"


def identity_with(code: str) -> UUID | None:
    """The identity that nobody is linked to and that shows this code, however it was typed."""
    wanted = code.replace("-", "").replace(" ", "").upper()
    ids = LoginIdentity.objects.filter(user__isnull=True).values_list("id", flat=True)
    found = [one for one in ids if code_of(one).replace("-", "") == wanted]
    return found[0] if len(found) == 1 else None


def local_roles(user_id: UUID, *, on: dt.date) -> tuple[LocalRole, ...]:
    """The running roles of a person, each with its organisation's parts by their outside ids."""
    return tuple(_local(row) for row in _running(user_id, on).select_related("organisation"))


def _local(row: RoleAssignment) -> LocalRole:
    role, organisation = Role(row.role), row.organisation
    is_authority = SIDE_OF_ROLE[role] == Side.AUTHORITY
    return LocalRole(
        id=row.id,
        role=role,
        cvr=(organisation.cvr or "") if organisation else "",
        place=row.district_id if is_authority else row.unit_id,
        places=_outside_ids(organisation, of_districts=is_authority) if organisation else {},
    )


def _outside_ids(organisation: Organisation, *, of_districts: bool) -> dict[UUID, UUID]:
    rows: QuerySet[Any, tuple[UUID | None, UUID]]
    if not of_districts:
        rows = Unit.objects.filter(organisation=organisation).values_list("org_unit", "id")
    elif organisation.municipality_code is None:
        return {}
    else:
        rows = District.objects.filter(municipality=organisation.municipality_code).values_list("org_unit", "id")
    return {outside: here for outside, here in rows if outside is not None}


def person(user_id: UUID) -> Person:
    """Contact facts of one member of staff. Raises User.DoesNotExist."""
    return people([user_id])[user_id]


def people(user_ids: list[UUID]) -> dict[UUID, Person]:
    return {row[0]: Person(*row) for row in _people(frozenset(user_ids))}


@prepared
def _people(user_ids: frozenset[UUID]) -> QuerySet[User, tuple[Any, ...]]:
    fields = ("id", "name", "title", "phone", "phone_hours", "presentation", "picture")
    return User.objects.filter(id__one_of=user_ids).values_list(*fields)


def colleagues(*, organisation_id: UUID, on: dt.date) -> tuple[Person, ...]:
    """Everybody who works in the organisation on that day, by name; its citizens have roles there too."""
    working = RoleAssignment.objects.filter(organisation_id=organisation_id, runs__contains=on, role__in=STAFF)
    ids = working.values("user_id")
    rows = User.objects.filter(id__in=ids, is_active=True).order_by("name")
    return tuple(Person(u.id, u.name, u.title, u.phone, u.phone_hours, u.presentation, u.picture) for u in rows)


def leaders_of(municipality: int, *, district_id: UUID | None, on: dt.date) -> tuple[Person, ...]:
    """Those who lead where a case lies: of the district first, then of the whole municipality."""
    roles = RoleAssignment.objects.filter(
        role=Role.TEAM_LEADER,
        organisation__municipality_code=municipality,
        runs__contains=on,
        user__is_active=True,
    ).filter(Q(district=None) | Q(district_id=district_id))
    ids = list(dict.fromkeys(roles.order_by("district_id", "user__name", "id").values_list("user_id", flat=True)))
    found = people(ids)
    return tuple(found[one] for one in ids)


def clearance_of(user_id: UUID, *, organisation_id: UUID, on: dt.date) -> int | None:
    """The highest sensitivity a colleague may see; None when the person has no running role there."""
    roles = RoleAssignment.objects.filter(user_id=user_id, organisation_id=organisation_id, runs__contains=on)
    return roles.aggregate(highest=Max("clearance"))["highest"]


def private_roles(user_id: UUID, citizen_id: UUID, *, on: dt.date) -> frozenset[Role]:
    """Whether a person is the citizen, also one who logs in as such no more, or logs in as the citizen's relative."""
    rows = RoleAssignment.objects.filter(user_id=user_id, citizen_id=citizen_id)
    is_so = Q(role=Role.CITIZEN) | Q(runs__contains=on)
    return frozenset(map(Role, rows.filter(is_so).values_list("role", flat=True)))


def municipality_name(code: int) -> str | None:
    """Of the authority with this code; None when there is none here."""
    rows = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, municipality_code=code)
    return rows.order_by("id").values_list("name", flat=True).first()


def teams_of(organisation_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """The teams of an organisation, by name."""
    rows = Unit.objects.filter(organisation_id=organisation_id).order_by("name")
    return tuple(rows.values_list("id", "name"))


_LOOK = tuple(field.name for field in dataclasses.fields(Look))


def looks_during(citizen_id: UUID, *, user_id: UUID, begins: dt.datetime, ends: dt.datetime) -> tuple[Look, ...]:
    """What one person saw of a citizen within a time, the first first."""
    rows = AccessLogEntry.objects.filter(citizen_id=citizen_id, user_id=user_id, at__gte=begins, at__lte=ends)
    return tuple(Look(*row) for row in rows.order_by("at", "id").values_list(*_LOOK))


def all_leaders_of(municipality: int | None, *, on: dt.date) -> tuple[Person, ...]:
    """The leaders in a municipality's authority on that day, by name."""
    leading = RoleAssignment.objects.filter(
        role=Role.TEAM_LEADER, organisation__municipality_code=municipality, runs__contains=on
    )
    rows = User.objects.filter(id__in=leading.values("user_id"), is_active=True).order_by("name", "id")
    return tuple(Person(u.id, u.name, u.title, u.phone, u.phone_hours, u.presentation, u.picture) for u in rows)


def looks_at(
    citizen_id: UUID,
    *,
    limit: int = 100,
    since: dt.datetime | None = None,
    before: dt.datetime | None = None,
    only_user: UUID | None = None,
    except_user: UUID | None = None,
) -> tuple[Look, ...]:
    """Who has seen this citizen, newest first."""
    rows = AccessLogEntry.objects.filter(citizen_id=citizen_id)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if before is not None:
        rows = rows.filter(at__lt=before)
    if only_user is not None:
        rows = rows.filter(user_id=only_user)
    if except_user is not None:
        rows = rows.exclude(user_id=except_user)
    return tuple(Look(*row) for row in rows.order_by("-at", "-id").values_list(*_LOOK)[:limit])


def lookups_since(user_id: UUID | None, since: dt.datetime) -> list[dt.datetime]:
    """When a person looked a number up, the newest first. The kind stands in the text: the index is for it only."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED_UP, [user_id, since])
        return [at for (at,) in cursor.fetchall()]


_LOOKED_UP = (
    f"select at from access_event where kind = '{LOOKED_UP}' "  # noqa: S608 - a constant of ours
    "and user_id = %s and at > %s order by at desc"
)
