"""When the questions may be answered, and how fast a "no" is talked about."""

import datetime as dt

from samspil.contexts.feedback.enums import Answer, FeedbackRefusal
from samspil.kernel.verdict import ALLOWED, Verdict
from samspil.kernel.workdays import add_workdays

LINK_LASTS = dt.timedelta(days=14)
TALK_WITHIN_WORKDAYS = 5


def may_use_link(*, used_at: dt.datetime | None, expires_at: dt.datetime, now: dt.datetime) -> Verdict:
    if used_at is not None:
        return Verdict(FeedbackRefusal.LINK_USED)
    return ALLOWED if now < expires_at else Verdict(FeedbackRefusal.LINK_EXPIRED)


def talk_about_it(*, was_ok: str, talked_enough: str) -> bool:
    """A "no" to one of the first two questions is talked about (ux § 2.10: closing the loop)."""
    return Answer.NO in {was_ok, talked_enough}


def talk_about_letter(told: str) -> bool:
    """A letter that did not tell its reader what was decided is told by phone. "A little" is not enough here."""
    return told in {Answer.NO, Answer.SOME}


def talk_by(answered_on: dt.date) -> dt.date:
    return add_workdays(answered_on, TALK_WITHIN_WORKDAYS)
