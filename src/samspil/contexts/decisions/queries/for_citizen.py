"""A decision as the citizen reads it: what was answered and why, what there is to do, how to disagree."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.enums import GrantStatus, NeedOutcome, Outcome
from samspil.contexts.decisions.models import Complaint, Decision
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.complaints import is_open
from samspil.contexts.decisions.queries.grants import GrantLine, grant_line
from samspil.contexts.decisions.queries.loading import whole
from samspil.contexts.decisions.quotes import Quote
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class AnswerForCitizen:
    """`said` are the citizen's own words that the answer rests on."""

    title: str
    outcome_words: str
    reasons: str
    said: tuple[Quote, ...]
    grants: tuple[GrantLine, ...]
    basis_cited: str


@dataclass(frozen=True, slots=True)
class ComplaintForCitizen:
    """A complaint as whoever complained reads it. `written_by` wrote down what was spoken; `answer` is what was said
    when the case was looked at again, and `new_decision_id` what came of it, once the citizen has been told."""

    id: UUID
    status: str
    turn: str
    received_on: dt.date
    words: str
    written_by: str
    due_on: dt.date | None
    answer: str
    new_decision_id: UUID | None
    may_answer: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class DecisionForCitizen:
    """`complain_by` is None for what cannot be complained about to the appeals board."""

    id: UUID
    case_id: UUID
    outcome: str
    outcome_words: str
    told_on: dt.date | None
    complain_by: dt.date | None
    effective_on: dt.date | None
    to_do: str
    contact: access.Person | None
    answers: tuple[AnswerForCitizen, ...]
    complaint: ComplaintForCitizen | None
    may_complain: Verdict


def decision_for_citizen(actor: Actor, decision_id: UUID) -> DecisionForCitizen:
    """Raises Decision.DoesNotExist before the citizen has been told, and for everybody else."""
    row = Decision.objects.visible_to(actor).get(id=decision_id, told_on__isnull=False)
    found = whole(row)
    bases = law.bases_at(row.decided_at or actor.on)
    complaints = Complaint.objects.filter(decision=row).select_related("new_decision")
    latest = complaints.order_by("-received_on", "-id").first()
    has_open = latest is not None and is_open(latest)
    return DecisionForCitizen(
        id=row.id,
        case_id=row.case_id,
        outcome=row.outcome,
        outcome_words=str(Outcome(row.outcome).label),
        told_on=row.told_on,
        complain_by=row.complain_by,
        effective_on=row.effective_on,
        to_do=row.to_do,
        contact=access.people([row.contact_id]).get(row.contact_id) if row.contact_id else None,
        answers=tuple(
            AnswerForCitizen(
                title=one.need.title,
                outcome_words=str(NeedOutcome(answer.outcome).label),
                reasons=answer.reasons,
                said=tuple({quote.id: quote for quote in one.quotes if quote.is_citizens}.values()),
                grants=tuple(
                    grant_line(grant, bases, actor.on)
                    for grant in found.grants_for(one.need.id)
                    if grant.status == GrantStatus.GIVEN
                ),
                basis_cited=bases[one.need.basis].cited if one.need.basis in bases else "",
            )
            for answer, one in found.answers
        ),
        complaint=_complaint(actor, latest) if latest else None,
        may_complain=policy.may_complain(actor, row, is_appealable=row.complain_by is not None, has_open=has_open),
    )


def _complaint(actor: Actor, row: Complaint) -> ComplaintForCitizen:
    new = row.new_decision
    return ComplaintForCitizen(
        id=row.id,
        status=row.status,
        turn=rules.COMPLAINT.turn_of(row.status),
        received_on=row.received_on,
        words=row.words,
        written_by=row.written_by_name,
        due_on=row.due_on,
        answer=row.reassessment_words,
        new_decision_id=new.id if new is not None and new.told_on else None,
        may_answer=bool(policy.may_answer_partial(actor, row, "keep")),
        may_withdraw=bool(policy.may_answer_partial(actor, row, "withdraw")),
    )
