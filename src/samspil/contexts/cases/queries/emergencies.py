"""Cases that are closed to somebody who knows that they are there, and what was opened in an emergency."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, EmergencyAccess, Finding, Side
from samspil.contexts.cases import policy
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel.verdict import Verdict

_GROUNDS = Path(__file__).resolve().parent.parent / "data" / "emergency.toml"
KEPT = dt.timedelta(days=365)
"""How long a reviewed one is listed for the leader."""


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case that is there and not open to the actor. Its number is all that may be shown."""

    case_id: UUID
    citizen_id: UUID
    municipality: int
    number: str
    may_open: Verdict


@dataclass(frozen=True, slots=True)
class Emergency:
    """What a leader reads. `name` is the citizen's, and empty when the leader does not see the case."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    number: str
    name: str
    user_name: str
    user_title: str
    user_id: UUID
    words: str
    begun_at: dt.datetime
    ended_at: dt.datetime
    due_on: dt.date
    is_running: bool
    is_late: bool
    reviewed_at: dt.datetime | None
    reviewed_by: str
    finding_words: str
    said: str
    may_review: Verdict


@dataclass(frozen=True, slots=True)
class EmergencyRunning:
    case_id: UUID
    until: dt.datetime


@cache
def _grounds() -> tuple[tuple[str, str], ...]:
    found = tomllib.loads(_GROUNDS.read_text(encoding="utf-8"))["grounds"]
    return tuple((ground["slug"], ground["label"]) for ground in found)


def grounds() -> tuple[tuple[str, str], ...]:
    """What one can choose between, in the reader's language."""
    return tuple((slug, _(label)) for slug, label in _grounds())


def closed_case(
    actor: Actor, *, case_id: UUID | None = None, citizen_id: UUID | None = None, number: str = ""
) -> ClosedCase | None:
    """The case that somebody at the authority has found by its exact number or a CPR number and may not open.

    None when there is none, when it is open to the actor, and when it would tell the actor that a relative has one.
    """
    if actor.side != Side.AUTHORITY or actor.municipality is None or not (case_id or citizen_id or number):
        return None
    wanted = {"id": case_id, "citizen_id": citizen_id, "number": number}
    rows = Case.objects.filter(municipality=actor.municipality, **{k: v for k, v in wanted.items() if v})
    seen = Case.objects.visible_to(actor).filter(pk=OuterRef("pk"))
    row = rows.filter(~Exists(seen)).order_by("closed_on", "-opened_on", "-id").first()
    if row is None:
        return None
    roles = access.private_roles(actor.person_id, row.citizen_id, on=actor.on)
    related = citizens.relation_to(actor.user_id, row.citizen_id, on=actor.on)
    if related is not None and not related.may_see_case:
        return None
    may = policy.may_open_in_emergency(
        actor,
        is_own=access.Role.CITIZEN in roles,
        is_relatives=related is not None or access.Role.RELATIVE in roles,
    )
    return ClosedCase(row.id, row.citizen_id, row.municipality, row.number, may)


def emergencies(actor: Actor) -> tuple[Emergency, ...]:
    """For the leader: those that wait for a review, the most urgent first, then those of the last year."""
    found = _views(actor, _mine(actor))
    waiting = sorted((one for one in found if one.reviewed_at is None), key=lambda one: (one.due_on, one.begun_at))
    done = [one for one in found if one.reviewed_at is not None]
    return (*waiting, *sorted(done, key=lambda one: one.begun_at, reverse=True))


def emergency(actor: Actor, emergency_id: UUID) -> Emergency:
    """Raises EmergencyAccess.DoesNotExist."""
    found = _views(actor, _mine(actor).filter(id=emergency_id))
    if not found:
        raise EmergencyAccess.DoesNotExist
    return found[0]


def emergencies_waiting(actor: Actor) -> int:
    return _mine(actor).filter(reviewed_at=None).count()


def running_emergency(actor: Actor) -> EmergencyRunning | None:
    """The case that is open to the actor in an emergency at this moment."""
    if not actor.emergency_case_ids:
        return None
    row = EmergencyAccess.objects.filter(user_id=actor.person_id, case_id__in=actor.emergency_case_ids, ended_at=None)
    found = row.order_by("-until").values_list("case_id", "until").first()
    return EmergencyRunning(*found) if found else None


def _mine(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Those in the leader's part of the municipality, whether or not the leader sees the case itself."""
    if not actor.may(access.Capability.ACCESS_REVIEW) or actor.municipality is None:
        return EmergencyAccess.objects.none()
    rows = EmergencyAccess.objects.filter(municipality=actor.municipality)
    if actor.district_ids:
        here = Q(district_id__one_of=actor.district_ids) | Q(district=None)
        rows = rows.filter(case_id__in=Case.objects.filter(here, municipality=actor.municipality).values("id"))
    since = dt.datetime.combine(actor.on - KEPT, dt.time.min, dt.UTC)
    return rows.filter(Q(reviewed_at=None) | Q(begun_at__gte=since)).select_related("user", "reviewed_by")


def _views(actor: Actor, rows: QuerySet[EmergencyAccess]) -> list[Emergency]:
    found = list(rows)
    ids = [row.case_id for row in found]
    numbers = dict(Case.objects.filter(id__in=ids).values_list("id", "number"))
    fields = ("id", "citizen__first_name", "citizen__last_name")
    seen = Case.objects.visible_to(actor).filter(id__in=ids).values_list(*fields)
    names = {case_id: f"{first} {last}" for case_id, first, last in seen}
    return [_view(actor, row, numbers.get(row.case_id, ""), names.get(row.case_id, "")) for row in found]


def _view(actor: Actor, row: Any, number: str, name: str) -> Emergency:
    ended_at = row.ended_at or row.until
    is_reviewed = row.reviewed_at is not None
    return Emergency(
        id=row.id,
        case_id=row.case_id,
        citizen_id=row.citizen_id,
        number=number,
        name=name,
        user_name=row.user.name,
        user_title=row.user.title,
        user_id=row.user_id,
        words=row.words,
        begun_at=row.begun_at,
        ended_at=ended_at,
        due_on=row.due_on,
        is_running=ended_at > clock.now(),
        is_late=not is_reviewed and row.due_on < actor.on,
        reviewed_at=row.reviewed_at,
        reviewed_by=row.reviewed_by.name if row.reviewed_by else "",
        finding_words=row.finding_words,
        said=str(Finding(row.finding).label) if row.finding else "",
        may_review=policy.may_review(actor, user_id=row.user_id, is_reviewed=is_reviewed),
    )
