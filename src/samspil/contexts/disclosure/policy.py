"""Who may ask to see the file, who answers, and who disagrees. Seeing a request is decided by `visible_to`."""

from samspil.contexts.access.api import Actor, Capability, NotAllowed, Side
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import GrantKind, Scope
from samspil.contexts.disclosure import rules
from samspil.contexts.disclosure.enums import Asks, DisclosureRefusal, Kind, Outcome
from samspil.kernel.verdict import ALLOWED, Verdict

REPRESENTS = (Scope.WRITE, Scope.NOTES, Scope.LETTERS)
"""What a representative must have been let do: what the answer holds is written there already."""


def may_ask(actor: Actor) -> Verdict:
    """The party, who is the citizen, or whoever has the citizen's power or is the guardian. Consent is no power."""
    match actor.side:
        case Side.CITIZEN:
            return actor.may(Capability.OWN_ROOM)
        case Side.RELATIVE:
            return citizens.may(actor, *REPRESENTS) & _has_power(actor)
        case _:
            return Verdict(NotAllowed.NOT_YOUR_ROLE)


def _has_power(actor: Actor) -> Verdict:
    powers = (one for one in citizens.standings_of(actor) if one.kind != GrantKind.RELATIVE)
    return ALLOWED if actor.citizen_id in {one.citizen_id for one in powers} else Verdict(DisclosureRefusal.NOT_A_PARTY)


def may_note(actor: Actor) -> Verdict:
    """Also in a closed case: whoever was a party has the right to see it."""
    return actor.may(Capability.CASE_EDIT)


def may_make_own_data(actor: Actor) -> Verdict:
    """Only the citizen's own hand, or the authority's on the citizen's behalf; never a representative without us."""
    return actor.may(Capability.OWN_ROOM) if actor.side == Side.CITIZEN else actor.may(Capability.LETTER_SEND)


def may_handle(actor: Actor, *, status: str, move: str) -> Verdict:
    is_possible = ALLOWED if rules.FILE_REQUEST.may(status, move) else Verdict(DisclosureRefusal.WRONG_STATUS)
    return actor.may(Capability.CASE_EDIT) & is_possible


def may_answer(actor: Actor, *, status: str) -> Verdict:
    return may_handle(actor, status=status, move="answer") & actor.may(Capability.LETTER_SEND)


def may_withdraw(actor: Actor, *, status: str) -> Verdict:
    is_possible = ALLOWED if rules.FILE_REQUEST.may(status, "withdraw") else Verdict(DisclosureRefusal.WRONG_STATUS)
    return (may_ask(actor) if actor.side != Side.AUTHORITY else may_note(actor)) & is_possible


def may_stop_clock(actor: Actor, *, status: str, kind: str, asks: str, is_stopped: bool) -> Verdict:
    """While a party waits; once."""
    is_party = kind == Kind.FILE and asks != Asks.OTHER and not is_stopped
    allowed = ALLOWED if is_party else Verdict(DisclosureRefusal.NOTHING_TO_STOP)
    return may_handle(actor, status=status, move="postpone") & allowed


def may_complain(actor: Actor, *, status: str, outcome: str, has_complained: bool) -> Verdict:
    is_less = outcome in {Outcome.PARTIAL, Outcome.REFUSED} and not has_complained
    there_is = ALLOWED if is_less else Verdict(DisclosureRefusal.NOTHING_TO_COMPLAIN_OF)
    is_possible = ALLOWED if rules.FILE_REQUEST.may(status, "complain") else Verdict(DisclosureRefusal.WRONG_STATUS)
    return (may_ask(actor) if actor.side != Side.AUTHORITY else may_note(actor)) & is_possible & there_is


def may_forward(actor: Actor, *, is_forwarded: bool) -> Verdict:
    is_possible = Verdict(DisclosureRefusal.WRONG_STATUS) if is_forwarded else ALLOWED
    return actor.may(Capability.LETTER_SEND) & is_possible
