"""What the worker does on the day: tell that a deadline is near, or that its last day has gone."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, NotAllowed, Side
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import rules
from samspil.contexts.deadlines.commands.writing import record
from samspil.contexts.deadlines.enums import DeadlineStatus
from samspil.contexts.deadlines.events import DeadlineNear, DeadlinePassed
from samspil.contexts.deadlines.models import Deadline
from samspil.kernel import clock
from samspil.kernel.happenings import publish
from samspil.kernel.verdict import Refused


@transaction.atomic
def act_on_deadline(*, actor: Actor, at: dt.datetime, deadline_id: UUID, acts_on: dt.date) -> bool:
    """Do what was to be done on `acts_on`, once: False when another process has, or the deadline has ended or moved.

    The claim and all that follows from it are one transaction, so a process that dies leaves the row for the next.
    """
    if actor.side != Side.SYSTEM:
        raise Refused(NotAllowed.NOT_YOUR_ROLE)
    on = clock.day_of(at)
    deadline = Deadline.objects.select_related("rule").get(id=deadline_id)
    if acts_on > on or deadline.acts_on != acts_on:
        return False
    later = rules.next_act(deadline.due_on, on=on)
    status = DeadlineStatus.OPEN if later else _after(deadline)
    changes = {"warned_at": at} if later else {"ended_at": at} if status == DeadlineStatus.LAPSED else {}
    waiting = Deadline.objects.filter(id=deadline_id, status=DeadlineStatus.OPEN, acts_on=acts_on)
    if waiting.update(status=status, acts_on=later, **changes) != 1:
        return False
    about = (deadline.id, deadline.case_id, deadline.kind, deadline.subject_id, deadline.due_on)
    if later:
        record(actor, at, "deadline.near", deadline)
        publish(DeadlineNear(*about, at=at))
    else:
        record(actor, at, f"deadline.{status}", deadline)
        publish(DeadlinePassed(*about, status=str(status), at=at))
    return True


def _after(deadline: Deadline) -> str:
    rule = catalogue.deadline_rule_of(deadline.rule)
    return rules.DEADLINE.after(deadline.status, rules.move_when_past(rule.whose, asks=rule.asks_when_over))
