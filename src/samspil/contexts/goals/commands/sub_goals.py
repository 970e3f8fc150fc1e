"""Sub-goals: the provider's steps towards a goal, also in the citizen's words and with a picture."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.goals import policy, rules
from samspil.contexts.goals.commands.texts import cleaned, title_of
from samspil.contexts.goals.commands.writing import goal_to_change, recorded, refuse_if_changed_meanwhile
from samspil.contexts.goals.enums import GoalLevel, GoalRefusal, GoalStatus
from samspil.contexts.goals.models import Goal
from samspil.kernel import clock
from samspil.kernel.verdict import ALLOWED, Verdict


@transaction.atomic
def add_sub_goal(
    *,
    actor: Actor,
    at: dt.datetime,
    goal_id: UUID,
    title: str,
    citizen_words: str = "",
    pictogram: str = "",
    follow_up_on: dt.date | None = None,
    responsible_name: str = "",
    status: str = GoalStatus.ACTIVE,
) -> UUID:
    """Add a step under a goal that is running or proposed."""
    goal = goal_to_change(actor, goal_id)
    if goal.level == GoalLevel.SUB_GOAL:
        Verdict(GoalRefusal.PARENT_IS_SUB_GOAL).or_raise()
    alive = goal.status in (*rules.RUNNING, GoalStatus.PROPOSED)
    (
        policy.may_edit_sub_goals(actor)
        & (ALLOWED if alive else Verdict(GoalRefusal.PARENT_NOT_RUNNING))
        & rules.may_follow_up(day=follow_up_on, on=clock.day_of(at))
    ).or_raise()
    step = Goal.objects.create(
        municipality=goal.municipality,
        case=goal.case,
        parent=goal,
        level=GoalLevel.SUB_GOAL,
        status=status,
        order=Goal.objects.filter(parent=goal).count() + 1,
        title=title_of(title),
        citizen_words=cleaned(citizen_words),
        pictogram=pictogram,
        responsible_name=responsible_name,
        follow_up_on=follow_up_on,
        started_on=clock.day_of(at),
        proposed_by_side=Side.AUTHORITY if actor.side == Side.SYSTEM else actor.side,
    )
    return recorded(actor, at, goal.case, "sub_goal.added", "goal", step.id, goal=str(goal.id))


@transaction.atomic
def change_sub_goal(
    *,
    actor: Actor,
    at: dt.datetime,
    goal_id: UUID,
    version: int | None = None,
    title: str | None = None,
    citizen_words: str | None = None,
    pictogram: str | None = None,
    follow_up_on: dt.date | None = None,
    responsible_name: str | None = None,
) -> None:
    """Change what is given. Raises ConcurrentChange when `version` is no longer the newest."""
    step = goal_to_change(actor, goal_id, level=GoalLevel.SUB_GOAL)
    moved = None if follow_up_on == step.follow_up_on else follow_up_on
    (
        rules.is_alive(step.status)
        & policy.may_edit_sub_goals(actor)
        & rules.may_follow_up(day=moved, on=clock.day_of(at))
    ).or_raise()
    given = {
        "title": None if title is None else title_of(title),
        "citizen_words": None if citizen_words is None else cleaned(citizen_words),
        "pictogram": pictogram,
        "follow_up_on": follow_up_on,
        "responsible_name": responsible_name,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    refuse_if_changed_meanwhile(step, version, changes)
    Goal.objects.filter(id=step.id).update(**changes, version=step.version + 1)
    recorded(actor, at, step.case, "sub_goal.changed", "goal", step.id, fields=sorted(changes))
