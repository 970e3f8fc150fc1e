"""Who may examine, decide and answer complaints, and whether the thing is in a state for it."""

import datetime as dt

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.decisions import rules
from samspil.contexts.decisions.enums import (
    BoardOutcome,
    DecisionRefusal,
    DecisionStatus,
    Form,
    GrantStatus,
    NeedStatus,
    Outcome,
    Reassessment,
)
from samspil.contexts.decisions.models import Complaint, Decision, Grant, Need
from samspil.kernel.verdict import ALLOWED, Verdict


def _may_speak(actor: Actor, otherwise: Capability) -> Verdict:
    """The party, whoever answers for the party, or the authority that writes down what was said."""
    if actor.side not in {Side.CITIZEN, Side.RELATIVE}:
        return actor.may(otherwise)
    return actor.may(Capability.COMPLAIN) & citizens.may(actor, citizens.Scope.COMPLAIN)


def may_examine(actor: Actor, case_status: str) -> Verdict:
    """Take up a need and find out about it."""
    closed = case_status == cases.CaseStatus.CLOSED
    return actor.may(Capability.NEED_EXAMINE) & (Verdict(cases.CaseRefusal.CASE_CLOSED) if closed else ALLOWED)


def may_change_need(actor: Actor, status: str) -> Verdict:
    """What a decision rests on stands from the moment it is made."""
    is_open = ALLOWED if status == NeedStatus.OPEN else Verdict(DecisionRefusal.NEED_NOT_OPEN)
    return actor.may(Capability.NEED_EXAMINE) & is_open


def may_move_need(actor: Actor, need: Need, move: str) -> Verdict:
    return actor.may(Capability.NEED_EXAMINE) & rules.may_move(rules.NEED, need.status, move)


def may_draft(actor: Actor, case_status: str) -> Verdict:
    return may_examine(actor, case_status) & actor.may(Capability.DECIDE)


def may_change_draft(actor: Actor, decision: Decision) -> Verdict:
    is_made = decision.status in {DecisionStatus.DECIDED, DecisionStatus.TOLD}
    stands = Verdict(DecisionRefusal.ALREADY_DECIDED) if is_made else ALLOWED
    return actor.may(Capability.DECIDE) & stands & rules.may_move(rules.DECISION, decision.status, "decide")


def may_set_aside(actor: Actor, decision: Decision) -> Verdict:
    """A leader may decide all the same, and says why."""
    return actor.may(Capability.SET_ASIDE) & rules.may_move(rules.DECISION, decision.status, "decide")


def may_tell(actor: Actor, decision: Decision) -> Verdict:
    allowed = ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.DECIDE)
    return allowed & rules.may_move(rules.DECISION, decision.status, "tell")


def may_ask_for_reasons(actor: Actor, decision: Decision, *, on: dt.date, until: dt.date | None) -> Verdict:
    """For what was said and not written, unless it was a yes to everything; while the time for asking runs."""
    allowed = _may_speak(actor, Capability.DECIDE)
    is_open = (
        decision.form == Form.ORAL
        and decision.status == DecisionStatus.TOLD
        and decision.outcome != Outcome.FULL
        and decision.reasons_asked_on is None
    )
    in_time = ALLOWED if until is None or on <= until else Verdict(DecisionRefusal.REASONS_TOO_LATE)
    return allowed & (ALLOWED if is_open else Verdict(DecisionRefusal.WRONG_STATUS)) & in_time


def may_give_reasons(actor: Actor, decision: Decision) -> Verdict:
    waits = decision.reasons_asked_on is not None and decision.reasons_given_on is None
    return actor.may(Capability.DECIDE) & (ALLOWED if waits else Verdict(DecisionRefusal.WRONG_STATUS))


def may_answer_hearing(actor: Actor, decision: Decision) -> Verdict:
    """The party's own word, until the decision is made; also after the day that was set."""
    return _may_speak(actor, Capability.DECIDE) & rules.may_move(rules.DECISION, decision.status, "decide")


def may_adjust(actor: Actor, grant: Grant, *, on: dt.date) -> Verdict:
    runs = grant.status == GrantStatus.GIVEN and on in grant.runs
    return actor.may(Capability.DECIDE) & (ALLOWED if runs else Verdict(DecisionRefusal.GRANT_NOT_RUNNING))


def may_complain(actor: Actor, decision: Decision, *, is_appealable: bool, has_open: bool) -> Verdict:
    """Never too late: what is late is sent on."""
    allowed = _may_speak(actor, Capability.COMPLAINT_HANDLE)
    told = ALLOWED if decision.status == DecisionStatus.TOLD else Verdict(DecisionRefusal.WRONG_STATUS)
    open_one = Verdict(DecisionRefusal.COMPLAINT_OPEN) if has_open else ALLOWED
    return allowed & told & (ALLOWED if is_appealable else Verdict(DecisionRefusal.NOT_APPEALABLE)) & open_one


def may_give_time(actor: Actor, decision: Decision) -> Verdict:
    """For what can still be complained about."""
    runs = decision.status == DecisionStatus.TOLD and decision.complain_by is not None
    return actor.may(Capability.COMPLAINT_HANDLE) & (ALLOWED if runs else Verdict(DecisionRefusal.WRONG_STATUS))


def may_move_complaint(actor: Actor, complaint: Complaint, move: str) -> Verdict:
    return actor.may(Capability.COMPLAINT_HANDLE) & rules.may_move(rules.COMPLAINT, complaint.status, move)


def may_reassess(actor: Actor, complaint: Complaint, answer: str) -> Verdict:
    if answer not in Reassessment.values:
        return Verdict(DecisionRefusal.UNKNOWN_CHOICE)
    return may_move_complaint(actor, complaint, answer) & rules.may_reassess(is_late=complaint.is_late, answer=answer)


def may_answer_partial(actor: Actor, complaint: Complaint, move: str) -> Verdict:
    """The citizen says whether the rest of the complaint stands; the authority writes down what was said."""
    allowed = _may_speak(actor, Capability.COMPLAINT_HANDLE)
    return allowed & rules.may_move(rules.COMPLAINT, complaint.status, move)


def may_enter_outcome(actor: Actor, complaint: Complaint, outcome: str) -> Verdict:
    if outcome not in BoardOutcome.values:
        return Verdict(DecisionRefusal.UNKNOWN_CHOICE)
    return may_move_complaint(actor, complaint, "remit" if outcome == BoardOutcome.REMITTED else "settle")
