"""What has been promised: in a case, and by one person across cases."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import policy, rules
from samspil.contexts.cases.enums import TaskSource, TaskStatus
from samspil.contexts.cases.models import Case, Task
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


def tasks_of(
    actor: Actor, case_id: UUID, *, statuses: Sequence[str] = (TaskStatus.OPEN,), limit: int = 100
) -> tuple[TaskView, ...]:
    """The tasks of one case, the soonest first. Those without business there get none."""
    rows = Task.objects.filter(case__in=Case.objects.acted_on_by(actor).filter(id=case_id), status__in=statuses)
    return _views(actor, _by_day(rows.open_to(actor))[:limit])


def my_tasks(actor: Actor, *, limit: int = 200, done_since: dt.datetime | None = None) -> tuple[TaskView, ...]:
    """What this person has promised and not yet done, in all cases the person still has business in.

    With `done_since` also what was done since then, so that it can be taken up again.
    """
    wanted = Q(status=TaskStatus.OPEN)
    if done_since is not None:
        wanted |= Q(status=TaskStatus.DONE, done_at__gte=done_since)
    rows = Task.objects.visible_to(actor).filter(wanted, owner_id=actor.user_id)
    return _views(actor, _by_day(rows)[:limit])


def task(actor: Actor, task_id: UUID) -> TaskView:
    """Raises Task.DoesNotExist."""
    rows = Task.objects.filter(case__in=Case.objects.acted_on_by(actor), id=task_id)
    found = _views(actor, rows.open_to(actor))
    if not found:
        raise Task.DoesNotExist
    return found[0]


def _by_day(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.order_by(F("due_on").asc(nulls_last=True), "id")


def _views(actor: Actor, rows: QuerySet[Task]) -> tuple[TaskView, ...]:
    fields = (
        "id", "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name", "text",
        "owner_name", "owner_id", "owner_side", "due_on", "status", "done_at", "created_at", "source", "source_id",
    )  # fmt: skip
    return tuple(_view(actor, *row) for row in rows.values_list(*fields))


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
