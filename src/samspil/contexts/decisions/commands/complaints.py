"""Take a complaint as it comes, look at the case again, and send it on when the citizen does not get it all."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.commands.deciding import is_appealable
from samspil.contexts.decisions.commands.recording import record, spoken_for
from samspil.contexts.decisions.commands.waiting import COMPLAIN
from samspil.contexts.decisions.enums import (
    BoardOutcome,
    Channel,
    ComplaintStatus,
    DecisionRefusal,
    DecisionStatus,
    NeedOutcome,
    Reassessment,
)
from samspil.contexts.decisions.events import ComplaintForwarded, ReassessmentDelayed
from samspil.contexts.decisions.models import Complaint, DecidedNeed, Decision, RemittedPoint
from samspil.contexts.decisions.queries import law
from samspil.contexts.decisions.texts import LONGEST_NAME, cleaned
from samspil.kernel import clock
from samspil.kernel.happenings import publish
from samspil.kernel.verdict import Refused

OPEN = (
    ComplaintStatus.RECEIVED,
    ComplaintStatus.ANSWERED,
    ComplaintStatus.KEPT,
    ComplaintStatus.FORWARDED,
    ComplaintStatus.REMITTED,
)


@transaction.atomic
def receive_complaint(
    *,
    actor: Actor,
    at: dt.datetime,
    decision_id: UUID,
    channel: str,
    received_on: dt.date,
    words: str,
    from_name: str = "",
    is_urgent: bool = False,
) -> UUID:
    """In any form: written by the citizen or in the citizen's place, or spoken and written down by the authority. Late
    ones are taken too."""
    decision = Decision.objects.visible_to(actor).select_for_update(of=("self",)).get(id=decision_id)
    if channel not in Channel.values:
        raise Refused(DecisionRefusal.UNKNOWN_CHOICE)
    if received_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    has_open = Complaint.objects.filter(decision=decision, status__in=OPEN).exists()
    can_appeal = is_appealable(decision, at)
    policy.may_complain(actor, decision, is_appealable=can_appeal, has_open=has_open).or_raise()
    is_late = rules.is_late(received_on=received_on, limit_on=decision.complain_by)
    first_clock = _first_clock(decision, at, is_late=is_late, is_urgent=is_urgent)
    from_name, written_by = _from(actor, decision, from_name)
    try:
        with transaction.atomic():
            complaint = Complaint.objects.create(
                municipality=decision.municipality,
                case_id=decision.case_id,
                decision=decision,
                status_since=at,
                channel=channel,
                received_on=received_on,
                words=cleaned(words, required=DecisionRefusal.NOTHING_WRITTEN),
                from_name=from_name,
                written_by_name=written_by,
                is_late=is_late,
                is_urgent=is_urgent,
                due_on=law.due_on(first_clock, from_on=received_on, at=at, municipality=decision.municipality),
                clock=first_clock,
            )
    except IntegrityError as error:
        raise Refused(DecisionRefusal.COMPLAINT_OPEN) from error
    for kind in COMPLAIN:
        clocks.keep(actor, at, kind, case_id=decision.case_id, subject_id=decision.id)
    _start_clock(actor, at, complaint, first_clock, received_on)
    record(actor, at, complaint, "complaint.received", channel=channel, is_late=is_late, is_urgent=is_urgent)
    return complaint.id


def _from(actor: Actor, decision: Decision, named: str) -> tuple[str, str]:
    """Whose complaint it is, and who wrote it down if that is another."""
    if actor.side == Side.CITIZEN:
        return actor.name, ""
    if actor.side == Side.RELATIVE:
        return spoken_for(actor, decision), actor.name
    return cleaned(named, limit=LONGEST_NAME), actor.name


def _first_clock(decision: Decision, at: dt.datetime, *, is_late: bool, is_urgent: bool) -> str:
    """Late ones are sent on at once; urgent ones and those over noticed cuts have shorter time."""
    if is_late:
        return "forward_late"
    if is_urgent:
        return "reassess_urgent"
    return "reassess_with_notice" if _has_lawful_notice(decision, at) else "reassess"


def _has_lawful_notice(decision: Decision, at: dt.datetime) -> bool:
    answers = DecidedNeed.objects.filter(decision=decision).values_list("outcome", "is_less", "need__basis")
    bases = law.bases_at(decision.decided_at or at)
    return any(
        key in bases and bases[key].notice_is_law and rules.is_reduction(NeedOutcome(outcome), is_less=is_less)
        for outcome, is_less, key in answers
    )


@transaction.atomic
def delay_reassessment(*, actor: Actor, at: dt.datetime, complaint_id: UUID, due_on: dt.date, words: str) -> None:
    """More must be found out: the citizen is told why and when. Not for a cut that has been noticed by law."""
    complaint = _held(actor, complaint_id)
    policy.may_move_complaint(actor, complaint, Reassessment.NO_CHANGE).or_raise()
    if complaint.is_late or _has_lawful_notice(complaint.decision, at):
        raise Refused(DecisionRefusal.MAY_NOT_WAIT)
    if complaint.due_on is not None and due_on <= complaint.due_on:
        raise Refused(DecisionRefusal.ANSWER_BY_IS_PAST)
    Complaint.objects.filter(id=complaint.id).update(
        due_on=due_on,
        delay_words=cleaned(words, required=DecisionRefusal.WHY_MISSING),
        delay_told_on=clock.day_of(at),
    )
    clocks.stop(actor, at, complaint.clock, case_id=complaint.case_id, subject_id=complaint.id)
    _start_clock(actor, at, complaint, complaint.clock, complaint.received_on, due_on=due_on)
    record(actor, at, complaint, "complaint.delayed", due=due_on.isoformat())
    publish(ReassessmentDelayed(complaint.id, complaint.case_id, due_on=due_on, at=at))


@transaction.atomic
def reassess_complaint(
    *,
    actor: Actor,
    at: dt.datetime,
    complaint_id: UUID,
    answer: str,
    words: str,
    new_decision_id: UUID | None = None,
) -> None:
    """The citizen is right, partly right, or not; short of a full yes it is sent on, or the citizen is asked.

    A yes to anything is a decision of its own that has been made, with a letter of its own.
    """
    complaint = _held(actor, complaint_id)
    policy.may_reassess(actor, complaint, answer).or_raise()
    today = clock.day_of(at)
    new = _new_decision(actor, complaint, new_decision_id) if answer != Reassessment.NO_CHANGE else None
    _to(
        actor,
        at,
        complaint,
        answer,
        clock="uphold" if answer == Reassessment.PARTIAL else "",
        from_on=new.told_on if new is not None and new.told_on else today,
        reassessment=answer,
        reassessment_words=cleaned(words, required=DecisionRefusal.WHY_MISSING),
        reassessed_on=today,
        reassessed_by_name=actor.name,
        new_decision=new,
        forwarded_on=today if answer == Reassessment.NO_CHANGE else None,
    )
    record(actor, at, complaint, "complaint.reassessed", answer=answer, is_late=complaint.is_late)
    if answer == Reassessment.NO_CHANGE:
        publish(ComplaintForwarded(complaint.id, complaint.case_id, at=at))


def _new_decision(actor: Actor, complaint: Complaint, new_id: UUID | None) -> Decision:
    if new_id is None:
        raise Refused(DecisionRefusal.NEW_DECISION_MISSING)
    made = Decision.objects.visible_to(actor).filter(
        id=new_id, replaces_id=complaint.decision_id, status__in=[DecisionStatus.DECIDED, DecisionStatus.TOLD]
    )
    found = made.first()
    if found is None:
        raise Refused(DecisionRefusal.NEW_DECISION_MISSING)
    return found


@transaction.atomic
def answer_partial_win(*, actor: Actor, at: dt.datetime, complaint_id: UUID, keeps: bool, on: dt.date) -> None:
    """After a part of a win the citizen keeps the rest of the complaint, or is content."""
    complaint = _held(actor, complaint_id)
    move = "keep" if keeps else "accept"
    policy.may_answer_partial(actor, complaint, move).or_raise()
    if on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    _to(actor, at, complaint, move, clock="forward" if keeps else "", from_on=on)
    record(actor, at, complaint, "complaint.kept" if keeps else "complaint.settled")


@transaction.atomic
def forward_complaint(*, actor: Actor, at: dt.datetime, complaint_id: UUID) -> None:
    """Send the rest to the appeals board, and tell the citizen the same day."""
    complaint = _held(actor, complaint_id)
    policy.may_move_complaint(actor, complaint, "forward").or_raise()
    _to(actor, at, complaint, "forward", forwarded_on=clock.day_of(at))
    record(actor, at, complaint, "complaint.forwarded")
    publish(ComplaintForwarded(complaint.id, complaint.case_id, at=at))


@transaction.atomic
def withdraw_complaint(*, actor: Actor, at: dt.datetime, complaint_id: UUID) -> None:
    """The citizen does not want it looked at any more."""
    complaint = _held(actor, complaint_id)
    policy.may_answer_partial(actor, complaint, "withdraw").or_raise()
    _to(actor, at, complaint, "withdraw")
    record(actor, at, complaint, "complaint.withdrawn")


@transaction.atomic
def enter_board_outcome(
    *,
    actor: Actor,
    at: dt.datetime,
    complaint_id: UUID,
    outcome: str,
    words: str,
    received_on: dt.date,
    points: Sequence[tuple[str, str]] = (),
) -> None:
    """What the appeals board decided. Remitted, each of its points (cause, text) must be examined before a new
    decision, and the time for that runs from `received_on`."""
    complaint = _held(actor, complaint_id)
    policy.may_enter_outcome(actor, complaint, outcome).or_raise()
    if received_on > clock.day_of(at):
        raise Refused(DecisionRefusal.DAY_IS_AHEAD)
    is_remitted = outcome == BoardOutcome.REMITTED
    if is_remitted and not points:
        raise Refused(DecisionRefusal.POINTS_MISSING)
    _to(
        actor,
        at,
        complaint,
        "remit" if is_remitted else "settle",
        clock="decide_again" if is_remitted else "",
        from_on=received_on,
        about=_first_due(complaint, received_on, at) if is_remitted else "",
        board_outcome=outcome,
        board_words=cleaned(words),
        board_decided_on=received_on,
    )
    RemittedPoint.objects.bulk_create(
        RemittedPoint(
            municipality=complaint.municipality,
            case_id=complaint.case_id,
            complaint=complaint,
            order=order,
            cause=cause,
            text=cleaned(text, required=DecisionRefusal.POINTS_MISSING),
        )
        for order, (cause, text) in enumerate(points if is_remitted else ())
    )
    record(actor, at, complaint, "complaint.board_decided", outcome=outcome, points=len(points))


@transaction.atomic
def answer_point(*, actor: Actor, at: dt.datetime, point_id: UUID, answer: str) -> None:
    """What was found out about one of the appeals board's points."""
    point = RemittedPoint.objects.visible_to(actor).select_for_update(of=("self",)).get(id=point_id)
    policy.may_move_complaint(actor, point.complaint, "decide_anew").or_raise()
    RemittedPoint.objects.filter(id=point.id).update(
        answer=cleaned(answer, required=DecisionRefusal.NOTHING_WRITTEN), answered_at=at, answered_by_name=actor.name
    )
    record(actor, at, point, "complaint.point_answered", order=point.order)


