"""What other contexts and the pages may use."""

from samspil.contexts.deadlines.commands import (
    act_on_deadline,
    cancel_deadlines_of,
    meet_deadline,
    meet_deadlines_of,
    move_deadline,
    open_deadline,
    recount_deadline,
    tick_deadline,
)
from samspil.contexts.deadlines.enums import DeadlineRefusal, DeadlineStatus
from samspil.contexts.deadlines.events import DeadlineMoved, DeadlineNear, DeadlinePassed
from samspil.contexts.deadlines.models import Deadline, DeadlineChange
from samspil.contexts.deadlines.queries import (
    ChangeView,
    DeadlineView,
    changes_in_case,
    counted_by_replaced_rules,
    deadline,
    deadlines_about,
    deadlines_of,
    is_time_over,
    my_deadlines,
    waiting_to_act,
    waits_for,
)
from samspil.contexts.deadlines.rules import DEADLINE, RUNNING

__all__ = [
    "DEADLINE",
    "RUNNING",
    "ChangeView",
    "Deadline",
    "DeadlineChange",
    "DeadlineMoved",
    "DeadlineNear",
    "DeadlinePassed",
    "DeadlineRefusal",
    "DeadlineStatus",
    "DeadlineView",
    "act_on_deadline",
    "cancel_deadlines_of",
    "changes_in_case",
    "counted_by_replaced_rules",
    "deadline",
    "deadlines_about",
    "deadlines_of",
    "is_time_over",
    "meet_deadline",
    "meet_deadlines_of",
    "move_deadline",
    "my_deadlines",
    "open_deadline",
    "recount_deadline",
    "tick_deadline",
    "waiting_to_act",
    "waits_for",
]
