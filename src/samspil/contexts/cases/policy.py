"""Who may act in a case. Seeing it is decided by `visible_to`; here stands what may be done there."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, NotAllowed, Side
from samspil.contexts.cases import rules
from samspil.contexts.cases.enums import CaseRefusal, CaseStatus, ReferralStatus, TaskSource, TaskStatus
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.kernel.verdict import ALLOWED, Refused, Verdict


def may_open(actor: Actor) -> Verdict:
    return ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.CASE_OPEN)


def home_of(actor: Actor, municipality: int | None) -> int:
    """The municipality that a case or referral belongs to: the one named, else the actor's own."""
    home = actor.municipality if municipality is None else municipality
    if home is None or (actor.side != Side.SYSTEM and home != actor.municipality):
        raise Refused(NotAllowed.NOT_YOUR_ROLE)
    return home


def may_answer_referral(actor: Actor, status: str) -> Verdict:
    """Open a case from it, or advise and end. Once only."""
    refusals = {
        ReferralStatus.OPENED: Verdict(CaseRefusal.ALREADY_OPENED),
        ReferralStatus.ADVISED: Verdict(CaseRefusal.REFERRAL_ENDED),
    }
    return may_open(actor) & refusals.get(ReferralStatus(status), ALLOWED)


def may_move(actor: Actor, status: str, move: str) -> Verdict:
    """The authority moves its cases. A provider that says yes to an order starts the help by it, and nothing else."""
    if actor.side == Side.PROVIDER and move == "start_help":
        allowed = actor.may(Capability.ORDER_ACCEPT)
    elif actor.side == Side.SYSTEM:
        allowed = ALLOWED
    else:
        allowed = actor.may(Capability.CASE_EDIT)
    return allowed & (ALLOWED if rules.CASE.may(status, move) else Verdict(CaseRefusal.WRONG_STATUS))


def may_edit(actor: Actor, status: str) -> Verdict:
    """Change who coordinates, and when to follow up."""
    allowed = ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.CASE_EDIT)
    return allowed & is_open(status)


def is_open(status: str) -> Verdict:
    return Verdict(CaseRefusal.CASE_CLOSED) if status == CaseStatus.CLOSED else ALLOWED


def may_add_task(actor: Actor, case_status: str, *, source: str, due_on: dt.date | None) -> Verdict:
    """Tasks that follow from a board, a note or an answer are checked where those are written.

    A relative only writes to the caseworker, and only when the citizen lets that be.
    """
    if actor.side == Side.RELATIVE:
        is_message = ALLOWED if source == TaskSource.CHANGE else Verdict(NotAllowed.NOT_YOUR_ROLE)
        return is_message & citizens.may(actor, citizens.Scope.WRITE) & is_open(case_status)
    if source != TaskSource.MANUAL:
        return ALLOWED
    day = ALLOWED if due_on is None or due_on >= actor.on else Verdict(CaseRefusal.DAY_IS_PAST)
    return actor.may(Capability.TASK_DO) & is_open(case_status) & day


def may_tick(actor: Actor, *, owner_id: UUID | None, owner_side: str) -> Verdict:
    """One's own promise and those of one's own side; the authority also writes down what others have done."""
    if actor.side == Side.SYSTEM or (owner_id is not None and owner_id == actor.user_id):
        return ALLOWED
    is_ours = actor.side in {Side.AUTHORITY, owner_side}
    return ALLOWED if is_ours and actor.may(Capability.TASK_DO) else Verdict(CaseRefusal.NOT_YOUR_TASK)


def may_finish(actor: Actor, *, status: str, owner_id: UUID | None, owner_side: str) -> Verdict:
    return _stands(status, TaskStatus.OPEN) & may_tick(actor, owner_id=owner_id, owner_side=owner_side)


def may_reopen(actor: Actor, *, status: str, owner_id: UUID | None, owner_side: str) -> Verdict:
    return _stands(status, TaskStatus.DONE) & may_tick(actor, owner_id=owner_id, owner_side=owner_side)


def _stands(status: str, wanted: str) -> Verdict:
    return ALLOWED if status == wanted else Verdict(CaseRefusal.TASK_NOT_OPEN)


