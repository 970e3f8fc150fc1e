"""How many goals, how they live, and the scale they are rated on."""

import datetime as dt

from samspil.contexts.goals.enums import GoalRefusal, GoalStatus, RaterSide
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict
from samspil.kernel.workdays import add_months

MOST_GOALS = 3
SCALE = range(0, 11)
HISTORY_MONTHS = 18
LONGEST_TITLE = 80
LONGEST_RATING_WORDS = 400
LONGEST_TEXT = 4000
RUNNING = (GoalStatus.ACTIVE, GoalStatus.PAUSED)
ASKABLE = frozenset({"pause", "reach", "end"})

ANSWER_WORKDAYS = 5  # our own promise to the provider; no rule sets it

# Wording, type, level and primary theme make a goal what it is: when one of them changes it is another goal with an
# id of its own, or before and after could not be compared (KL's rules of change, vum-ffb § 1.5).
SIGNIFICANT = ("wording", "goal_type", "expected_level", "theme")

GOAL = Machine(
    name="goal",
    start="proposed",
    turn={
        "proposed": "authority",
        "active": "provider",
        "paused": "authority",
        "reached": "authority",
        "ended": "nobody",
    },
    moves={
        "proposed": {"agree": "active", "drop": "ended"},
        "active": {"pause": "paused", "reach": "reached", "end": "ended"},
        "paused": {"resume": "active", "end": "ended"},
        "reached": {"end": "ended", "resume": "active"},
        "ended": {},
    },
)


def may_add_goal(*, running: int) -> Verdict:
    """One to three primary goals at a time (seed 004)."""
    return ALLOWED if running < MOST_GOALS else Verdict(GoalRefusal.FOUR_GOALS)


def may_propose_goal(*, waiting: int) -> Verdict:
    """No more proposals than there can be goals: somebody has to read them."""
    return ALLOWED if waiting < MOST_GOALS else Verdict(GoalRefusal.THREE_PROPOSALS)


def on_scale(value: int) -> Verdict:
    return ALLOWED if value in SCALE else Verdict(GoalRefusal.NOT_ON_SCALE)


def help_is_said(*, if_reached: str, if_not_reached: str) -> Verdict:
    """Nobody starts on a goal without knowing what happens to the help in both cases."""
    said = if_reached.strip() and if_not_reached.strip()
    return ALLOWED if said else Verdict(GoalRefusal.HELP_UNSAID)


def may_start(*, has_purpose: bool, if_reached: str, if_not_reached: str, running: int) -> Verdict:
    has = ALLOWED if has_purpose else Verdict(GoalRefusal.NO_PURPOSE)
    return may_add_goal(running=running) & has & help_is_said(if_reached=if_reached, if_not_reached=if_not_reached)


def is_alive(status: str) -> Verdict:
    return Verdict(GoalRefusal.WRONG_STATUS) if status == GoalStatus.ENDED else ALLOWED


def may_follow_up(*, day: dt.date | None, on: dt.date) -> Verdict:
    return ALLOWED if day is None or day >= on else Verdict(GoalRefusal.DAY_IS_PAST)


def may_speak_as(*, side: str, voice: str) -> Verdict:
    """Each party rates for itself; staff may write down what the citizen says, the authority what all said."""
    heard = {
        RaterSide.CITIZEN: {RaterSide.CITIZEN},
        RaterSide.PROVIDER: {RaterSide.PROVIDER, RaterSide.CITIZEN},
        RaterSide.AUTHORITY: set(RaterSide),
        "system": set(RaterSide),
    }
    return ALLOWED if voice in heard.get(side, set()) else Verdict(GoalRefusal.NOT_YOUR_VOICE)


def history_begins(on: dt.date) -> dt.date:
    """The first day that the drawing of a goal shows."""
    return add_months(on, -HISTORY_MONTHS)
