"""What every change here goes through: found, held, recorded."""

import datetime as dt
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.enums import DeadlineRefusal
from samspil.contexts.deadlines.models import Deadline
from samspil.kernel.verdict import Refused


def rule_now(kind: str, about: str, municipality: int, on: dt.date) -> catalogue.DeadlineRule:
    try:
        return catalogue.deadline_rule(kind, at=on, about=about, municipality=municipality)
    except catalogue.UnknownProvision as error:
        raise Refused(DeadlineRefusal.NO_SUCH_RULE) from error


def counted(rule: catalogue.DeadlineRule, from_on: dt.date) -> rules.Days:
    return rules.days_of(
        from_on=from_on, length=rule.length, fixed_on=rule.fixed_on, whose=rule.whose, warn_share=rule.warn_share
    )


def held(actor: Actor, deadline_id: UUID) -> Deadline:
    """Held until the transaction ends. Raises Deadline.DoesNotExist for those without business in the case."""
    seen = cases.Case.objects.acted_on_by(actor, policy.scope_of(actor))
    rows = Deadline.objects.filter(case__in=seen).select_for_update(of=("self",), no_key=True)
    found: Deadline = rows.get(id=deadline_id)
    return found


def record(actor: Actor, at: dt.datetime, kind: str, deadline: Deadline, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=deadline.case_id,
        subject="deadline",
        subject_id=deadline.id,
        municipality=deadline.municipality,
        data={"kind": deadline.kind, "due_on": deadline.due_on.isoformat(), **data},
    )
