"""A decision as the citizen reads it: what was answered and why, what there is to do, how to disagree."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.decisions import policy
from samspil.contexts.decisions.enums import GrantStatus, NeedOutcome, Outcome
from samspil.contexts.decisions.models import Complaint, Decision
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.complaints import ComplaintLine, complaint_line, is_open
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
    complaint: ComplaintLine | None
    may_complain: Verdict
    may_withdraw: bool


def decision_for_citizen(actor: Actor, decision_id: UUID) -> DecisionForCitizen:
    """Raises Decision.DoesNotExist before the citizen has been told, and for everybody else."""
    row = Decision.objects.visible_to(actor).get(id=decision_id, told_on__isnull=False)
    found = whole(row)
    bases = law.bases_at(row.decided_at or actor.on)
    latest = Complaint.objects.filter(decision=row).order_by("-received_on", "-id").first()
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
        complaint=complaint_line(latest) if latest else None,
        may_complain=policy.may_complain(actor, row, is_appealable=row.complain_by is not None, has_open=has_open),
        may_withdraw=has_open and bool(policy.may_answer_partial(actor, latest, "withdraw")) if latest else False,
    )
