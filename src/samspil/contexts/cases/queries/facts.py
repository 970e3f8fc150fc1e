"""One case and the people in it, for whoever has business there."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import policy, rules
from samspil.contexts.cases.enums import Area, CaseStatus
from samspil.contexts.cases.models import Case, Listing, Participation
from samspil.contexts.citizens import api as citizens
from samspil.kernel.text import first_name


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The frame of a case. `turn` is the side that has to act according to the case's own status.

    For providers and relatives the citizen's telephone is empty: they have it from what was told with an order, or from
    the citizen. How closed a case is, only the authority is told.
    """

    id: UUID
    municipality: int
    number: str
    citizen_id: UUID
    first_name: str
    last_name: str
    born_on: dt.date
    age: int
    status: str
    status_words: str
    status_since: dt.datetime
    turn: str
    area: str
    area_words: str
    district: str
    district_id: UUID | None
    citizen_phone: str
    citizen_user_id: UUID | None
    coordinator_id: UUID | None
    coordinator_name: str
    coordinator_title: str
    coordinator_phone: str
    coordinator_hours: str
    coordinator_picture: str
    opened_on: dt.date
    closed_on: dt.date | None
    last_contact_on: dt.date | None
    follow_up_on: dt.date | None
    version: int
    is_address_protected: bool
    sensitivity: int | None
    is_restricted: bool | None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def is_open(self) -> bool:
        return self.status != CaseStatus.CLOSED


@dataclass(frozen=True, slots=True)
class PersonOfCase:
    """Somebody who can own an agreement or be asked to a meeting. `role_words` as in "Søster" or "Bostøtte"."""

    name: str
    side: str
    role_words: str
    user_id: UUID | None
    phone: str = ""
    phone_hours: str = ""
    organisation: str = ""
    picture: str = ""
    may_see_case: bool = True

    @property
    def first_name(self) -> str:
        return first_name(self.name)


_FACTS = (
    "id", "municipality", "number", "citizen_id", "citizen__first_name", "citizen__last_name", "citizen__born_on",
    "citizen__phone", "status", "status_since", "area", "district__name", "district_id", "coordinator_id",
    "coordinator__name", "coordinator__title", "coordinator__phone", "coordinator__phone_hours",
    "coordinator__picture", "opened_on", "closed_on", "last_contact_on", "follow_up_on", "version",
    "citizen__is_address_protected", "citizen_user_id", "sensitivity", "is_restricted",
)  # fmt: skip


