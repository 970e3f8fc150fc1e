"""What a provider recommends becomes a task for the authority, and is finished when it is answered."""

import datetime as dt

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import rules
from samspil.contexts.goals.models import Goal
from samspil.kernel import clock
from samspil.kernel.workdays import add_workdays


def ask_coordinator(actor: Actor, at: dt.datetime, case: cases.Case, goal: Goal, *, what: str) -> None:
    coordinator = case.coordinator
    cases.add_task(
        actor=actor,
        at=at,
        case_id=case.id,
        text=what[:400],
        owner_name=coordinator.name if coordinator else "Kommunen",
        owner_id=coordinator.id if coordinator else None,
        owner_side=Side.AUTHORITY,
        due_on=add_workdays(clock.day_of(at), rules.ANSWER_WORKDAYS),
        source=cases.TaskSource.CHANGE,
        source_id=goal.id,
    )


def finish_question(actor: Actor, at: dt.datetime, goal: Goal) -> None:
    waiting = cases.Task.objects.filter(source=cases.TaskSource.CHANGE, source_id=goal.id, status="open")
    for task_id in waiting.values_list("id", flat=True):
        cases.finish_task(actor=actor, at=at, task_id=task_id)
