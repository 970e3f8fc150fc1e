"""What the law leaves to a municipality, and the municipality sets itself."""

import datetime as dt

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.catalogue.enums import ProvisionKind, Read, RuleRefusal
from samspil.contexts.catalogue.models import Provision
from samspil.contexts.catalogue.queries import law as queries
from samspil.kernel import clock
from samspil.kernel.day_counting import Length
from samspil.kernel.verdict import Refused

LONGEST = 366
"""Of any unit."""


@transaction.atomic
def set_own_deadline(
    *, actor: Actor, at: dt.datetime, key: str, length: Length, from_on: dt.date, basis: str = ""
) -> None:
    """From a day on, this many days or weeks: a row of the municipality's own, for `basis` alone where one is named.

    The row before it ends there and stays, so that it can be seen what was promised when. Raises Refused.
    """
    actor.may(Capability.RULES_CHECK).or_raise()
    on = clock.day_of(at)
    if actor.municipality is None:
        raise Refused(RuleRefusal.NO_MUNICIPALITY)
    if from_on < on:
        raise Refused(RuleRefusal.DAY_IS_PAST)
    if not 0 < length.count <= LONGEST:
        raise Refused(RuleRefusal.NOT_A_LENGTH)
    full_key, content = _said(key, basis, from_on)
    _end_before(actor.municipality, full_key, from_on, at)
    row = Provision.objects.create(
        kind=ProvisionKind.DEADLINE.value,
        key=full_key,
        municipality=actor.municipality,
        content=content | {"length": f"{length.count} {length.unit}"},
        source=actor.organisation_name,
        read=Read.LOCAL.value,
        valid=DateRange(from_on, None),
        loaded_at=at,
    )
    access.record(
        actor=actor,
        at=at,
        kind="rule.set",
        subject="rule",
        subject_id=row.id,
        data={"key": full_key, "length": f"{length.count} {length.unit}", "from_on": from_on.isoformat()},
    )
    queries.forget()
    transaction.on_commit(queries.forget)


def _said(key: str, basis: str, on: dt.date) -> tuple[str, dict[str, object]]:
    """The key of the row, and the words of the rule that it is in the place of."""
    try:
        shipped = queries.deadline_rule(key, at=on, about=basis)
        named = queries.legal_basis(basis, at=on).name if basis else ""
    except queries.UnknownProvision as error:
        raise Refused(RuleRefusal.NO_SUCH_RULE) from error
    if shipped.about.read != Read.LOCAL:
        raise Refused(RuleRefusal.SET_BY_LAW)
    content: dict[str, object] = Provision.objects.get(id=shipped.about.id).content
    if not basis:
        return key, content
    is_general = shipped.key == key
    return f"{key}/{basis}", content | ({"name": f"{shipped.name}: {named}"} if is_general else {})


def _end_before(municipality: int, key: str, from_on: dt.date, at: dt.datetime) -> None:
    own = Provision.objects.filter(
        kind=ProvisionKind.DEADLINE, key=key, municipality=municipality, replaced_at__isnull=True
    ).select_for_update(of=("self",))
    own.filter(valid__startswith__gte=from_on).update(replaced_at=at)
    for row in own.filter(Q(valid__contains=from_on)):
        row.valid = DateRange(row.valid.lower, from_on)
        row.save(update_fields=["valid"])
