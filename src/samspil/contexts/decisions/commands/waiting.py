"""More time to complain, when somebody waits for something that a complaint can rest on."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions import policy
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.recording import record
from samspil.contexts.decisions.models import Decision

COMPLAIN = ("complain", "complain_after_access")
"""The clocks of which one runs until somebody complains."""


@transaction.atomic
def give_time_to_complain(
    *, actor: Actor, at: dt.datetime, decision_id: UUID, from_on: dt.date, until: dt.date
) -> dt.date:
    """The party sees the file on `from_on`, and may complain until the day that is given back, never an earlier one
    than before. Raises Refused and Decision.DoesNotExist."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    policy.may_give_time(actor, decision).or_raise()
    last = max(until, decision.complain_by or until)
    Decision.objects.filter(id=decision.id).update(complain_by=last, version=decision.version + 1)
    stop_clocks(actor, at, decision)
    about = {"case_id": decision.case_id, "subject_id": decision.id}
    clocks.start(actor, at, "complain_after_access", from_on=from_on, due_on=last, **about)
    record(actor, at, decision, "decision.time_to_complain", until=last.isoformat())
    return last


def stop_clocks(actor: Actor, at: dt.datetime, decision: Decision) -> None:
    for kind in COMPLAIN:
        clocks.stop(actor, at, kind, case_id=decision.case_id, subject_id=decision.id)
