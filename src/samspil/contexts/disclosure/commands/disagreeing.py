"""The complaint deadline stands still while a party waits to see the file; and a complaint about the answer goes on."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.decisions import api as decisions
from samspil.contexts.disclosure import policy, rules
from samspil.contexts.disclosure.commands.writing import held, not_ahead, record, written
from samspil.contexts.disclosure.enums import Channel, DisclosureRefusal
from samspil.contexts.disclosure.models import AccessComplaint, FileRequest
from samspil.contexts.disclosure.queries.requests import FORWARD, complaint_rule, file_request, stoppable
from samspil.kernel import clock
from samspil.kernel.day_counting import last_day
from samspil.kernel.verdict import Refused

AFTER_ACCESS = "complain_after_access"


@transaction.atomic
def stop_complaint_clock(*, actor: Actor, at: dt.datetime, file_request_id: UUID, decision_id: UUID) -> None:
    """From the day the request came. The deadline goes on when the answer is given, with the days it had left."""
    row = held(actor, file_request_id)
    policy.may_stop_clock(
        actor, status=row.status, kind=row.kind, asks=row.asks, is_stopped=row.stopped_on is not None
    ).or_raise()  # fmt: skip
    found = next((one for one in stoppable(actor, row.id) if one.id == decision_id), None)
    if found is None:
        raise Refused(DisclosureRefusal.NOTHING_TO_STOP)
    row.stopped_decision_id, row.stopped_on, row.stopped_due_on = decision_id, row.received_on, found.complain_by
    row.save(update_fields=["stopped_decision_id", "stopped_on", "stopped_due_on"])
    due_on = file_request(actor, row.id).line.due_on
    run_on(actor, at, row, goes_on=max(due_on or clock.day_of(at), clock.day_of(at)))
    record(actor, at, "file_request.clock_stopped", row, decision=str(decision_id))


def run_on(actor: Actor, at: dt.datetime, row: FileRequest, *, goes_on: dt.date) -> None:
    """Give the decision its time to complain from the day on which the answer is there, or is to be."""
    if row.stopped_decision_id is None or row.stopped_on is None or row.stopped_due_on is None:
        return
    rule = catalogue.deadline_rule(AFTER_ACCESS, at=clock.day_of(at), municipality=row.municipality)
    if rule.length is None:
        raise ValueError(f"{AFTER_ACCESS} has no length")
    until = rules.complain_by(
        was=row.stopped_due_on,
        stopped_on=row.stopped_on,
        goes_on=goes_on,
        at_least=last_day(goes_on, rule.length, rule.whose),
    )
    decisions.give_time_to_complain(
        actor=actor, at=at, decision_id=row.stopped_decision_id, from_on=goes_on, until=until
    )  # fmt: skip


@transaction.atomic
def complain_of_answer(
    *,
    actor: Actor,
    at: dt.datetime,
    file_request_id: UUID,
    words: str,
    channel: str = Channel.ROOM,
    received_on: dt.date | None = None,
) -> None:
    """Somebody disagrees with what was kept back: own words, or those that were spoken and written down."""
    row = held(actor, file_request_id)
    has_complained = AccessComplaint.objects.filter(file_request=row).exists()
    policy.may_complain(
        actor, status=row.status, outcome=row.outcome, has_complained=has_complained
    ).or_raise()  # fmt: skip
    came_on = received_on if received_on is not None and actor.side == Side.AUTHORITY else clock.day_of(at)
    not_ahead(came_on, at)
    complaint = AccessComplaint.objects.create(
        municipality=row.municipality,
        case_id=row.case_id,
        file_request=row,
        channel=Channel(channel),
        words=written(words, required=DisclosureRefusal.NOTHING_WRITTEN),
        received_on=came_on,
        noted_at=at,
        noted_by_name=actor.name,
    )
    deadlines.open_deadline(
        actor=actor, at=at, case_id=row.case_id, kind=FORWARD, from_on=came_on, subject_id=complaint.id
    )  # fmt: skip
    record(actor, at, "file_request.complained", row, channel=channel)


@transaction.atomic
def forward_complaint(*, actor: Actor, at: dt.datetime, file_request_id: UUID) -> None:
    """It has been sent on, with the request, the answer and the papers."""
    row = held(actor, file_request_id)
    complaint = AccessComplaint.objects.select_for_update(of=("self",)).filter(file_request=row).first()
    if complaint is None:
        raise Refused(DisclosureRefusal.WRONG_STATUS)
    policy.may_forward(actor, is_forwarded=complaint.forwarded_at is not None).or_raise()
    goes_to = complaint_rule(row, at=clock.day_of(at)).goes_to
    AccessComplaint.objects.filter(id=complaint.id).update(
        forwarded_at=at, forwarded_by_name=actor.name, forwarded_to=goes_to
    )  # fmt: skip
    deadlines.meet_deadlines_of(actor=actor, at=at, case_id=row.case_id, kind=FORWARD, subject_id=complaint.id)
    record(actor, at, "file_request.complaint_forwarded", row)
