"""How many goals, how they live, and the scale they are rated on."""

from samspil.contexts.goals.enums import GoalRefusal
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

MOST_GOALS = 3
SCALE = range(0, 11)

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


def on_scale(value: int) -> Verdict:
    return ALLOWED if value in SCALE else Verdict(GoalRefusal.NOT_ON_SCALE)
