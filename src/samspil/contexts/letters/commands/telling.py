"""A decision is told on the day its letter counts as received: from there its deadlines run."""

import datetime as dt
from dataclasses import replace

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Decision, DecisionStatus
from samspil.contexts.letters.enums import DispatchStatus
from samspil.contexts.letters.models import Dispatch
from samspil.kernel import clock

MOST = 500


def tell_received(*, actor: Actor, at: dt.datetime) -> int:
    """Tell the decisions whose letters have come to count as received: paper does so days after it was posted."""
    today = clock.day_of(at)
    rows = Dispatch.objects.filter(status=DispatchStatus.ARRIVED, is_told=False, received_on__lte=today)
    told = 0
    for row in rows.filter(relation_id__isnull=True).select_related("letter").order_by("received_on", "id")[:MOST]:
        told += tell(row, actor=replace(actor, municipality=row.municipality), at=at)
    return told


@transaction.atomic
def tell(row: Dispatch, *, actor: Actor, at: dt.datetime) -> bool:
    """Tell one, once, when its day has come. A second letter about a decision does not tell it anew."""
    if row.received_on is None or row.received_on > clock.day_of(at):
        return False
    if not Dispatch.objects.filter(id=row.id, is_told=False).update(is_told=True):
        return False
    if row.letter.decision_id is None:
        return False
    decision = Decision.objects.filter(id=row.letter.decision_id, municipality=row.municipality).first()
    if decision is None or decision.status != DecisionStatus.DECIDED:
        return False
    decisions.tell_citizen(
        actor=actor, at=at, decision_id=decision.id, told_on=row.received_on, complain_by=row.letter.complaint_by
    )
    return True
