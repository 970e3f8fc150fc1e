"""The provider recommends, the authority decides with the citizen."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.goals import policy, rules
from samspil.contexts.goals.commands.goals import move_goal
from samspil.contexts.goals.commands.questions import ask_coordinator, finish_question
from samspil.contexts.goals.commands.texts import cleaned
from samspil.contexts.goals.commands.writing import goal_to_change, recorded
from samspil.contexts.goals.enums import GoalLevel, GoalRefusal
from samspil.contexts.goals.models import Goal
from samspil.kernel.verdict import ALLOWED, Verdict

_WORDS = {"pause": "at holde pause med målet", "reach": "at målet er nået", "end": "at afslutte målet"}


@transaction.atomic
def propose_move(*, actor: Actor, at: dt.datetime, goal_id: UUID, move: str, words: str) -> None:
    """The provider recommends a pause, that the goal is reached, or an end, and says why."""
    goal = goal_to_change(actor, goal_id, level=GoalLevel.GOAL)
    free = Verdict(GoalRefusal.ALREADY_ASKED) if goal.asked_at else ALLOWED
    askable = ALLOWED if move in rules.ASKABLE else Verdict(GoalRefusal.WRONG_STATUS)
    (policy.may_propose(actor) & askable & rules.GOAL.may(goal.status, move) & free).or_raise()
    Goal.objects.filter(id=goal.id).update(
        asked_move=move,
        asked_words=cleaned(words, required=GoalRefusal.NO_WORDS),
        asked_by_name=actor.name,
        asked_at=at,
        version=goal.version + 1,
    )
    ask_coordinator(actor, at, goal.case, goal, what=f"{actor.name} foreslår {_WORDS[move]}: {goal.title}")
    recorded(actor, at, goal.case, "goal.move_proposed", "goal", goal.id, move=move)


@transaction.atomic
def answer_proposal(*, actor: Actor, at: dt.datetime, goal_id: UUID, agree: bool) -> None:
    """The authority follows the recommendation, or leaves the goal as it is."""
    goal = goal_to_change(actor, goal_id, level=GoalLevel.GOAL)
    asked = ALLOWED if goal.asked_at else Verdict(GoalRefusal.NOTHING_ASKED)
    (policy.may_edit(actor) & asked).or_raise()
    if agree:
        move_goal(actor=actor, at=at, goal_id=goal_id, move=goal.asked_move)
        return
    move = goal.asked_move
    Goal.objects.filter(id=goal.id).update(
        asked_move="", asked_words="", asked_by_name="", asked_at=None, version=goal.version + 1
    )
    finish_question(actor, at, goal)
    recorded(actor, at, goal.case, "goal.move_declined", "goal", goal.id, move=move)
