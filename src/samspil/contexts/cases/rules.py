"""The life of a case, of a referral and of a task, each with whose turn it is; and the days that matter."""

import datetime as dt
from typing import Literal

from samspil.kernel import workdays
from samspil.kernel.machine import Machine

When = Literal["overdue", "today", "week", "later", "undated"]
LATEST_DUE = dt.timedelta(days=3 * 365)
"""Nobody keeps a promise made for longer than this; a day beyond it is a typing error."""

EMERGENCY_LENGTH = dt.timedelta(minutes=60)
REVIEW_WITHIN = 5
"""Working days."""
SHORTEST_REASON = 10
"""Letters, not counting blanks and signs."""
SHORTEST_EMERGENCY = 20
"""Letters, too: what opens a case is read by the leader and the citizen."""

CASE = Machine(
    name="case",
    start="enquiry",
    turn={
        "enquiry": "authority",
        "clarification": "authority",
        "running": "provider",
        "follow_up": "authority",
        "closed": "nobody",
    },
    moves={
        "enquiry": {"start_clarifying": "clarification", "close": "closed"},
        "clarification": {"start_help": "running", "close": "closed"},
        "running": {"call_follow_up": "follow_up", "close": "closed"},
        "follow_up": {"go_on": "running", "clarify_again": "clarification", "close": "closed"},
        "closed": {"reopen": "clarification"},
    },
)

REFERRAL = Machine(
    name="referral",
    start="received",
    turn={"received": "authority", "opened": "nobody", "advised": "nobody"},
    moves={"received": {"open_case": "opened", "advise": "advised"}, "opened": {}, "advised": {}},
)

TASK = Machine(
    name="task",
    start="open",
    turn={"open": "owner", "done": "nobody", "cancelled": "nobody"},
    moves={"open": {"finish": "done", "cancel": "cancelled"}, "done": {"reopen": "open"}, "cancelled": {}},
)


def when_due(due_on: dt.date | None, *, on: dt.date) -> When:
    """Where a task stands in a day's list. The week is the seven days after today."""
    if due_on is None:
        return "undated"
    if due_on < on:
        return "overdue"
    if due_on == on:
        return "today"
    return "week" if due_on <= on + dt.timedelta(days=7) else "later"


def contact_due(last_contact_on: dt.date | None, every_days: int | None, *, since: dt.date) -> dt.date | None:
    """The day by which the citizen wants contact again; None without a wish. Never met: counted from `since`."""
    if every_days is None:
        return None
    return (last_contact_on or since) + dt.timedelta(days=every_days)


def age(born_on: dt.date, *, on: dt.date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def says_why(words: str, *, least: int = SHORTEST_REASON) -> bool:
    """Whether a reason is one: ten dots are none."""
    return sum(letter.isalpha() for letter in words) >= least


def review_due(on: dt.date) -> dt.date:
    """The last day for a leader to look at an emergency access that began on a day."""
    return workdays.add_workdays(on, REVIEW_WITHIN)
