"""Who writes letters and sends them. Seeing them follows from `visible_to`."""

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.letters import rules
from samspil.contexts.letters.enums import DispatchStatus, LetterKind, LetterRefusal, LetterStatus
from samspil.kernel.verdict import ALLOWED, Verdict


def may_write(actor: Actor, *, case_status: str) -> Verdict:
    is_closed = case_status == cases.CaseStatus.CLOSED
    return actor.may(Capability.LETTER_SEND) & (Verdict(cases.CaseRefusal.CASE_CLOSED) if is_closed else ALLOWED)


def may_change(actor: Actor, *, status: str) -> Verdict:
    """A draft is the team's; what has been sent stands, and what is wrong in it is mended by a new letter."""
    is_sent = status == LetterStatus.SENT
    return actor.may(Capability.LETTER_SEND) & (Verdict(LetterRefusal.ALREADY_SENT) if is_sent else ALLOWED)


def may_replace(actor: Actor, *, kind: str, status: str, is_replaced: bool) -> Verdict:
    """A notice is followed by the next one and not replaced: each promises a day of its own."""
    can = kind == LetterKind.DECISION and status == LetterStatus.SENT and not is_replaced
    stands = ALLOWED if can else Verdict(LetterRefusal.WRONG_STATUS)
    return actor.may(Capability.LETTER_SEND) & stands


def may_post(actor: Actor, *, status: str) -> Verdict:
    """Say that an envelope was put in the post."""
    can = ALLOWED if rules.DISPATCH.may(status, "post") else Verdict(LetterRefusal.WRONG_STATUS)
    return actor.may(Capability.LETTER_SEND) & can


def may_copy(actor: Actor, *, status: str) -> Verdict:
    is_sent = ALLOWED if status == LetterStatus.SENT else Verdict(LetterRefusal.WRONG_STATUS)
    return actor.may(Capability.LETTER_SEND) & is_sent


def may_take_in_hand(actor: Actor) -> Verdict:
    """The party, or whoever answers for the party."""
    return actor.may(Capability.COMPLAIN) & citizens.may(actor, citizens.Scope.COMPLAIN)


def is_to_post(status: str) -> bool:
    return status == DispatchStatus.TO_POST
