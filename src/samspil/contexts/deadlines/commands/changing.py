"""A day is moved or counted anew, never without a trace."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.commands.writing import counted, held, record, rule_now
from samspil.contexts.deadlines.enums import DeadlineRefusal, DeadlineStatus
from samspil.contexts.deadlines.events import DeadlineMoved
from samspil.contexts.deadlines.models import Deadline, DeadlineChange
from samspil.kernel import clock
from samspil.kernel.happenings import publish
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import Refused

LONGEST_REASON = 1000


@transaction.atomic
def move_deadline(*, actor: Actor, at: dt.datetime, deadline_id: UUID, due_on: dt.date, why: str) -> None:
    """Give more time, or a new day that was promised, where the rule lets it. Raises Refused."""
    deadline = held(actor, deadline_id)
    rule = rule_now(deadline.kind, deadline.about, deadline.municipality, clock.day_of(at))
    policy.may_move(actor, status=deadline.status, may_be_extended=rule.may_be_extended).or_raise()
    if due_on < clock.day_of(at):
        raise Refused(DeadlineRefusal.DAY_IS_PAST)
    by_rule = counted(rule, deadline.from_on).due_on
    policy.may_choose_day(due_on, by_rule, whose=rule.whose, may_be_extended=rule.may_be_extended).or_raise()
    days = rules.Days(due_on, rules.first_act(clock.day_of(at), due_on, rule.warn_share))
    _change(actor, at, deadline, days, from_on=deadline.from_on, rule_id=deadline.rule_id, why=why)
    about = (deadline.id, deadline.case_id, deadline.kind, deadline.subject_id)
    publish(DeadlineMoved(*about, old_due_on=deadline.due_on, due_on=due_on, at=at))


@transaction.atomic
def recount_deadline(
    *, actor: Actor, at: dt.datetime, deadline_id: UUID, why: str, from_on: dt.date | None = None
) -> None:
    """Count anew by the rule that holds today, or from another day, such as a later receipt that the citizen shows."""
    deadline = held(actor, deadline_id)
    policy.may_move(actor, status=deadline.status, may_be_extended=True).or_raise()
    rule = rule_now(deadline.kind, deadline.about, deadline.municipality, clock.day_of(at))
    begins = from_on or deadline.from_on
    _change(actor, at, deadline, counted(rule, begins), from_on=begins, rule_id=rule.about.id, why=why)


def _change(
    actor: Actor,
    at: dt.datetime,
    deadline: Deadline,
    days: rules.Days,
    *,
    from_on: dt.date,
    rule_id: UUID,
    why: str,
) -> None:
    """A deadline that had passed runs again from here; a worker settles it when the new day has passed too."""
    DeadlineChange.objects.create(
        municipality=deadline.municipality,
        case_id=deadline.case_id,
        deadline=deadline,
        at=at,
        by_name=actor.name,
        why=_reason(why),
        old_from_on=deadline.from_on,
        new_from_on=from_on,
        old_due_on=deadline.due_on,
        new_due_on=days.due_on,
        old_rule_id=deadline.rule_id,
        new_rule_id=rule_id,
    )
    Deadline.objects.filter(id=deadline.id).update(
        status=DeadlineStatus.OPEN,
        from_on=from_on,
        due_on=days.due_on,
        acts_on=days.acts_on,
        rule_id=rule_id,
        warned_at=None,
        ended_at=None,
    )
    record(actor, at, "deadline.moved", deadline, new_due_on=days.due_on.isoformat())


def _reason(why: str) -> str:
    try:
        kept = clean(why, LONGEST_REASON)
    except TooLong as error:
        raise Refused(DeadlineRefusal.TOO_LONG) from error
    if not kept:
        raise Refused(DeadlineRefusal.NO_REASON)
    return kept
