"""What can be done with deadlines: each function is one intention of one actor."""

from samspil.contexts.deadlines.commands.changing import move_deadline, recount_deadline
from samspil.contexts.deadlines.commands.ending import (
    cancel_deadlines_of,
    meet_deadline,
    meet_deadlines_of,
    tick_deadline,
)
from samspil.contexts.deadlines.commands.opening import open_deadline
from samspil.contexts.deadlines.commands.watching import act_on_deadline

__all__ = [
    "act_on_deadline",
    "cancel_deadlines_of",
    "meet_deadline",
    "meet_deadlines_of",
    "move_deadline",
    "open_deadline",
    "recount_deadline",
    "tick_deadline",
]
