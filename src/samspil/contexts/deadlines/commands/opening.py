"""A clock is set going."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.deadlines import policy, rules
from samspil.contexts.deadlines.commands.writing import counted, record, rule_now
from samspil.contexts.deadlines.enums import DeadlineRefusal
from samspil.contexts.deadlines.models import Deadline
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def open_deadline(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    kind: str,
    from_on: dt.date,
    about: str = "",
    subject_id: UUID | None = None,
    due_on: dt.date | None = None,
) -> UUID:
    """Count from a day by the rule that holds today. Raises Refused and Case.DoesNotExist.

    `kind` is the key of a deadline rule, `about` the basis or area it is for, `subject_id` what it hangs on.
    `due_on` is a day of one's own choice: never earlier than a citizen's rule, and later than the authority's only
    where the rule lets it.
    """
    policy.may_set_running(actor).or_raise()
    case = cases.Case.objects.acted_on_by(actor, policy.scope_of(actor)).only("id", "municipality").get(id=case_id)
    rule = rule_now(kind, about, case.municipality, clock.day_of(at))
    days = counted(rule, from_on)
    if due_on is not None:
        policy.may_choose_day(
            due_on, days.due_on, whose=rule.whose, may_be_extended=rule.may_be_extended
        ).or_raise()  # fmt: skip
        days = rules.Days(due_on, rules.first_act(from_on, due_on, rule.warn_share))
    deadline = Deadline(
        municipality=case.municipality,
        case=case,
        kind=kind,
        about=about,
        subject_id=subject_id,
        rule_id=rule.about.id,
        turn=rule.turn,
        is_shown_to_citizen=rule.is_shown_to_citizen,
        from_on=from_on,
        due_on=days.due_on,
        acts_on=days.acts_on,
        opened_at=at,
    )
    try:
        with transaction.atomic():
            deadline.save(force_insert=True)
    except IntegrityError as error:
        if "deadline_runs_once" in str(error):
            raise Refused(DeadlineRefusal.ALREADY_RUNNING) from error
        raise
    record(actor, at, "deadline.opened", deadline)
    return deadline.id
