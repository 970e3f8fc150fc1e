"""Purpose and goals: set, change, move."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import policy, rules
from samspil.contexts.goals.commands.questions import ask_coordinator, finish_question
from samspil.contexts.goals.commands.texts import cleaned, theme_of, title_of
from samspil.contexts.goals.commands.writing import (
    TEXTS,
    goal_to_change,
    has_purpose,
    recorded,
    refuse_if_changed_meanwhile,
)
from samspil.contexts.goals.enums import GoalLevel, GoalRefusal, GoalStatus
from samspil.contexts.goals.models import Goal, Purpose, Rating
from samspil.contexts.goals.queries.goals import case_for
from samspil.kernel import clock
from samspil.kernel.verdict import ConcurrentChange, Verdict


@transaction.atomic
def set_purpose(
    *, actor: Actor, at: dt.datetime, case_id: UUID, citizen_words: str, wording: str = "", version: int | None = None
) -> UUID:
    """Say what the help is for. A new purpose follows the old one, which stays readable.

    `version` is the one that was on the screen; ConcurrentChange when somebody else has said another since.
    """
    case = case_for(actor, case_id, lock=True)
    (policy.may_edit(actor) & policy.is_open(case)).or_raise()
    words = cleaned(citizen_words, required=GoalRefusal.NO_WORDS)
    professional = cleaned(wording)
    today = clock.day_of(at)
    old = Purpose.objects.filter(case=case, runs__upper_inf=True).first()
    if version is not None and version != (old.version if old else 0):
        theirs = "\n".join(filter(None, [old.citizen_words, old.wording])) if old else ""
        raise ConcurrentChange(theirs=theirs, yours="\n".join(filter(None, [words, professional])))
    if old and old.runs.lower < today:
        Purpose.objects.filter(id=old.id).update(runs=(old.runs.lower, today))
    elif old:  # said again on the same day: the first attempt never took effect
        Purpose.objects.filter(id=old.id).update(citizen_words=words, wording=professional, version=old.version + 1)
        return recorded(actor, at, case, "purpose.changed", "purpose", old.id)
    purpose = Purpose.objects.create(
        municipality=case.municipality,
        case=case,
        citizen_words=words,
        wording=professional,
        said_on=today,
        runs=(today, None),
        version=old.version + 1 if old else 1,
    )
    return recorded(actor, at, case, "purpose.set", "purpose", purpose.id)


@transaction.atomic
def add_goal(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    title: str,
    citizen_words: str = "",
    wording: str = "",
    theme_code: str = "",
    goal_type: str = "",
    expected_level: str = "",
    if_reached: str = "",
    if_not_reached: str = "",
    pictogram: str = "",
    follow_up_on: dt.date | None = None,
    responsible_name: str = "",
    status: str = "",
    proposed_by_side: str | None = None,
) -> UUID:
    """Add a goal. Without `status` it starts at once when all that it needs is said, otherwise it stands as proposed.

    A provider's goal is always a proposal, and a task for the authority. Refuses a fourth goal.
    """
    case = case_for(actor, case_id, lock=True)
    (policy.may_add(actor, case) & rules.may_follow_up(day=follow_up_on, on=clock.day_of(at))).or_raise()
    side = proposed_by_side or (Side.AUTHORITY if actor.side == Side.SYSTEM else actor.side)
    texts = dict(zip(TEXTS, map(cleaned, (citizen_words, wording, if_reached, if_not_reached)), strict=True))
    begins = _first_status(case, side=side, wanted=status if policy.may_edit(actor) else "proposed", texts=texts)
    goal = Goal.objects.create(
        municipality=case.municipality,
        case=case,
        level=GoalLevel.GOAL,
        status=begins,
        order=Goal.objects.filter(case=case, level=GoalLevel.GOAL).count() + 1,
        title=title_of(title),
        theme=theme_of(theme_code),
        goal_type=goal_type,
        expected_level=expected_level,
        pictogram=pictogram,
        responsible_name=responsible_name,
        follow_up_on=follow_up_on,
        started_on=clock.day_of(at),
        proposed_by_side=side,
        **texts,
    )
    if actor.side == Side.PROVIDER:
        ask_coordinator(actor, at, case, goal, what=f"{actor.name} foreslår et nyt mål: {goal.title}")
    return recorded(actor, at, case, "goal.added", "goal", goal.id, status=begins)


def _first_status(case: cases.Case, *, side: str, wanted: str, texts: dict[str, str]) -> str:
    """Active or proposed, as far as the rules go. Raises Refused where they do not."""
    counted = dict.fromkeys(GoalStatus.values, 0)
    rows = Goal.objects.filter(case=case, level=GoalLevel.GOAL).values_list("status", "proposed_by_side")
    own = 0
    for status, proposer in rows:
        counted[status] += 1
        own += status == GoalStatus.PROPOSED and proposer == side
    running = sum(counted[status] for status in rules.RUNNING)
    if side != Side.AUTHORITY and wanted == GoalStatus.PROPOSED:
        rules.may_propose_goal(waiting=own).or_raise()
        return GoalStatus.PROPOSED
    rules.may_add_goal(running=running + own).or_raise()
    if wanted == GoalStatus.PROPOSED:
        return GoalStatus.PROPOSED
    verdict = rules.may_start(
        has_purpose=has_purpose(case),
        if_reached=texts["if_reached"],
        if_not_reached=texts["if_not_reached"],
        running=running,
    )
    if wanted == GoalStatus.ACTIVE:
        verdict.or_raise()
    return GoalStatus.ACTIVE if verdict else GoalStatus.PROPOSED


@transaction.atomic
def change_goal(
    *,
    actor: Actor,
    at: dt.datetime,
    goal_id: UUID,
    version: int | None = None,
    title: str | None = None,
    citizen_words: str | None = None,
    wording: str | None = None,
    theme_code: str | None = None,
    goal_type: str | None = None,
    expected_level: str | None = None,
    if_reached: str | None = None,
    if_not_reached: str | None = None,
    pictogram: str | None = None,
    follow_up_on: dt.date | None = None,
    responsible_name: str | None = None,
) -> UUID:
    """Change what is given. Returns the goal's id: a new one when a running goal older than today became another.

    Raises ConcurrentChange with both texts when `version` is no longer the newest.
    """
    goal = goal_to_change(actor, goal_id, level=GoalLevel.GOAL)
    _may_change(actor, goal, follow_up_on, on=clock.day_of(at)).or_raise()
    changes = _changes(
        title=title,
        citizen_words=citizen_words,
        wording=wording,
        theme_code=theme_code,
        goal_type=goal_type,
        expected_level=expected_level,
        if_reached=if_reached,
        if_not_reached=if_not_reached,
        pictogram=pictogram,
        follow_up_on=follow_up_on,
        responsible_name=responsible_name,
    )
    refuse_if_changed_meanwhile(goal, version, changes)
    if goal.status in rules.RUNNING:
        rules.help_is_said(
            if_reached=changes.get("if_reached", goal.if_reached),
            if_not_reached=changes.get("if_not_reached", goal.if_not_reached),
        ).or_raise()
    is_another = any(name in changes and changes[name] != getattr(goal, name) for name in rules.SIGNIFICANT)
    is_young = goal.status == GoalStatus.PROPOSED or goal.started_on == clock.day_of(at)
    if is_another and not is_young:
        return _replace(actor, at, goal, changes)
    Goal.objects.filter(id=goal.id).update(**changes, version=goal.version + 1)
    return recorded(actor, at, goal.case, "goal.changed", "goal", goal.id, fields=sorted(changes))


def _may_change(actor: Actor, goal: Goal, follow_up_on: dt.date | None, *, on: dt.date) -> Verdict:
    """A day that is kept as it was may have passed meanwhile."""
    moved = None if follow_up_on == goal.follow_up_on else follow_up_on
    return policy.may_edit(actor) & rules.is_alive(goal.status) & rules.may_follow_up(day=moved, on=on)


def _changes(*, title: str | None, theme_code: str | None, **given: Any) -> dict[str, Any]:
    """What is given, by field and ready to be stored."""
    changes = {name: cleaned(value) if name in TEXTS else value for name, value in given.items() if value is not None}
    if title is not None:
        changes["title"] = title_of(title)
    if theme_code is not None:
        changes["theme"] = theme_of(theme_code)
    return changes


def _replace(actor: Actor, at: dt.datetime, goal: Goal, changes: dict[str, Any]) -> UUID:
    old_id, status = goal.id, goal.status
    Goal.objects.filter(id=old_id).update(
        status=GoalStatus.ENDED, ended_on=clock.day_of(at), version=goal.version + 1, asked_move="", asked_at=None
    )
    names = {field.attname for field in Goal._meta.concrete_fields} - {"id", "replaces_id", "version", "started_on"}
    fresh = Goal(
        **{name: getattr(goal, name) for name in names}, replaces_id=old_id, started_on=clock.day_of(at), version=1
    )
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.status = status
    fresh.save(force_insert=True)
    Goal.objects.filter(parent_id=old_id).update(parent_id=fresh.id)
    return recorded(actor, at, goal.case, "goal.replaced", "goal", fresh.id, replaces=str(old_id))


@transaction.atomic
def move_goal(*, actor: Actor, at: dt.datetime, goal_id: UUID, move: str) -> None:
    """Agree, pause, resume, reach, end or drop a goal or sub-goal, as the machine allows."""
    goal = goal_to_change(actor, goal_id)
    (policy.may_change(actor, level=goal.level) & rules.GOAL.may(goal.status, move)).or_raise()
    if goal.level == GoalLevel.GOAL and move in {"agree", "resume"}:
        running = Goal.objects.filter(case=goal.case, level=GoalLevel.GOAL, status__in=rules.RUNNING)
        rules.may_start(
            has_purpose=has_purpose(goal.case),
            if_reached=goal.if_reached,
            if_not_reached=goal.if_not_reached,
            running=running.exclude(id=goal.id).count(),
        ).or_raise()
    after = rules.GOAL.after(goal.status, move)
    today = clock.day_of(at)
    Goal.objects.filter(id=goal.id).update(
        status=after,
        reached_on=today if after == GoalStatus.REACHED else None if move == "resume" else goal.reached_on,
        ended_on=today if after == GoalStatus.ENDED else None,
        started_on=today if move == "agree" else goal.started_on,
        asked_move="",
        asked_words="",
        asked_by_name="",
        asked_at=None,
        version=goal.version + 1,
    )
    if after == GoalStatus.ENDED:
        steps = Goal.objects.filter(parent_id=goal.id).exclude(status__in=("reached", "ended"))
        steps.update(status=GoalStatus.ENDED, ended_on=today)
    if goal.asked_at is not None or goal.status == GoalStatus.PROPOSED:
        finish_question(actor, at, goal)
    recorded(actor, at, goal.case, "goal.moved", "goal", goal.id, move=move, status=after)


@transaction.atomic
def withdraw_goal(*, actor: Actor, at: dt.datetime, goal_id: UUID) -> None:
    """Take back a goal that should not have been set. It ends; where nobody has built on it, it is shown no more."""
    goal = goal_to_change(actor, goal_id)
    move_goal(actor=actor, at=at, goal_id=goal_id, move="drop" if goal.status == GoalStatus.PROPOSED else "end")
    is_built_on = (
        Goal.objects.filter(Q(parent_id=goal_id) | Q(replaces_id=goal_id)).exists()
        or Rating.objects.filter(goal_id=goal_id, withdrawn_at__isnull=True).exists()
    )
    if not is_built_on:
        Goal.objects.filter(id=goal_id).update(withdrawn_at=at)
