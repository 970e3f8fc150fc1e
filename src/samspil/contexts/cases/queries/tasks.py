"""What has been promised: in a case, and by one person across cases."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases import policy, rules
from samspil.contexts.cases.enums import TaskSource, TaskStatus
from samspil.contexts.cases.models import Case, Task
from samspil.contexts.citizens.api import Scope
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class TaskView:
    """`when` sorts it into the day: overdue, today, week, later or undated."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    text: str
    owner_name: str
    owner_id: UUID | None
    owner_side: str
    due_on: dt.date | None
    when: rules.When
    status: str
    done_at: dt.datetime | None
    created_at: dt.datetime
    source: str
    source_id: UUID | None
    is_mine: bool
    may_finish: Verdict
    may_reopen: Verdict

    @property
    def source_words(self) -> str:
        return str(TaskSource(self.source).label)


_FIELDS = (
    "id", "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name", "text",
    "owner_name", "owner_id", "owner_side", "due_on", "status", "done_at", "created_at", "source", "source_id",
)  # fmt: skip


def tasks_of(
    actor: Actor,
    case_id: UUID,
    *,
    statuses: Sequence[str] = (TaskStatus.OPEN,),
    done_since: dt.datetime | None = None,
    limit: int = 100,
) -> tuple[TaskView, ...]:
    """The tasks of one case, the soonest first, with `done_since` also what was done since then. Those without
    business there get none."""
    return _views(actor, _of_case(actor, case_id, tuple(map(TaskStatus, statuses)), done_since, limit))


def my_tasks(actor: Actor, *, limit: int = 200, done_since: dt.datetime | None = None) -> tuple[TaskView, ...]:
    """What this person has promised and not yet done, in all cases the person still has business in.

    With `done_since` also what was done since then, so that it can be taken up again.
    """
    return _views(actor, _of_owner(actor, done_since, limit))


def task(actor: Actor, task_id: UUID) -> TaskView:
    """Raises Task.DoesNotExist."""
    rows = Task.objects.filter(case__in=Case.objects.acted_on_by(actor, Scope.AGREEMENTS), id=task_id)
    found = _views(actor, rows.open_to(actor).values_list(*_FIELDS))
    if not found:
        raise Task.DoesNotExist
    return found[0]


@prepared
def _of_case(
    actor: Actor, case_id: UUID, statuses: tuple[TaskStatus, ...], done_since: dt.datetime | None, limit: int
) -> QuerySet[Task, tuple[Any, ...]]:
    wanted = Q(status__in=statuses)
    if done_since is not None:
        wanted |= Q(status=TaskStatus.DONE, done_at__gte=done_since)
    seen = Case.objects.acted_on_by(actor, Scope.AGREEMENTS).filter(id=case_id)
    rows = Task.objects.filter(wanted, case__in=seen)
    return _by_day(rows.open_to(actor))[:limit]


@prepared
def _of_owner(actor: Actor, done_since: dt.datetime | None, limit: int) -> QuerySet[Task, tuple[Any, ...]]:
    wanted = Q(status=TaskStatus.OPEN)
    if done_since is not None:
        wanted |= Q(status=TaskStatus.DONE, done_at__gte=done_since)
    return _by_day(Task.objects.visible_to(actor).filter(wanted, owner_id=actor.user_id))[:limit]


def _by_day(rows: QuerySet[Task]) -> QuerySet[Task, tuple[Any, ...]]:
    return rows.order_by(F("due_on").asc(nulls_last=True), "id").values_list(*_FIELDS)


def _views(actor: Actor, rows: Iterable[tuple[Any, ...]]) -> tuple[TaskView, ...]:
    return tuple(_view(actor, *row) for row in rows)


def _view(
    actor: Actor,
    task_id: UUID,
    case_id: UUID,
    citizen_id: UUID,
    first_name: str,
    last_name: str,
    text: str,
    owner_name: str,
    owner_id: UUID | None,
    owner_side: str,
    due_on: dt.date | None,
    status: str,
    done_at: dt.datetime | None,
    created_at: dt.datetime,
    source: str,
    source_id: UUID | None,
) -> TaskView:
    return TaskView(
        id=task_id,
        case_id=case_id,
        citizen_id=citizen_id,
        citizen_name=f"{first_name} {last_name}",
        text=text,
        owner_name=owner_name,
        owner_id=owner_id,
        owner_side=owner_side,
        due_on=due_on,
        when=rules.when_due(due_on, on=actor.on),
        status=status,
        done_at=done_at,
        created_at=created_at,
        source=source,
        source_id=source_id,
        is_mine=owner_id is not None and owner_id == actor.user_id,
        may_finish=policy.may_finish(actor, status=status, owner_id=owner_id, owner_side=owner_side),
        may_reopen=policy.may_reopen(actor, status=status, owner_id=owner_id, owner_side=owner_side),
    )
