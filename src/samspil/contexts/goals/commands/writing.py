"""What every change of a goal goes through: held, compared, recorded."""

import datetime as dt
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import policy
from samspil.contexts.goals.models import Goal, Purpose
from samspil.contexts.goals.queries.goals import case_for
from samspil.kernel.verdict import ConcurrentChange

TEXTS = ("citizen_words", "wording", "if_reached", "if_not_reached")


def goal_to_change(actor: Actor, goal_id: UUID, *, level: str | None = None) -> Goal:
    """The goal with its case held for this transaction. Raises DoesNotExist for those without business there."""
    case = case_for(actor, _case_id_of(goal_id), lock=True)
    rows = Goal.objects.filter(case=case, **({"level": level} if level else {}))
    goal: Goal = rows.get(id=goal_id)
    goal.case = case
    policy.is_open(case).or_raise()
    return goal


def refuse_if_changed_meanwhile(goal: Goal, version: int | None, changes: dict[str, Any]) -> None:
    if version is None or version == goal.version:
        return
    texts = [name for name in ("title", *TEXTS) if name in changes]
    raise ConcurrentChange(
        theirs="\n".join(filter(None, (str(getattr(goal, name)) for name in texts))),
        yours="\n".join(filter(None, (str(changes[name]) for name in texts))),
    )


def _case_id_of(goal_id: UUID) -> UUID:
    found: UUID = Goal.objects.values_list("case_id", flat=True).get(id=goal_id)
    return found


def has_purpose(case: cases.Case) -> bool:
    return Purpose.objects.filter(case=case, runs__upper_inf=True).exists()


def recorded(
    actor: Actor, at: dt.datetime, case: cases.Case, kind: str, subject: str, subject_id: UUID, **data: Any
) -> UUID:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=case.id,
        subject=subject,
        subject_id=subject_id,
        municipality=case.municipality,
        data=data,
    )
    return subject_id
