"""The goals of a case with their voices and history, in five queries however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.citizens.api import Scope, may
from samspil.contexts.goals import policy, rules
from samspil.contexts.goals.enums import GoalLevel, GoalStatus, RaterSide
from samspil.contexts.goals.models import Goal, Purpose, Rating
from samspil.contexts.goals.queries.shapes import (
    Asked,
    GoalsView,
    GoalView,
    PurposeView,
    RatingView,
    RunningGoal,
    SubGoalView,
)
from samspil.kernel import clock

_VOICES = (RaterSide.PROVIDER, RaterSide.CITIZEN, RaterSide.AUTHORITY)
_TO_NOTE = (*rules.RUNNING, GoalStatus.REACHED)
_OVER = (GoalStatus.REACHED, GoalStatus.ENDED)


def case_for(actor: Actor, case_id: UUID, *, lock: bool = False) -> cases.Case:
    """The case behind a page or a command; raises Case.DoesNotExist. The system acts in its municipality's cases.

    `lock` holds the case until the transaction ends, so that two people cannot both set the third goal.
    """
    return _case.get(actor, case_id, lock)


@prepared
def _case(actor: Actor, case_id: UUID, lock: bool) -> QuerySet[cases.Case]:
    rows = cases.Case.objects.acted_on_by(actor, Scope.PLAN).filter(id=case_id).select_related("citizen", "coordinator")
    return rows.select_for_update(of=("self",), no_key=True) if lock else rows


def goals_for(actor: Actor, case_id: UUID, *, case: cases.CaseFacts | None = None) -> GoalsView:
    """Everything about the goals of one case. Raises Case.DoesNotExist for those without business there, Refused for
    a relative who is not let see the plan.

    A page that has read the facts of the `case` already hands them over.
    """
    may(actor, Scope.PLAN).or_raise()
    case = case or cases.case_facts(actor, case_id)
    purpose = _purpose.first(case_id)
    rows = _goals(case_id)
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    ratings = _ratings(case_id)
    words = _words_of_codes(rows)
    earlier = lineage(rows)
    sub_goals = defaultdict(list)
    for row in rows:
        if row.parent_id:
            sub_goals[row.parent_id].append(_sub_goal(row))
    goals = [
        _goal(row, actor, words, ratings, sub_goals[row.id], tuple(earlier[row.id]))
        for row in rows
        if row.level == GoalLevel.GOAL and row.id not in replaced
    ]
    running = tuple(goal for goal in goals if goal.status in rules.RUNNING)
    proposed = tuple(goal for goal in goals if goal.status == GoalStatus.PROPOSED)
    waiting = sum(goal.proposed_by_side == actor.side for goal in proposed)
    open_case = policy.is_open(case)
    edit, propose = policy.may_edit(actor), policy.may_propose(actor)
    return GoalsView(
        case_id=case_id,
        citizen_id=case.citizen_id,
        citizen_name=case.name,
        citizen_first_name=case.first_name,
        purpose=PurposeView(purpose.citizen_words, purpose.wording, purpose.said_on, purpose.version)
        if purpose
        else None,
        running=running,
        proposed=proposed,
        over=tuple(goal for goal in goals if goal.status in _OVER),
        to_note=tuple(
            RunningGoal(row.id, row.title, row.pictogram, row.theme_id)
            for row in rows
            if row.level == GoalLevel.GOAL and row.status in _TO_NOTE
        ),
        may_edit=edit & open_case,
        may_add=edit & open_case & rules.may_add_goal(running=len(running) + waiting),
        may_propose=propose & open_case & rules.may_propose_goal(waiting=waiting),
        may_edit_sub_goals=policy.may_edit_sub_goals(actor) & open_case,
    )


@prepared
def _purpose(case_id: UUID) -> QuerySet[Purpose]:
    return Purpose.objects.filter(case_id=case_id, runs__upper_inf=True).order_by("id")[:1]


@prepared
def _goals(case_id: UUID) -> QuerySet[Goal]:
    shown = Goal.objects.filter(case_id=case_id, withdrawn_at__isnull=True)
    return shown.select_related("theme").order_by("order", "started_on", "id")


def running_goals(actor: Actor, case_id: UUID) -> tuple[RunningGoal, ...]:
    """The goals that a note can be about, in the order of the plan. One query; empty for strangers."""
    return tuple(RunningGoal(*row) for row in _running(actor, case_id))


@prepared
def _running(actor: Actor, case_id: UUID) -> QuerySet[Goal, tuple[Any, ...]]:
    rows = Goal.objects.visible_to(actor).filter(case_id=case_id, level=GoalLevel.GOAL, status__in=_TO_NOTE)
    return rows.order_by("order", "started_on", "id").values_list("id", "title", "pictogram", "theme_id")


def lineage(rows: Iterable[Goal]) -> dict[UUID, list[UUID]]:
    """For each goal the ids of the wordings that it replaces, newest first."""
    before = {row.id: row.replaces_id for row in rows}

    def chain(goal_id: UUID) -> Iterator[UUID]:
        earlier = before.get(goal_id)
        while earlier is not None:
            yield earlier
            earlier = before.get(earlier)

    return {goal_id: list(chain(goal_id)) for goal_id in before}


def _ratings(case_id: UUID) -> dict[UUID, list[Rating]]:
    found: dict[UUID, list[Rating]] = defaultdict(list)
    for rating in _standing(case_id):
        found[rating.goal_id].append(rating)
    return found


@prepared
def _standing(case_id: UUID) -> QuerySet[Rating]:
    return Rating.objects.filter(case_id=case_id, withdrawn_at__isnull=True).order_by("at", "id")


def _words_of_codes(rows: Sequence[Goal]) -> dict[str, str]:
    """Danish words of goal types, levels and the areas that themes lie under."""
    codes = {row.goal_type for row in rows} | {row.expected_level for row in rows}
    codes |= {row.theme.parent for row in rows if row.theme is not None}
    codes.discard("")
    if not codes:
        return {}
    return dict(_displays(frozenset(codes)))


@prepared
def _displays(codes: frozenset[str]) -> QuerySet[catalogue.Concept, tuple[str, str]]:
    return catalogue.Concept.objects.filter(code__one_of=codes).values_list("code", "display_da")


def _goal(
    row: Goal,
    actor: Actor,
    words: Mapping[str, str],
    ratings: Mapping[UUID, list[Rating]],
    sub_goals: list[SubGoalView],
    earlier: tuple[UUID, ...],
) -> GoalView:
    said = sorted((r for key in (row.id, *earlier) for r in ratings.get(key, ())), key=lambda r: (r.at, r.id))
    newest = {rating.side: _rating(rating) for rating in said}
    begins = rules.history_begins(actor.on)
    asked = Asked(row.asked_move, row.asked_words, row.asked_by_name, row.asked_at) if row.asked_at else None
    return GoalView(
        id=row.id,
        title=row.title,
        citizen_words=row.citizen_words,
        wording=row.wording,
        status=row.status,
        status_words=str(GoalStatus(row.status).label),
        pictogram=row.pictogram,
        theme_code=row.theme.code if row.theme else "",
        theme=row.theme.display_da if row.theme else "",
        area=words.get(row.theme.parent, "") if row.theme else "",
        goal_type=row.goal_type,
        goal_type_words=words.get(row.goal_type, ""),
        expected_level=row.expected_level,
        expected_level_words=words.get(row.expected_level, ""),
        if_reached=row.if_reached,
        if_not_reached=row.if_not_reached,
        responsible_name=row.responsible_name,
        follow_up_on=row.follow_up_on,
        started_on=row.started_on,
        reached_on=row.reached_on,
        ended_on=row.ended_on,
        proposed_by_side=row.proposed_by_side,
        version=row.version,
        asked=asked,
        latest=tuple(newest[side] for side in _VOICES if side in newest),
        history=tuple(_rating(r) for r in said if clock.day_of(r.at) >= begins),
        sub_goals=tuple(sub_goals),
        earlier_ids=earlier,
    )


def _rating(row: Rating) -> RatingView:
    return RatingView(row.side, row.rater_name, row.value, row.words, row.at)


def _sub_goal(row: Goal) -> SubGoalView:
    return SubGoalView(
        id=row.id,
        title=row.title,
        citizen_words=row.citizen_words,
        status=row.status,
        status_words=str(GoalStatus(row.status).label),
        pictogram=row.pictogram,
        responsible_name=row.responsible_name,
        follow_up_on=row.follow_up_on,
        started_on=row.started_on,
        reached_on=row.reached_on,
        version=row.version,
    )
