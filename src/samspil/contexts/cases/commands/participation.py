"""Who is let in: an organisation gets a part in a case for a period, and with it the right to see the case."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import policy
from samspil.contexts.cases.commands.writing import record
from samspil.contexts.cases.models import Case, Participation


@transaction.atomic
def admit_provider(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    organisation_id: UUID,
    unit_id: UUID | None,
    contact_id: UUID | None,
    starts_on: dt.date,
) -> None:
    """Let a provider's team into the case from a day on. A team that is in already only gets the new contact.

    A provider that accepts an order does not see the case yet; that there is an order is checked by the caller.
    """
    policy.may_admit(actor, organisation_id=organisation_id).or_raise()
    is_outside = actor.side == access.Side.PROVIDER
    seen = Case.objects.all() if is_outside else Case.objects.acted_on_by(actor)
    case = seen.select_for_update(of=("self",), no_key=True).get(id=case_id)
    if unit_id is not None:
        access.Unit.objects.get(id=unit_id, organisation_id=organisation_id)
    running = Participation.objects.filter(
        _team(unit_id), case=case, organisation_id=organisation_id, runs__contains=starts_on
    )
    row = running.order_by("id").first()
    if row is not None:
        Participation.objects.filter(id=row.id).update(contact_id=contact_id or row.contact_id)
    else:
        row = Participation.objects.create(
            municipality=case.municipality,
            case=case,
            organisation_id=organisation_id,
            unit_id=unit_id,
            contact_id=contact_id,
            runs=(starts_on, None),
        )
    _record(actor, at, "participation.admitted", row, organisation_id)


@transaction.atomic
def end_participation(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    organisation_id: UUID,
    unit_id: UUID | None,
    ends_on: dt.date,
) -> None:
    """The provider's last day in the case. One that was to begin later never begins."""
    policy.may_admit(actor, organisation_id=organisation_id).or_raise()
    case = Case.objects.acted_on_by(actor).get(id=case_id)
    after = ends_on + dt.timedelta(days=1)
    rows = Participation.objects.filter(_team(unit_id), case=case, organisation_id=organisation_id)
    for row in rows.filter(Q(runs__upper_inf=True) | Q(runs__endswith__gt=after)).order_by("id"):
        begins = row.runs.lower
        Participation.objects.filter(id=row.id).update(runs=(begins, max(begins, after)))
        _record(actor, at, "participation.ended", row, organisation_id)


def _team(unit_id: UUID | None) -> Q:
    return Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)


def _record(actor: Actor, at: dt.datetime, kind: str, row: Participation, organisation_id: UUID) -> None:
    record(
        actor,
        at,
        kind,
        municipality=row.municipality,
        case_id=row.case_id,
        subject_id=row.id,
        organisation_id=str(organisation_id),
    )
