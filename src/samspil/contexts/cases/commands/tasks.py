"""Promises: made, kept, taken up again, called off."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import policy
from samspil.contexts.cases.commands.writing import case_held, record, written
from samspil.contexts.cases.enums import CaseRefusal, TaskSource, TaskStatus
from samspil.contexts.cases.models import Case, Task
from samspil.contexts.citizens.api import Scope

LONGEST_TEXT = 400


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    text: str,
    owner_name: str,
    owner_side: str,
    due_on: dt.date | None,
    source: str = TaskSource.MANUAL,
    owner_id: UUID | None = None,
    source_id: UUID | None = None,
    is_hidden: bool = False,
) -> UUID:
    """Write down what somebody has promised to do by a day. Raises Refused and Case.DoesNotExist.

    `is_hidden` keeps it from the citizen, as the words that it follows from are.
    """
    case = Case.objects.acted_on_by(actor).only("id", "municipality", "status").get(id=case_id)
    policy.may_add_task(actor, case.status, source=source, due_on=due_on).or_raise()
    task = Task.objects.create(
        municipality=case.municipality,
        case=case,
        text=written(text, LONGEST_TEXT, required=CaseRefusal.NOTHING_WRITTEN),
        owner_id=owner_id,
        owner_name=" ".join(written(owner_name, 120, required=CaseRefusal.OWNER_MISSING).split()),
        owner_side=owner_side,
        due_on=due_on,
        source=TaskSource(source),
        source_id=source_id,
        created_at=at,
        is_hidden=is_hidden,
    )
    _record(actor, at, "task.added", task, source=str(task.source))
    return task.id


@transaction.atomic
def finish_task(*, actor: Actor, at: dt.datetime, task_id: UUID) -> None:
    task = _held(actor, task_id)
    policy.may_finish(actor, status=task.status, owner_id=task.owner_id, owner_side=task.owner_side).or_raise()
    Task.objects.filter(id=task.id).update(status=TaskStatus.DONE, done_at=at)
    _record(actor, at, "task.finished", task)


@transaction.atomic
def reopen_task(*, actor: Actor, at: dt.datetime, task_id: UUID) -> None:
    """Take up again what was ticked off by mistake."""
    task = _held(actor, task_id)
    policy.may_reopen(actor, status=task.status, owner_id=task.owner_id, owner_side=task.owner_side).or_raise()
    policy.is_open(case_held(actor, task.case_id).status).or_raise()
    Task.objects.filter(id=task.id).update(status=TaskStatus.OPEN, done_at=None)
    _record(actor, at, "task.reopened", task)


@transaction.atomic
def cancel_task(*, actor: Actor, at: dt.datetime, task_id: UUID) -> None:
    """Call off a promise that no longer makes sense."""
    task = _held(actor, task_id)
    policy.may_finish(actor, status=task.status, owner_id=task.owner_id, owner_side=task.owner_side).or_raise()
    _cancel(actor, at, [task])


@transaction.atomic
def cancel_tasks_of(*, actor: Actor, at: dt.datetime, source: str, source_ids: Sequence[UUID]) -> None:
    """Call off the open tasks that came from what is now corrected or withdrawn. Done ones stay done."""
    if source_ids:
        rows = Task.objects.filter(case__in=Case.objects.acted_on_by(actor), source=source, source_id__in=source_ids)
        _cancel(actor, at, rows.filter(status=TaskStatus.OPEN).order_by("id").select_for_update(of=("self",)))


def cancel_open_tasks(actor: Actor, at: dt.datetime, case: Case) -> None:
    """In the transaction of the one who closes the case."""
    _cancel(actor, at, Task.objects.filter(case=case, status=TaskStatus.OPEN).order_by("id").select_for_update())


def _cancel(actor: Actor, at: dt.datetime, tasks: Iterable[Task]) -> None:
    for task in tasks:
        Task.objects.filter(id=task.id).update(status=TaskStatus.CANCELLED)
        _record(actor, at, "task.cancelled", task)


def _held(actor: Actor, task_id: UUID) -> Task:
    task: Task = (
        Task.objects.filter(case__in=Case.objects.acted_on_by(actor, Scope.AGREEMENTS))
        .select_for_update(of=("self",), no_key=True)
        .get(id=task_id)
    )
    return task


def _record(actor: Actor, at: dt.datetime, kind: str, task: Task, **data: str) -> None:
    record(actor, at, kind, municipality=task.municipality, case_id=task.case_id, subject_id=task.id, **data)
