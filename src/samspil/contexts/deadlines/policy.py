"""Who may start, keep and move a deadline. Seeing one is decided by `visible_to`."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, NotAllowed, Side
from samspil.contexts.citizens import api as citizens
from samspil.contexts.deadlines import rules
from samspil.contexts.deadlines.enums import DeadlineRefusal, DeadlineStatus
from samspil.kernel.day_counting import Whose
from samspil.kernel.verdict import ALLOWED, Verdict


def may_set_running(actor: Actor) -> Verdict:
    """What a citizen asks for, or somebody in the citizen's place, sets the authority's clock going too."""
    match actor.side:
        case Side.SYSTEM | Side.CITIZEN:
            return ALLOWED
        case Side.RELATIVE:
            return citizens.may(actor, _said_by(actor))
        case Side.AUTHORITY:
            return actor.may(Capability.CASE_EDIT)
        case _:
            return Verdict(NotAllowed.NOT_YOUR_ROLE)


def scope_of(actor: Actor) -> citizens.Scope | None:
    """What a relative must have been let do to set a clock going; nobody else needs any."""
    return _said_by(actor) if actor.side == Side.RELATIVE else None


def _said_by(actor: Actor) -> citizens.Scope:
    """Whoever may complain for the citizen, or may write for the citizen."""
    may_complain = citizens.may(actor, citizens.Scope.COMPLAIN)
    return citizens.Scope.COMPLAIN if may_complain else citizens.Scope.WRITE


def may_end(actor: Actor, status: str, move: str) -> Verdict:
    is_possible = rules.DEADLINE.may(status, move)
    return may_set_running(actor) & (ALLOWED if is_possible else Verdict(DeadlineRefusal.NOT_RUNNING))


def may_tick(actor: Actor, *, kind: str, status: str, turn: str, subject_id: UUID | None) -> Verdict:
    """By hand: what hangs on nothing, what a look may settle, and what somebody has to go on with. The rest is kept by
    what it is about."""
    has_no_act = subject_id is None or kind in rules.SETTLED_BY_A_LOOK
    is_by_hand = status == DeadlineStatus.OVER or (has_no_act and turn == Side.AUTHORITY)
    allowed = actor.may(Capability.CASE_EDIT) & (ALLOWED if is_by_hand else Verdict(DeadlineRefusal.NOT_BY_HAND))
    return allowed & may_end(actor, status, "meet")


def may_move(actor: Actor, *, status: str, may_be_extended: bool) -> Verdict:
    is_ours = ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.CASE_EDIT)
    ended = status not in {*rules.RUNNING, DeadlineStatus.LAPSED}
    runs = Verdict(DeadlineRefusal.NOT_RUNNING) if ended else ALLOWED
    return is_ours & runs & (ALLOWED if may_be_extended else Verdict(DeadlineRefusal.MAY_NOT_BE_EXTENDED))


def may_choose_day(wanted: dt.date, by_rule: dt.date, *, whose: Whose, may_be_extended: bool) -> Verdict:
    """A citizen never gets less time than the rule says, the authority never more, but where the rule lets it."""
    if whose == Whose.CITIZEN:
        return ALLOWED if wanted >= by_rule else Verdict(DeadlineRefusal.SHORTER_THAN_RULE)
    is_within = wanted <= by_rule or may_be_extended
    return ALLOWED if is_within else Verdict(DeadlineRefusal.LONGER_THAN_RULE)