@transaction.atomic
def settle_remitted(*, actor: Actor, at: dt.datetime, complaint_id: UUID, new_decision_id: UUID) -> None:
    """The case has been decided anew, and every point has its answer."""
    complaint = _held(actor, complaint_id)
    policy.may_move_complaint(actor, complaint, "decide_anew").or_raise()
    if RemittedPoint.objects.filter(complaint=complaint, answer="").exists():
        raise Refused(DecisionRefusal.POINT_OPEN)
    new = _new_decision(actor, complaint, new_decision_id)
    _to(actor, at, complaint, "decide_anew", new_decision=new)
    record(actor, at, complaint, "complaint.decided_anew", decision=str(new.id))


def _held(actor: Actor, complaint_id: UUID) -> Complaint:
    rows = Complaint.objects.visible_to(actor).select_related("decision").select_for_update(of=("self",))
    return rows.get(id=complaint_id)


def _to(
    actor: Actor,
    at: dt.datetime,
    complaint: Complaint,
    move: str,
    *,
    clock: str = "",
    from_on: dt.date | None = None,
    about: str = "",
    **values: object,
) -> None:
    """Another has the turn: the clock that ran is kept, and the next one set going."""
    home = complaint.municipality
    due = law.due_on(clock, from_on=from_on, at=at, about=about, municipality=home) if clock and from_on else None
    Complaint.objects.filter(id=complaint.id).update(
        status=rules.COMPLAINT.after(complaint.status, move), status_since=at, due_on=due, clock=clock, **values
    )
    if complaint.clock:
        end = clocks.stop if move == "withdraw" else clocks.keep
        end(actor, at, complaint.clock, case_id=complaint.case_id, subject_id=complaint.id)
    if clock and from_on:
        _start_clock(actor, at, complaint, clock, from_on, about=about)


def _first_due(complaint: Complaint, from_on: dt.date, at: dt.datetime) -> str:
    """Of what was decided on, that which the municipality has promised to answer first."""
    bases = DecidedNeed.objects.filter(decision=complaint.decision_id).values_list("need__basis", flat=True)
    home = complaint.municipality
    return min(
        sorted(bases), key=lambda one: law.due_on("decide_again", from_on=from_on, at=at, about=one, municipality=home)
    )


def _start_clock(
    actor: Actor,
    at: dt.datetime,
    complaint: Complaint,
    kind: str,
    from_on: dt.date,
    *,
    about: str = "",
    due_on: dt.date | None = None,
) -> None:
    clocks.start(
        actor,
        at,
        kind,
        case_id=complaint.case_id,
        subject_id=complaint.id,
        from_on=from_on,
        about=about,
        due_on=due_on,
    )
