"""Look at a decided matter again: the needs with all that was found out, as open needs of a new draft."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.drafting import draft_decision
from samspil.contexts.decisions.enums import DecisionRefusal, DecisionStatus, GrantStatus, NeedStatus
from samspil.contexts.decisions.examining import CaseRow
from samspil.contexts.decisions.models import Criterion, DecidedNeed, Decision, Delimitation, FunnelStep, Grant, Need
from samspil.kernel import clock
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused


@transaction.atomic
def draft_again(*, actor: Actor, at: dt.datetime, decision_id: UUID) -> UUID:
    """A draft that takes the place of a decision, after a complaint or a remittal. What was examined, and
    how the citizen took part, is copied and can be mended; the earlier decision stands as it was made."""
    earlier = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    if earlier.status != DecisionStatus.TOLD:
        raise Refused(DecisionRefusal.WRONG_STATUS)
    if Decision.objects.filter(replaces=earlier, status=DecisionStatus.DRAFT).exists():
        raise Refused(DecisionRefusal.NEED_TAKEN)
    needs = Need.objects.filter(id__in=DecidedNeed.objects.filter(decision=earlier).values("need_id")).order_by("id")
    copies = [_copy_need(need, earlier, at) for need in needs]
    for copy in copies:
        clocks.start(
            actor, at, "decide", case_id=earlier.case_id, subject_id=copy.id, from_on=copy.asked_on, about=copy.basis
        )
    draft_id = draft_decision(
        actor=actor, at=at, case_id=earlier.case_id, need_ids=[copy.id for copy in copies], replaces_id=earlier.id
    )
    Decision.objects.filter(id=draft_id).update(involvement=earlier.involvement)
    return draft_id


def _copy_need(need: Need, earlier: Decision, at: dt.datetime) -> Need:
    given = Grant.objects.filter(decision=earlier, need=need, status=GrantStatus.GIVEN).order_by("runs", "id").first()
    parts: list[CaseRow] = [
        *FunnelStep.objects.filter(need=need),
        *Criterion.objects.filter(need=need),
        *Delimitation.objects.filter(need=need),
    ]
    copy = Need.objects.get(id=need.id)
    copy.id, copy._state.adding = new_id(), True
    copy.status, copy.status_since = NeedStatus.OPEN, at
    copy.asked_on = clock.day_of(at)
    copy.about_grant = given or need.about_grant
    copy.save(force_insert=True)
    for part in parts:
        part.id, part._state.adding = new_id(), True
        part.need_id = copy.id  # type: ignore[attr-defined]
        part.save(force_insert=True)
    return copy
