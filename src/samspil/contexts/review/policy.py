"""Who may draw a month, and who may say what was found."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.review import rules
from samspil.contexts.review.enums import ReviewRefusal
from samspil.kernel.verdict import ALLOWED, Verdict


def may_draw(actor: Actor, *, month: dt.date, is_drawn: bool) -> Verdict:
    allowed = actor.may(Capability.LOG_REVIEW)
    if rules.month_after(month) > actor.on:
        return allowed & Verdict(ReviewRefusal.MONTH_NOT_OVER)
    return allowed & (Verdict(ReviewRefusal.ALREADY_DRAWN) if is_drawn else ALLOWED)


def may_note(actor: Actor, *, looked: UUID) -> Verdict:
    is_own = looked == actor.user_id
    return actor.may(Capability.LOG_REVIEW) & (Verdict(ReviewRefusal.OWN_LOOKS) if is_own else ALLOWED)
