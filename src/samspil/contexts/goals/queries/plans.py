"""The versions of the action plan: as they were, and what changed between two."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.goals.enums import GoalStatus
from samspil.contexts.goals.models import PlanVersion
from samspil.contexts.goals.queries.shapes import (
    GoalsView,
    NewPlan,
    PlanAgreement,
    PlanChange,
    PlanContent,
    PlanGoal,
    PlanRating,
    PlanSubGoal,
    PlanView,
)
from samspil.kernel import clock

_COMPARED = (
    "title",
    "citizen_words",
    "wording",
    "status",
    "theme",
    "goal_type_words",
    "expected_level_words",
    "if_reached",
    "if_not_reached",
    "follow_up_on",
)


def plan_versions(actor: Actor, case_id: UUID) -> tuple[PlanView, ...]:
    """Newest first; withdrawn ones are left out. Empty for strangers."""
    rows = PlanVersion.objects.visible_to(actor).filter(case_id=case_id, withdrawn_at__isnull=True)
    return tuple(_view(row) for row in rows.select_related("case").order_by("-number"))


def new_plans(actor: Actor, *, since: dt.datetime) -> tuple[NewPlan, ...]:
    """The newest plan of each case that got one since then, the latest first. One query."""
    found = (
        NewPlan(plan_id, case_id, citizen_id, f"{first} {last}", made_at, made_by_name)
        for plan_id, case_id, citizen_id, first, last, made_at, made_by_name in _newest(actor, since)
    )
    return tuple(sorted(found, key=lambda plan: plan.made_at, reverse=True))


@prepared
def _newest(actor: Actor, since: dt.datetime) -> QuerySet[PlanVersion, tuple[Any, ...]]:
    rows = PlanVersion.objects.visible_to(actor).filter(made_at__gte=since, withdrawn_at__isnull=True)
    name = ("case__citizen__first_name", "case__citizen__last_name")
    newest = rows.order_by("case_id", "-number").distinct("case_id")
    return newest.values_list("id", "case_id", "case__citizen_id", *name, "made_at", "made_by_name")


def plan(actor: Actor, plan_id: UUID) -> PlanView:
    """One version as it was made, also a withdrawn one. Raises PlanVersion.DoesNotExist."""
    return _view(PlanVersion.objects.visible_to(actor).select_related("case").get(id=plan_id))


def compare_plans(before: PlanView, after: PlanView) -> tuple[PlanChange, ...]:
    """What is different in `after`, goal by goal in its order, then the goals that are gone."""
    return tuple(_differences(before.content, after.content))


def _differences(before: PlanContent, after: PlanContent) -> Iterator[PlanChange]:
    for name in ("purpose_citizen_words", "purpose_wording"):
        if getattr(before, name) != getattr(after, name):
            yield PlanChange("", name, getattr(before, name), getattr(after, name))
    earlier = {goal.root_id: goal for goal in before.goals}
    for goal in after.goals:
        was = earlier.pop(goal.root_id, None)
        if was is None:
            yield PlanChange(goal.title, "new_goal", "", goal.citizen_words or goal.title)
            continue
        yield from (
            PlanChange(goal.title, name, _shown(was, name), _shown(goal, name))
            for name in _COMPARED
            if getattr(was, name) != getattr(goal, name)
        )
        yield from _differences_in_steps(was, goal)
    for gone in earlier.values():
        yield PlanChange(gone.title, "goal_gone", gone.citizen_words or gone.title, "")


def _differences_in_steps(was: PlanGoal, goal: PlanGoal) -> Iterator[PlanChange]:
    earlier = {step.id: step for step in was.sub_goals}
    for step in goal.sub_goals:
        old = earlier.pop(step.id, None)
        if old is None:
            yield PlanChange(goal.title, "new_sub_goal", "", step.title)
        elif old.title != step.title:
            yield PlanChange(goal.title, "sub_goal_title", old.title, step.title)
        elif old.status != step.status:
            yield PlanChange(goal.title, f"sub_goal_{step.status}", old.title, step.title)
    for gone in earlier.values():
        yield PlanChange(goal.title, "sub_goal_gone", gone.title, "")


def _shown(goal: PlanGoal, name: str) -> str:
    value = getattr(goal, name)
    if name == "status":
        return str(GoalStatus(value).label)
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def content_of(case: cases.Case, goals: GoalsView, *, municipality_name: str) -> dict[str, Any]:
    """The plan as it stands now, ready to be frozen."""
    shown = [goal for goal in goals.running + goals.over if goal.status != GoalStatus.ENDED]
    tasks = cases.Task.objects.filter(case_id=case.id, status="open", is_hidden=False)
    tasks = tasks.filter(source__in=("board", "note", "manual"))
    content = PlanContent(
        citizen_name=goals.citizen_name,
        case_number=case.number,
        municipality_name=municipality_name,
        coordinator_name=case.coordinator.name if case.coordinator else "",
        coordinator_title=case.coordinator.title if case.coordinator else "",
        purpose_citizen_words=goals.purpose.citizen_words if goals.purpose else "",
        purpose_wording=goals.purpose.wording if goals.purpose else "",
        goals=tuple(
            PlanGoal(
                id=goal.id,
                root_id=(goal.id, *goal.earlier_ids)[-1],
                title=goal.title,
                citizen_words=goal.citizen_words,
                wording=goal.wording,
                status=goal.status,
                pictogram=goal.pictogram,
                theme=goal.theme,
                goal_type_words=goal.goal_type_words,
                expected_level_words=goal.expected_level_words,
                if_reached=goal.if_reached,
                if_not_reached=goal.if_not_reached,
                responsible_name=goal.responsible_name,
                follow_up_on=goal.follow_up_on,
                ratings=tuple(PlanRating(r.side, r.by_name, r.value, r.words, clock.day_of(r.at)) for r in goal.latest),
                sub_goals=tuple(
                    PlanSubGoal(s.id, s.title, s.status, s.pictogram)
                    for s in goal.sub_goals
                    if s.status not in (GoalStatus.ENDED, GoalStatus.PROPOSED)
                ),
            )
            for goal in shown
        ),
        agreements=tuple(
            PlanAgreement(task.text, task.owner_name, task.due_on) for task in tasks.order_by("due_on", "created_at")
        ),
    )
    return {"shape": 1, **_plain(asdict(content))}


def _plain(value: Any) -> Any:
    """Dates as ISO text and ids as text, all the way down."""
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case dt.date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


def _view(row: PlanVersion) -> PlanView:
    return PlanView(
        id=row.id,
        case_id=row.case_id,
        citizen_id=row.case.citizen_id,
        number=row.number,
        made_at=row.made_at,
        made_by_name=row.made_by_name,
        meeting_id=row.meeting_id,
        is_withdrawn=row.withdrawn_at is not None,
        content=_read(row.content),
    )


def _read(content: dict[str, Any]) -> PlanContent:
    plain = {key: value for key, value in content.items() if key not in {"shape", "goals", "agreements"}}
    return PlanContent(
        **plain,
        goals=tuple(_read_goal(goal) for goal in content["goals"]),
        agreements=tuple(PlanAgreement(a["text"], a["who"], _day(a["due_on"])) for a in content["agreements"]),
    )


def _read_goal(goal: dict[str, Any]) -> PlanGoal:
    return PlanGoal(
        **(
            goal
            | {
                "id": UUID(goal["id"]),
                "root_id": UUID(goal["root_id"]),
                "follow_up_on": _day(goal["follow_up_on"]),
                "ratings": tuple(PlanRating(**(r | {"on": _day(r["on"])})) for r in goal["ratings"]),
                "sub_goals": tuple(PlanSubGoal(**(s | {"id": UUID(s["id"])})) for s in goal["sub_goals"]),
            }
        )
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
