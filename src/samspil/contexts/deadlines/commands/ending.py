"""A deadline is kept, or is needed no more."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.commands.writing import held, record
from samspil.contexts.deadlines.models import Deadline


@transaction.atomic
def meet_deadline(*, actor: Actor, at: dt.datetime, deadline_id: UUID) -> None:
    """What it was about is done. Raises Refused when it has ended already."""
    _end(actor, at, held(actor, deadline_id), "meet")


@transaction.atomic
def tick_deadline(*, actor: Actor, at: dt.datetime, deadline_id: UUID) -> None:
    """By hand, on a page: only what no decision, hearing or complaint keeps by itself."""
    deadline = held(actor, deadline_id)
    verdict = policy.may_tick(
        actor, kind=deadline.kind, status=deadline.status, turn=deadline.turn, subject_id=deadline.subject_id
    )
    verdict.or_raise()
    _end(actor, at, deadline, "meet")


@transaction.atomic
def meet_deadlines_of(
    *, actor: Actor, at: dt.datetime, case_id: UUID, kind: str, subject_id: UUID | None = None
) -> int:
    """Those of a kind about one thing, of which there may be none: how many were met."""
    return _end_all(actor, at, _running(actor, case_id, kind, subject_id), "meet")


@transaction.atomic
def cancel_deadlines_of(
    *, actor: Actor, at: dt.datetime, case_id: UUID, kind: str, subject_id: UUID | None = None
) -> int:
    """Call off what no longer makes sense, such as the hearing of a case that was withdrawn."""
    return _end_all(actor, at, _running(actor, case_id, kind, subject_id), "cancel")


def _running(actor: Actor, case_id: UUID, kind: str, subject_id: UUID | None) -> QuerySet[Deadline]:
    seen = cases.Case.objects.acted_on_by(actor, policy.scope_of(actor)).filter(id=case_id)
    rows: QuerySet[Deadline] = Deadline.objects.filter(
        case__in=seen, kind=kind, subject_id=subject_id, status__in=rules.RUNNING
    )
    return rows.select_for_update(of=("self",), no_key=True).order_by("id")


def _end_all(actor: Actor, at: dt.datetime, rows: QuerySet[Deadline], move: str) -> int:
    policy.may_set_running(actor).or_raise()
    found = list(rows)
    for deadline in found:
        _end(actor, at, deadline, move)
    return len(found)


def _end(actor: Actor, at: dt.datetime, deadline: Deadline, move: str) -> None:
    policy.may_end(actor, deadline.status, move).or_raise()
    status = rules.DEADLINE.after(deadline.status, move)
    Deadline.objects.filter(id=deadline.id).update(status=status, acts_on=None, ended_at=at)
    record(actor, at, f"deadline.{status}", deadline, was=deadline.status)