def case_facts(actor: Actor, case_id: UUID) -> CaseFacts:
    """Raises Case.DoesNotExist for those without business there."""
    row = _facts.get(actor, case_id)
    is_authority = actor.side == Side.AUTHORITY
    return CaseFacts(
        id=row["id"],
        municipality=row["municipality"],
        number=row["number"],
        citizen_id=row["citizen_id"],
        first_name=row["citizen__first_name"],
        last_name=row["citizen__last_name"],
        born_on=row["citizen__born_on"],
        age=rules.age(row["citizen__born_on"], on=actor.on),
        status=row["status"],
        status_words=str(CaseStatus(row["status"]).label),
        status_since=row["status_since"],
        turn=rules.CASE.turn_of(row["status"]),
        area=row["area"],
        area_words=str(Area(row["area"]).label),
        district=row["district__name"] or "",
        district_id=row["district_id"],
        coordinator_id=row["coordinator_id"],
        citizen_phone=row["citizen__phone"] if is_authority or actor.side == Side.CITIZEN else "",
        citizen_user_id=row["citizen_user_id"],
        coordinator_name=row["coordinator__name"] or "",
        coordinator_title=row["coordinator__title"] or "",
        coordinator_phone=row["coordinator__phone"] or "",
        coordinator_hours=row["coordinator__phone_hours"] or "",
        coordinator_picture=row["coordinator__picture"] or "",
        opened_on=row["opened_on"],
        closed_on=row["closed_on"],
        last_contact_on=row["last_contact_on"],
        follow_up_on=row["follow_up_on"],
        version=row["version"],
        is_address_protected=row["citizen__is_address_protected"],
        sensitivity=row["sensitivity"] if is_authority else None,
        is_restricted=row["is_restricted"] if is_authority else None,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is let into a restricted case by name."""

    user_ids: tuple[UUID, ...]
    unit_ids: tuple[UUID, ...]


def listed_in(actor: Actor, case_id: UUID) -> Listed:
    rows = Listing.objects.visible_to(actor).filter(case_id=case_id).order_by("id")
    found = list(rows.values_list("user_id", "unit_id"))
    return Listed(tuple(one for one, _unit in found if one), tuple(unit for _one, unit in found if unit))


@prepared
def _facts(actor: Actor, case_id: UUID) -> QuerySet[Case, dict[str, Any]]:
    rows = Case.objects.acted_on_by(actor).filter(id=case_id)
    return rows.annotate(citizen_user_id=citizens.own_log_in(on=actor.on)).values(*_FACTS)


def people_of_case(
    actor: Actor,
    case_id: UUID,
    *,
    case: CaseFacts | None = None,
    relations: Sequence[citizens.RelationView] | None = None,
) -> tuple[PersonOfCase, ...]:
    """The citizen, the relatives, the coordinator and the providers' contacts, in that order.

    Relatives who may not see the case are there too: they can promise something or come to a meeting. A page that
    has read the facts of the `case` and the `relations` already hands them over. Raises Case.DoesNotExist.
    """
    case = case or case_facts(actor, case_id)
    around = citizens.relations_of(case.citizen_id, on=actor.on) if relations is None else relations
    found = [PersonOfCase(case.name, Side.CITIZEN, _("Borger"), case.citizen_user_id, phone=case.citizen_phone)]
    found += [
        PersonOfCase(r.name, Side.RELATIVE, r.kind, r.user_id, phone=r.phone, may_see_case=r.may_see_case)
        for r in around
    ]
    if case.coordinator_id is not None:
        coordinator = PersonOfCase(
            name=case.coordinator_name,
            side=Side.AUTHORITY,
            role_words=case.coordinator_title or _("Rådgiver"),
            user_id=case.coordinator_id,
            phone=case.coordinator_phone,
            phone_hours=case.coordinator_hours,
            picture=case.coordinator_picture,
        )
        found.append(coordinator)
    return (*found, *_contacts(case_id, actor.on))


@prepared
def _with_contacts(case_id: UUID, on: dt.date) -> QuerySet[Participation]:
    rows = Participation.objects.filter(case_id=case_id, runs__contains=on, contact__isnull=False)
    staff = (f"contact__{name}" for name in ("name", "title", "phone", "phone_hours", "picture"))
    return rows.select_related("organisation", "contact").only("organisation__name", *staff).order_by("runs", "id")


def _contacts(case_id: UUID, on: dt.date) -> list[PersonOfCase]:
    contacts: dict[UUID, PersonOfCase] = {}
    for row in _with_contacts(case_id, on):
        staff = row.contact
        if staff is not None:
            contacts[staff.id] = PersonOfCase(
                name=staff.name,
                side=Side.PROVIDER,
                role_words=staff.title or row.organisation.name,
                user_id=staff.id,
                phone=staff.phone,
                phone_hours=staff.phone_hours,
                organisation=row.organisation.name,
                picture=staff.picture,
            )
    return list(contacts.values())


def whom_to_ring(actor: Actor) -> tuple[str, str, str]:
    """Name, telephone and hours of who coordinates what the actor sees, an open case before a closed one."""
    name, phone, hours = _coordinator.first(actor) or (None, None, None)
    return (name or "", phone or "", hours or "")


@prepared
def _coordinator(actor: Actor) -> QuerySet[Case, tuple[Any, ...]]:
    rows = Case.objects.visible_to(actor).order_by("-closed_on", "-opened_on")[:1]
    return rows.values_list("coordinator__name", "coordinator__phone", "coordinator__phone_hours")


@dataclass(frozen=True, slots=True)
class ProviderOfCase:
    """An organisation that has a part in the case on the actor's day, with its team if one is named."""

    organisation_id: UUID
    organisation: str
    unit: str
    contact: str
    since: dt.date


def providers_of(actor: Actor, case_id: UUID) -> tuple[ProviderOfCase, ...]:
    """Raises nothing: those without business in the case get none."""
    rows = Participation.objects.filter(
        case__in=Case.objects.acted_on_by(actor, citizens.Scope.HELPERS).filter(id=case_id), runs__contains=actor.on
    )
    fields = ("organisation_id", "organisation__name", "unit__name", "contact__name", "runs")
    return tuple(
        ProviderOfCase(organisation_id, name, unit or "", contact or "", runs.lower)
        for organisation_id, name, unit, contact, runs in rows.order_by("runs", "id").values_list(*fields)
    )


def words_for(actor: Actor, case: Case) -> Callable[[str], str]:
    """Makes a text of the case one that this reader may read: without an address that is protected from the reader."""
    if policy.may_read_address(actor, case):
        return str
    return partial(citizens.without_address, citizen=case.citizen)
