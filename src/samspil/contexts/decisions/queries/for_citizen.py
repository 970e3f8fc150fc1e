"""Decisions as the citizen reads them, and whoever acts for the citizen: what was answered and why, what there is to
do, how to disagree. No more of the examination than the letter says."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.enums import GrantStatus, NeedOutcome, Outcome
from samspil.contexts.decisions.models import Complaint, Decision, Grant
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.queries.complaints import is_open
from samspil.contexts.decisions.queries.loading import titles_of, whole
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ToldLine:
    id: UUID
    needs: tuple[str, ...]
    outcome_words: str
    told_on: dt.date | None


@dataclass(frozen=True, slots=True)
class GivenLine:
    """Help that runs or is to come. `ends_on` is the last day, None for help without an end."""

    decision_id: UUID
    service: str
    extent: str
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True, slots=True)
class AnswerForCitizen:
    """`said` are the citizen's own words that the answer rests on."""

    title: str
    outcome_words: str
    reasons: str
    said: tuple[str, ...]
    grants: tuple[GivenLine, ...]
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


def told_in(actor: Actor, case_id: UUID) -> tuple[ToldLine, ...]:
    """The decisions that the citizen has been told, the newest first."""
    rows = Decision.objects.visible_to(actor).filter(case_id=case_id, told_on__isnull=False)
    found = list(rows.select_related("case__citizen").order_by("-told_on", "-id"))
    titles = titles_of([row.id for row in found])
    return tuple(
        ToldLine(
            row.id,
            tuple(map(cases.words_for(actor, row.case), titles[row.id])),
            str(Outcome(row.outcome).label),
            row.told_on,
        )
        for row in found
    )


def given_in(actor: Actor, case_id: UUID) -> tuple[GivenLine, ...]:
    """What the citizen has a right to now or soon: what runs, then what comes."""
    rows = Grant.objects.visible_to(actor).filter(case_id=case_id).select_related("case__citizen")
    alive = [row for row in rows.order_by("runs", "id") if row.runs.upper is None or actor.on < row.runs.upper]
    alive.sort(key=lambda row: row.runs.lower > actor.on)
    return tuple(_given(row, cases.words_for(actor, row.case)) for row in alive)


def _given(row: Grant, hide: Callable[[str], str]) -> GivenLine:
    return GivenLine(
        decision_id=row.decision_id,
        service=hide(row.service),
        extent=hide(row.extent),
        starts_on=row.runs.lower,
        ends_on=rules.day_before(row.runs.upper),
    )


def decision_of_complaint(actor: Actor, complaint_id: UUID) -> UUID:
    """Raises Complaint.DoesNotExist for those who do not see it."""
    return Complaint.objects.visible_to(actor).values_list("decision_id", flat=True).get(id=complaint_id)


def decision_for_citizen(actor: Actor, decision_id: UUID) -> DecisionForCitizen:
    """Raises Decision.DoesNotExist before the citizen has been told, and for everybody else."""
    rows = Decision.objects.visible_to(actor).select_related("case__citizen")
    row = rows.get(id=decision_id, told_on__isnull=False)
    found, hide = whole(row), cases.words_for(actor, row.case)
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
        to_do=hide(row.to_do),
        contact=access.people([row.contact_id]).get(row.contact_id) if row.contact_id else None,
        answers=tuple(
            AnswerForCitizen(
                title=hide(one.need.title),
                outcome_words=str(NeedOutcome(answer.outcome).label),
                reasons=hide(answer.reasons),
                said=tuple({quote.id: hide(quote.text) for quote in one.quotes if quote.is_citizens}.values()),
                grants=tuple(
                    _given(grant, hide) for grant in found.grants_for(one.need.id) if grant.status == GrantStatus.GIVEN
                ),
                basis_cited=bases[one.need.basis].cited if one.need.basis in bases else "",
            )
            for answer, one in found.answers
        ),
        complaint=_complaint(actor, latest, hide) if latest else None,
        may_complain=policy.may_complain(actor, row, is_appealable=row.complain_by is not None, has_open=has_open),
    )


def may_complain_about(actor: Actor, decision_id: UUID) -> bool:
    """Whether its page has a form for it now: told, can be complained about, nothing under way, and let do so."""
    row = Decision.objects.visible_to(actor).filter(id=decision_id, told_on__isnull=False).first()
    if row is None:
        return False
    has_open = any(map(is_open, Complaint.objects.filter(decision=row)))
    return bool(policy.may_complain(actor, row, is_appealable=row.complain_by is not None, has_open=has_open))


def _complaint(actor: Actor, row: Complaint, hide: Callable[[str], str]) -> ComplaintForCitizen:
    new = row.new_decision
    return ComplaintForCitizen(
        id=row.id,
        status=row.status,
        turn=rules.COMPLAINT.turn_of(row.status),
        received_on=row.received_on,
        words=hide(row.words),
        written_by=row.written_by_name,
        due_on=row.due_on,
        answer=hide(row.reassessment_words),
        new_decision_id=new.id if new is not None and new.told_on else None,
        may_answer=bool(policy.may_answer_partial(actor, row, "keep")),
        may_withdraw=bool(policy.may_answer_partial(actor, row, "withdraw")),
    )
