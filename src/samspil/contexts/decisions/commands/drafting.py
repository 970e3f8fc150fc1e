"""Write a decision: which needs, what is answered and why, what is granted. Nothing holds before it is decided."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.recording import record
from samspil.contexts.decisions.enums import Cause, DecisionRefusal, Form, NeedOutcome, NeedStatus
from samspil.contexts.decisions.models import DecidedNeed, Decision, Grant, Need
from samspil.contexts.decisions.queries.loading import contacts_for
from samspil.contexts.decisions.texts import LONGEST_LINE, LONGEST_NAME, cleaned
from samspil.kernel.verdict import Refused


@transaction.atomic
def draft_decision(
    *, actor: Actor, at: dt.datetime, case_id: UUID, need_ids: Sequence[UUID], replaces_id: UUID | None = None
) -> UUID:
    """Begin a decision on some of the case's open needs. `replaces_id` is an earlier one that was complained about."""
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    policy.may_draft(actor, case.status).or_raise()
    wanted = list(dict.fromkeys(need_ids))
    if not wanted:
        raise Refused(DecisionRefusal.NO_NEEDS)
    rows = Need.objects.visible_to(actor).filter(case=case, id__in=wanted).select_for_update(of=("self",))
    needs = {row.id: row for row in rows}
    if set(wanted) - needs.keys() or any(row.status != NeedStatus.OPEN for row in needs.values()):
        raise Refused(DecisionRefusal.NEED_NOT_OPEN)
    if DecidedNeed.objects.filter(need_id__in=wanted, is_live=True).exists():
        raise Refused(DecisionRefusal.NEED_TAKEN)
    earlier = Decision.objects.visible_to(actor).get(id=replaces_id, case=case) if replaces_id else None
    decision = Decision.objects.create(
        municipality=case.municipality,
        case=case,
        status_since=at,
        contact_id=case.coordinator_id,
        drafted_by_name=actor.name,
        replaces=earlier,
    )
    DecidedNeed.objects.bulk_create(
        DecidedNeed(municipality=case.municipality, case=case, decision=decision, need_id=one) for one in wanted
    )
    record(actor, at, decision, "decision.drafted", needs=[str(one) for one in wanted])
    return decision.id


@transaction.atomic
def answer_need(
    *,
    actor: Actor,
    at: dt.datetime,
    decision_id: UUID,
    need_id: UUID,
    outcome: str,
    reasons: str = "",
    is_less: bool = False,
    cause: str = "",
) -> None:
    """Yes, partly, no, otherwise or no more; `is_less` says that a change gives less than before."""
    decision = changeable(actor, decision_id)
    if outcome not in NeedOutcome.values or cause not in {"", *Cause.values}:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    row = DecidedNeed.objects.get(decision=decision, need_id=need_id)
    DecidedNeed.objects.filter(id=row.id).update(
        outcome=outcome, reasons=cleaned(reasons), is_less=is_less and outcome == NeedOutcome.CHANGED, cause=cause
    )
    if outcome in {NeedOutcome.REFUSED, NeedOutcome.ENDED}:
        Grant.objects.planned_for(actor).filter(decision=decision, need_id=need_id).delete()
    record(actor, at, decision, "decision.need_answered", need=str(need_id), outcome=outcome, cause=cause)


@transaction.atomic
def plan_grant(
    *,
    actor: Actor,
    at: dt.datetime,
    decision_id: UUID,
    need_id: UUID,
    service: str,
    extent: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    purpose: str = "",
    goals: str = "",
    follow_up_on: dt.date | None = None,
    grant_id: UUID | None = None,
) -> UUID:
    """What the citizen is to get for a need; `ends_on` is the last day. `grant_id` changes one planned before."""
    decision = changeable(actor, decision_id)
    need = Need.objects.get(id=need_id, id__in=DecidedNeed.objects.filter(decision=decision).values("need_id"))
    rules.may_run(starts_on=starts_on, ends_on=ends_on, follow_up_on=follow_up_on).or_raise()
    name = cleaned(service, limit=LONGEST_NAME, required=DecisionRefusal.NOTHING_WRITTEN)
    values: dict[str, Any] = {
        "municipality": decision.municipality,
        "case_id": decision.case_id,
        "need": need,
        "basis": need.basis,
        "service": name,
        "service_key": rules.service_key(name),
        "extent": cleaned(extent, limit=LONGEST_LINE, required=DecisionRefusal.NOTHING_WRITTEN),
        "purpose": cleaned(purpose),
        "goals": cleaned(goals),
        "runs": (starts_on, rules.day_after(ends_on)),
        "follow_up_on": follow_up_on,
    }
    if grant_id is None:
        grant = Grant.objects.create(decision=decision, **values)
    else:
        grant = Grant.objects.planned_for(actor).get(id=grant_id, decision=decision)
        Grant.objects.filter(id=grant.id).update(**values)
    record(actor, at, decision, "decision.grant_planned", grant=str(grant.id), basis=need.basis)
    return grant.id


@transaction.atomic
def drop_planned_grant(*, actor: Actor, at: dt.datetime, grant_id: UUID) -> None:
    grant = Grant.objects.planned_for(actor).get(id=grant_id)
    decision = changeable(actor, grant.decision_id)
    grant.delete()
    record(actor, at, decision, "decision.grant_dropped", grant=str(grant_id))


@transaction.atomic
def describe_decision(
    *,
    actor: Actor,
    at: dt.datetime,
    decision_id: UUID,
    involvement: str,
    long_view: str = "",
    to_do: str = "",
    contact_id: UUID | None = None,
    form: str = Form.WRITTEN,
    effective_on: dt.date | None = None,
) -> None:
    """What is said of the decision as a whole: how the citizen took part, whom to ring, what to do now."""
    decision = changeable(actor, decision_id)
    if form not in Form.values:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    if contact_id and contact_id not in {one.id for one in contacts_for(actor)}:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    Decision.objects.filter(id=decision.id).update(
        involvement=cleaned(involvement),
        long_view=cleaned(long_view),
        to_do=cleaned(to_do),
        contact_id=contact_id,
        form=form,
        effective_on=effective_on,
        version=decision.version + 1,
    )
    record(actor, at, decision, "decision.described", form=form)


@transaction.atomic
def drop_decision(*, actor: Actor, at: dt.datetime, decision_id: UUID) -> None:
    """Give a draft up; its needs are open as before."""
    decision = changeable(actor, decision_id)
    Decision.objects.filter(id=decision.id).update(
        status=rules.DECISION.after(decision.status, "drop"), status_since=at, version=decision.version + 1
    )
    DecidedNeed.objects.filter(decision=decision).update(is_live=False)
    Grant.objects.planned_for(actor).filter(decision=decision).delete()
    clocks.stop(actor, at, "hearing", case_id=decision.case_id, subject_id=decision.id)
    record(actor, at, decision, "decision.dropped")


def changeable(actor: Actor, decision_id: UUID) -> Decision:
    """The draft, held until the transaction ends. Refused when it is decided already."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    policy.may_change_draft(actor, decision).or_raise()
    return decision
