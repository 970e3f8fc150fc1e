"""When a meeting may be called, opened, closed and undone."""

import datetime as dt

from samspil.contexts.meetings.enums import MeetingRefusal
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

UNDO_WITHIN = dt.timedelta(hours=24)

MEETING = Machine(
    name="meeting",
    start="planned",
    turn={
        "planned": "authority",
        "called": "citizen",
        "open": "authority",
        "closed": "nobody",
        "cancelled": "nobody",
    },
    moves={
        "planned": {"call": "called", "open": "open", "cancel": "cancelled"},
        "called": {"open": "open", "cancel": "cancelled"},
        "open": {"close": "closed"},
        "closed": {"undo": "open"},
        "cancelled": {},
    },
)


def may_be_at(*, starts_at: dt.datetime, ends_at: dt.datetime, now: dt.datetime) -> Verdict:
    if starts_at < now:
        return Verdict(MeetingRefusal.IN_THE_PAST)
    if ends_at <= starts_at:
        return Verdict(MeetingRefusal.ENDS_BEFORE_START)
    return ALLOWED


def may_undo(*, closed_at: dt.datetime, now: dt.datetime) -> Verdict:
    return ALLOWED if now < closed_at + UNDO_WITHIN else Verdict(MeetingRefusal.UNDO_TOO_LATE)
