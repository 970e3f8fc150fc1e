"""Who may write about a citizen. Who may look follows from the case."""

from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, NotAllowed, Side
from samspil.contexts.citizens.models import Citizen
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
