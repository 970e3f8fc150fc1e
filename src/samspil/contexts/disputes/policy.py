"""Who notes, plans, follows and settles a dispute. Seeing one is decided by `visible_to`."""

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.disputes import rules
from samspil.contexts.disputes.enums import DisputeRefusal
from samspil.kernel.verdict import ALLOWED, Verdict


def may_note(actor: Actor, *, case_status: str) -> Verdict:
    is_closed = case_status == cases.CaseStatus.CLOSED
    return actor.may(Capability.CASE_EDIT) & (Verdict(cases.CaseRefusal.CASE_CLOSED) if is_closed else ALLOWED)


def may_move(actor: Actor, *, status: str, move: str) -> Verdict:
    """Also in a closed case: what was begun is settled."""
    is_possible = ALLOWED if rules.DISPUTE.may(status, move) else Verdict(DisputeRefusal.WRONG_STATUS)
    return actor.may(Capability.CASE_EDIT) & is_possible
