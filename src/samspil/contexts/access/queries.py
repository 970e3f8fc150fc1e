"""Who acts, and what the logs say."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from samspil.contexts.access.actor import Actor
from samspil.contexts.access.enums import Role
from samspil.contexts.access.models import AccessLogEntry, RoleAssignment, User
from samspil.contexts.access.prepared import prepared
from samspil.contexts.access.rules import CAPABILITIES, SIDE_OF_ROLE


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


def actor_for(user_id: UUID, *, on: dt.date, session_hash: str | None = None) -> Actor | None:
    """The actor behind a log-in, or None when the person has no running role on that day. One query.

    With `session_hash` the log-in must also have been made with the person's present password.
    """
    rows = _roles(user_id, on)
    if not rows:
        return None
    first = rows[0]
    if session_hash is not None and not constant_time_compare(session_hash, first.user.get_session_auth_hash()):
        return None
    role = Role(first.role)
    same = [row for row in rows if row.role == role and row.organisation_id == first.organisation_id]
    districts = [row.district_id for row in same]
    organisation = first.organisation
    return Actor(
        user_id=first.user_id,
        name=first.user.name,
        title=first.user.title,
        role=role,
        side=SIDE_OF_ROLE[role],
        organisation_id=first.organisation_id,
        organisation_name=organisation.name if organisation else "",
        municipality=organisation.municipality_code if organisation else None,
        unit_ids=frozenset(row.unit_id for row in same if row.unit_id),
        district_ids=frozenset() if None in districts else frozenset(d for d in districts if d),
        citizen_id=first.citizen_id,
        capabilities=CAPABILITIES[role],
        on=on,
        display_mode=first.user.display_mode,
        language=first.user.language,
    )


@prepared
def _roles(user_id: UUID, on: dt.date) -> QuerySet[RoleAssignment]:
    running = RoleAssignment.objects.filter(user_id=user_id, user__is_active=True, runs__contains=on)
    return running.select_related("user", "organisation").order_by("runs", "id")


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
    """Everybody with a running role in the organisation, by name."""
    ids = RoleAssignment.objects.filter(organisation_id=organisation_id, runs__contains=on).values("user_id")
    rows = User.objects.filter(id__in=ids, is_active=True).order_by("name")
    return tuple(Person(u.id, u.name, u.title, u.phone, u.phone_hours, u.presentation, u.picture) for u in rows)


def looks_at(citizen_id: UUID, *, limit: int = 100, before: dt.datetime | None = None) -> tuple[Look, ...]:
    """Who has seen this citizen, newest first."""
    rows = AccessLogEntry.objects.filter(citizen_id=citizen_id)
    if before is not None:
        rows = rows.filter(at__lt=before)
    fields = ("at", "user_id", "user_name", "user_title", "role", "organisation_name", "what", "why")
    return tuple(Look(*row) for row in rows.order_by("-at").values_list(*fields)[:limit])
