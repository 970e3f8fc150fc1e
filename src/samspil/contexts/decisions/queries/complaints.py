"""Complaints with whose turn it is and until when."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.enums import BoardOutcome, Channel, ComplaintStatus, DecisionStatus, Reassessment
from samspil.contexts.decisions.models import Complaint, Decision, RemittedPoint
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PointView:
    id: UUID
    text: str
    cause: str
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """`turn` is a side, or "appeals_board". `due_on` is that side's last day."""

    id: UUID
    case_id: UUID
    decision_id: UUID
    status: str
    status_words: str
    turn: str
    received_on: dt.date
    channel_words: str
    due_on: dt.date | None
    is_late: bool
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """`new_decision_id` is one made since, `may_be_answer_id` one that can be the answer to this complaint, and
    `draft_id` the new decision that is being prepared."""

    line: ComplaintLine
    words: str
    from_name: str
    written_by: str
    complain_by: dt.date | None
    delay_words: str
    delay_told_on: dt.date | None
    reassessment: str
    reassessment_words: str
    reassessment_label: str
    reassessed_on: dt.date | None
    reassessed_by: str
    forwarded_on: dt.date | None
    board_label: str
    board_words: str
    board_decided_on: dt.date | None
    new_decision_id: UUID | None
    may_be_answer_id: UUID | None
    draft_id: UUID | None
    points: tuple[PointView, ...]
    may_reassess: Verdict
    may_answer_partial: Verdict
    may_forward: Verdict
    may_enter_outcome: Verdict
    may_decide_anew: Verdict
    may_withdraw: Verdict


def complaints_of(actor: Actor, case_id: UUID) -> tuple[ComplaintLine, ...]:
    """Those that somebody must act on first, then the newest."""
    rows = list(Complaint.objects.visible_to(actor).filter(case_id=case_id).order_by("-received_on", "-id"))
    rows.sort(key=lambda row: row.status in rules.COMPLAINT.ends)
    return tuple(complaint_line(row) for row in rows)


def complaint(actor: Actor, complaint_id: UUID) -> ComplaintPage:
    """Raises Complaint.DoesNotExist for those who do not see it."""
    row = Complaint.objects.visible_to(actor).select_related("decision").get(id=complaint_id)
    points = RemittedPoint.objects.filter(complaint=row).order_by("order")
    answers = Decision.objects.visible_to(actor).filter(replaces_id=row.decision_id).order_by("-status_since")
    by_status = {status: one for one, status in reversed(answers.values_list("id", "status"))}
    made = by_status.get(DecisionStatus.TOLD) or by_status.get(DecisionStatus.DECIDED)
    return ComplaintPage(
        line=complaint_line(row),
        words=row.words,
        from_name=row.from_name,
        written_by=row.written_by_name,
        complain_by=row.decision.complain_by,
        delay_words=row.delay_words,
        delay_told_on=row.delay_told_on,
        reassessment=row.reassessment,
        reassessment_words=row.reassessment_words,
        reassessment_label=str(Reassessment(row.reassessment).label) if row.reassessment else "",
        reassessed_on=row.reassessed_on,
        reassessed_by=row.reassessed_by_name,
        forwarded_on=row.forwarded_on,
        board_label=str(BoardOutcome(row.board_outcome).label) if row.board_outcome else "",
        board_words=row.board_words,
        board_decided_on=row.board_decided_on,
        new_decision_id=row.new_decision_id,
        may_be_answer_id=made if made != row.new_decision_id else None,
        draft_id=by_status.get(DecisionStatus.DRAFT),
        points=tuple(PointView(one.id, one.text, one.cause, one.answer, one.answered_by_name) for one in points),
        may_reassess=policy.may_reassess(actor, row, Reassessment.NO_CHANGE),
        may_answer_partial=policy.may_answer_partial(actor, row, "keep"),
        may_forward=policy.may_move_complaint(actor, row, "forward"),
        may_enter_outcome=policy.may_enter_outcome(actor, row, BoardOutcome.UPHELD),
        may_decide_anew=policy.may_move_complaint(actor, row, "decide_anew"),
        may_withdraw=policy.may_answer_partial(actor, row, "withdraw"),
    )


def is_open(row: Complaint) -> bool:
    return row.status not in rules.COMPLAINT.ends


def complaint_line(row: Complaint) -> ComplaintLine:
    return ComplaintLine(
        id=row.id,
        case_id=row.case_id,
        decision_id=row.decision_id,
        status=row.status,
        status_words=str(ComplaintStatus(row.status).label),
        turn=rules.COMPLAINT.turn_of(row.status),
        received_on=row.received_on,
        channel_words=str(Channel(row.channel).label),
        due_on=row.due_on,
        is_late=row.is_late,
        is_urgent=row.is_urgent,
    )