def may_admit(actor: Actor, *, organisation_id: UUID) -> Verdict:
    """The authority lets a provider in; a provider that accepts an order lets only itself in."""
    match actor.side:
        case Side.SYSTEM:
            return ALLOWED
        case Side.PROVIDER:
            own = actor.organisation_id == organisation_id
            return actor.may(Capability.ORDER_ACCEPT) & (ALLOWED if own else Verdict(NotAllowed.NOT_YOUR_ROLE))
        case _:
            return actor.may(Capability.ORDER_SEND)


def may_protect(actor: Actor, case_id: UUID, coordinator_id: UUID | None) -> Verdict:
    """Say who may see a case: its coordinator, and the leader. Not whom an emergency let in: it is not for that."""
    if case_id in actor.emergency_case_ids:
        return Verdict(NotAllowed.NOT_YOUR_ROLE)
    if coordinator_id is not None and coordinator_id == actor.user_id:
        return actor.may(Capability.CASE_PROTECT)
    return actor.may(Capability.ACCESS_REVIEW)


def may_see_address(actor: Actor, case_id: UUID, coordinator_id: UUID | None) -> Verdict:
    """A protected address is for the one who coordinates the case, and for whoever has it open in an emergency."""
    if case_id in actor.emergency_case_ids:
        return ALLOWED
    is_needed = actor.user_id == coordinator_id if coordinator_id else bool(actor.may(Capability.ACCESS_REVIEW))
    return actor.may(Capability.CASE_EDIT) & (ALLOWED if is_needed else Verdict(CaseRefusal.ADDRESS_IS_PROTECTED))


def may_read_address(actor: Actor, case: Case) -> bool:
    """Whether a text about the case may keep an address that is protected. The citizen's own is no secret to the
    citizen; whoever acts for the citizen has no need of it."""
    if actor.side == Side.CITIZEN or not case.citizen.is_address_protected:
        return True
    return bool(may_see_address(actor, case.id, case.coordinator_id))


def check_reason(words: str) -> Verdict:
    return ALLOWED if rules.says_why(words) else Verdict(CaseRefusal.REASON_TOO_SHORT)


def check_emergency_reason(words: str) -> Verdict:
    is_enough = rules.says_why(words, least=rules.SHORTEST_EMERGENCY)
    return ALLOWED if is_enough else Verdict(CaseRefusal.EMERGENCY_REASON_TOO_SHORT)


def may_reach(level: int, *, own: int, coordinators: int | None) -> Verdict:
    """Nobody shuts out him- or herself, nor the one whom the citizen can ring."""
    if level > own:
        return Verdict(CaseRefusal.ABOVE_YOUR_CLEARANCE)
    if coordinators is not None and level > coordinators:
        return Verdict(CaseRefusal.ABOVE_COORDINATORS_CLEARANCE)
    return ALLOWED


def may_declare_conflict(actor: Actor) -> Verdict:
    return ALLOWED if actor.side in {Side.AUTHORITY, Side.PROVIDER} else Verdict(NotAllowed.NOT_YOUR_ROLE)


def may_open_in_emergency(actor: Actor, *, is_own: bool, is_relatives: bool) -> Verdict:
    """One case at a time, and no need is so great that somebody reads about him- or herself or the family at work."""
    if is_own:
        return Verdict(CaseRefusal.YOUR_OWN_CASE)
    if is_relatives:
        return Verdict(CaseRefusal.YOUR_RELATIVES_CASE)
    is_free = Verdict(CaseRefusal.EMERGENCY_RUNNING) if actor.emergency_case_ids else ALLOWED
    return actor.may(Capability.EMERGENCY_ACCESS) & is_free


def may_review(actor: Actor, *, user_id: UUID, is_reviewed: bool) -> Verdict:
    """Another leader than the one who looked."""
    is_other = ALLOWED if user_id != actor.user_id else Verdict(CaseRefusal.NOT_YOUR_REVIEW)
    is_open = Verdict(CaseRefusal.ALREADY_REVIEWED) if is_reviewed else ALLOWED
    return actor.may(Capability.ACCESS_REVIEW) & is_other & is_open
