"""Who can be ordered from, and who answers there."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Person, Role
from samspil.contexts.orders.models import Order


@dataclass(frozen=True, slots=True)
class ProviderTeam:
    organisation_id: UUID
    organisation: str
    unit_id: UUID
    unit: str
    description: str

    @property
    def name(self) -> str:
        return f"{self.organisation}, {self.unit}"


def provider_teams() -> tuple[ProviderTeam, ...]:
    """Every team that help can be ordered from, by name."""
    rows = access.Unit.objects.filter(kind=access.UnitKind.PROVIDER_TEAM).select_related("organisation")
    return tuple(
        ProviderTeam(row.organisation_id, row.organisation.name, row.id, row.name, row.description)
        for row in rows.order_by("organisation__name", "name")
    )


def team_for(actor: Actor, order_id: UUID) -> tuple[Person, ...]:
    """Who can be named as contact on an order. Raises Order.DoesNotExist."""
    row = Order.objects.visible_to(actor).only("provider_id", "unit_id").get(id=order_id)
    return team_of(row.provider_id, row.unit_id, on=actor.on)


def team_of(provider_id: UUID, unit_id: UUID | None, *, on: dt.date) -> tuple[Person, ...]:
    """The provider's people on that day, those of the team when one is named; never the authority's own."""
    roles = access.RoleAssignment.objects.filter(
        organisation_id=provider_id,
        role__in=[Role.PROVIDER_WORKER, Role.PROVIDER_LEADER],
        runs__contains=on,
        user__is_active=True,
    )
    if unit_id is not None:
        roles = roles.filter(Q(unit_id=unit_id) | Q(unit_id__isnull=True))
    found = access.people(list(roles.values_list("user_id", flat=True)))
    return tuple(sorted(found.values(), key=lambda person: person.name))
