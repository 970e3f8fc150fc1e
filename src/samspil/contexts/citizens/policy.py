"""Who may write about a citizen and let others in. Who may look follows from the case."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, NotAllowed, Side
from samspil.contexts.citizens import rules
from samspil.contexts.citizens.enums import CitizenRefusal, GrantKind, Scope
from samspil.contexts.citizens.models import AccessGrant, Citizen
from samspil.kernel.verdict import ALLOWED, Refused, Verdict


def may_add(actor: Actor) -> Verdict:
    return ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.CASE_OPEN)


def home_of(actor: Actor, municipality: int | None) -> int:
    """The municipality that something is written down in: the one named, else the actor's own."""
    home = actor.municipality if municipality is None else municipality
    if home is None or (actor.side != Side.SYSTEM and home != actor.municipality):
        raise Refused(NotAllowed.NOT_YOUR_ROLE)
    return home


def may_change(actor: Actor, citizen: Citizen) -> Verdict:
    """The authority in its own municipality, and Samspil itself when it carries over what came in."""
    if actor.municipality != citizen.municipality:
        return Verdict(NotAllowed.NOT_YOUR_ROLE)
    return ALLOWED if actor.side == Side.SYSTEM else actor.may(Capability.CASE_EDIT)


def may_agree_contact(actor: Actor, citizen: Citizen) -> Verdict:
    """The wish is the citizen's own: the citizen may also say it without the authority."""
    if is_self(actor, citizen.id):
        return ALLOWED
    return may_change(actor, citizen)


def is_self(actor: Actor, citizen_id: UUID) -> bool:
    return actor.side == Side.CITIZEN and actor.citizen_id == citizen_id


def may(actor: Actor, *scopes: Scope) -> Verdict:
    """What a relative may follows from the grant; whoever is no relative is not asked for one."""
    is_let = actor.side != Side.RELATIVE or actor.scopes.issuperset(scopes)
    return ALLOWED if is_let else Verdict(CitizenRefusal.NOT_LET)


def may_choose(actor: Actor, citizen: Citizen) -> Verdict:
    """Who sees and chooses who may see what: the citizen, and the authority for the citizen. Never a relative."""
    return may_agree_contact(actor, citizen)


def may_give(actor: Actor, citizen: Citizen, *, kind: str) -> Verdict:
    """The citizen lets in whom the citizen likes; powers and guardianships are seen on paper by the authority."""
    if kind != GrantKind.RELATIVE:
        return may_change(actor, citizen)
    return may_choose(actor, citizen)


def may_change_grant(actor: Actor, citizen: Citizen, grant: AccessGrant) -> Verdict:
    return may_give(actor, citizen, kind=grant.kind) & _goes_on(actor, grant)


def may_take_back(actor: Actor, citizen: Citizen, grant: AccessGrant) -> Verdict:
    """What the citizen chose, the citizen takes back; what the law gave ends with its ground, seen by the authority."""
    if grant.kind in rules.BY_LAW and is_self(actor, citizen.id):
        return Verdict(CitizenRefusal.FOLLOWS_FROM_LAW)
    return may_choose(actor, citizen) & _goes_on(actor, grant)


def may_give_back(actor: Actor, citizen: Citizen, grant: AccessGrant, *, now: dt.datetime) -> Verdict:
    allowed = may_choose(actor, citizen)
    if grant.kind in rules.BY_LAW:
        allowed = may_change(actor, citizen)
    return allowed & rules.may_undo(taken_back_at=grant.taken_back_at, now=now)


def _goes_on(actor: Actor, grant: AccessGrant) -> Verdict:
    is_over = grant.runs.upper is not None and grant.runs.upper <= actor.on
    return Verdict(CitizenRefusal.ACCESS_IS_OVER) if is_over or grant.taken_back_at is not None else ALLOWED
