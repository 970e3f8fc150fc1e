"""The life of a deadline, with whose turn it is; and its days, computed from a rule that is data."""

import datetime as dt
from dataclasses import dataclass

from samspil.kernel.day_counting import Length, Whose, last_day, warning_day
from samspil.kernel.machine import Machine

_DAY = dt.timedelta(days=1)

DEADLINE = Machine(
    name="deadline",
    start="open",
    turn={
        "open": "owner",
        "late": "authority",
        "over": "authority",
        "lapsed": "nobody",
        "met": "nobody",
        "cancelled": "nobody",
    },
    moves={
        "open": {"meet": "met", "run_late": "late", "run_out": "over", "lapse": "lapsed", "cancel": "cancelled"},
        "late": {"meet": "met", "move": "open", "cancel": "cancelled"},
        "over": {"meet": "met", "move": "open", "cancel": "cancelled"},
        "lapsed": {"meet": "met", "move": "open"},
        "met": {},
        "cancelled": {},
    },
)
RUNNING = ("open", "late", "over")
"""What somebody still has to do something about. A citizen may still act on a lapsed one, late."""

SETTLED_BY_A_LOOK = ("help_ends", "pension_age", "start_help")
"""They hang on help or on a person, and often there is nothing to decide: somebody has looked,
or has seen the help begin."""


@dataclass(frozen=True, slots=True)
class Days:
    """`acts_on` is the next day on which a worker has something to do with it."""

    due_on: dt.date
    acts_on: dt.date


def days_of(
    *, from_on: dt.date, length: Length | None, fixed_on: dt.date | None, whose: Whose, warn_share: float
) -> Days:
    """From a rule's length, or the day that the law itself names."""
    if fixed_on is not None:
        due_on = fixed_on
    elif length is not None:
        due_on = last_day(from_on, length, whose)
    else:
        raise ValueError("a rule has a length or a day")
    return Days(due_on, first_act(from_on, due_on, warn_share))


def first_act(from_on: dt.date, due_on: dt.date, warn_share: float) -> dt.date:
    """The day of the warning, or the day after the last one when there is no time for a warning."""
    if from_on >= due_on:
        return due_on + _DAY
    warn_on = warning_day(from_on, due_on, warn_share)
    return warn_on if from_on < warn_on < due_on else due_on + _DAY


def next_act(due_on: dt.date, *, on: dt.date) -> dt.date | None:
    """When a worker looks again after the warning; None when the last day has gone and it is settled now."""
    return due_on + _DAY if on <= due_on else None


def move_when_past(whose: Whose, *, asks: bool) -> str:
    """What a deadline does when its last day has gone."""
    if whose == Whose.AUTHORITY:
        return "run_late"
    return "run_out" if asks else "lapse"
