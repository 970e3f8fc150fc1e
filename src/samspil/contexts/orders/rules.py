"""An order and a status note, each with whose turn it is; and the days that belong to them."""

import datetime as dt

from samspil.contexts.orders.enums import CitizenSays, OrderRefusal, Recommendation
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

ORDER = Machine(
    name="order",
    start="sent",
    turn={"sent": "provider", "running": "provider", "declined": "authority", "ended": "nobody"},
    moves={
        "sent": {"accept": "running", "decline": "declined", "withdraw": "ended"},
        "running": {"end": "ended"},
        "declined": {"close": "ended"},
        "ended": {},
    },
)

STATUS_NOTE = Machine(
    name="status_note",
    start="draft",
    turn={"draft": "provider", "sent": "authority", "decided": "nobody"},
    moves={"draft": {"send": "sent"}, "sent": {"decide": "decided", "take_back": "draft"}, "decided": {}},
)

LEAD = dt.timedelta(days=30)
"""A status note is asked for this long before the follow-up or the status meeting."""
COUNTS_FOR = dt.timedelta(days=60)
"""A status note sent this long before the day is the one for that day."""


def may_move(machine: Machine, status: str, move: str) -> Verdict:
    return ALLOWED if machine.may(status, move) else Verdict(OrderRefusal.WRONG_STATUS)


def may_run(*, starts_on: dt.date, ends_on: dt.date | None, follow_up_on: dt.date | None) -> Verdict:
    """The days of an order in their order; a start in the past is fine, help is often begun before the paper."""
    if ends_on is not None and ends_on < starts_on:
        return Verdict(OrderRefusal.ENDS_BEFORE_START)
    if follow_up_on is not None and follow_up_on < starts_on:
        return Verdict(OrderRefusal.FOLLOW_UP_BEFORE_START)
    return ALLOWED


def within_grant(
    *, starts_on: dt.date, ends_on: dt.date | None, granted_from: dt.date, granted_until: dt.date | None
) -> Verdict:
    """What is ordered lies within the days that the citizen has a right to; both last days are whole days."""
    too_early = starts_on < granted_from
    too_late = granted_until is not None and (ends_on is None or ends_on > granted_until)
    return Verdict(OrderRefusal.OUTSIDE_GRANT) if too_early or too_late else ALLOWED


def may_recommend(*, recommendation: str, words: str) -> Verdict:
    """A change or an end must be explained; going on as now need not."""
    if recommendation not in Recommendation.values:
        return Verdict(OrderRefusal.RECOMMENDATION_MISSING)
    if recommendation != Recommendation.CONTINUE and not words.strip():
        return Verdict(OrderRefusal.REASON_MISSING)
    return ALLOWED


def may_decide(*, decision: str, words: str, citizen_says: str) -> Verdict:
    """As for a recommendation, and the citizen has been asked. A citizen who does not quite agree is heard in words."""
    if citizen_says not in CitizenSays.values:
        return Verdict(OrderRefusal.CITIZEN_NOT_ASKED)
    if citizen_says != CitizenSays.AGREES and not words.strip():
        return Verdict(OrderRefusal.REASON_MISSING)
    return may_recommend(recommendation=decision, words=words)


def status_note_due(
    *, follow_up_on: dt.date | None, meeting_on: dt.date | None, last_sent_on: dt.date | None, on: dt.date
) -> dt.date | None:
    """The day a status note is wanted for, when it is time to write it; None when nothing is wanted now.

    The earlier of the order's follow-up and the coming status meeting counts.
    """
    days = [day for day in (follow_up_on, meeting_on) if day is not None]
    days = [day for day in days if last_sent_on is None or last_sent_on < day - COUNTS_FOR]
    wanted = min(days, default=None)
    return wanted if wanted is not None and wanted - LEAD <= on else None
