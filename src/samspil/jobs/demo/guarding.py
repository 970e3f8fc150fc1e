"""One case that few may see, and one that was opened in an emergency and looked into afterwards."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.town import actor_of

_LOOKED_AT = ("case", "people", "notes")


def guard(lives: Sequence[Life]) -> None:
    """Not in Karla's case, which the tour follows."""
    known = [
        life for life in lives if life.case_id and life.home.organisation == "fjordby" and not life.story.cast.name
    ]
    running = [life for life in known if life.stage == "running"]
    _restrict(running[:1])
    for life in running[1:]:
        if _open_in_emergency(life):
            return


def _restrict(lives: Sequence[Life]) -> None:
    for life in lives:
        at = life.moments.past(20, "10.15")
        actor = life.as_caseworker(at)
        cases.protect_case(
            actor=actor,
            at=at,
            case_id=_case_of(life),
            sensitivity=access.Sensitivity.SENSITIVE,
            is_restricted=True,
            user_ids=[life.town.actor("lene", at).person_id],
        )


def _open_in_emergency(life: Life) -> bool:
    """By the first colleague from another district, if there is one."""
    at = life.moments.past(9, "16.40")
    case_id = _case_of(life)
    for person in life.town.content.staff:
        actor = life.town.actor(person.key, at)
        if person.role not in {"caseworker", "assessor"} or not cases.closed_case(actor, case_id=case_id):
            continue
        emergency_id = cases.open_in_emergency(
            actor=actor,
            at=at,
            case_id=case_id,
            ground="called_by_emergency_services",
            words="Lægen skal bruge navnet på en pårørende",
        )
        _look_around(actor, life, at)
        reviewed_at = life.moments.past(7, "09.20")
        cases.review_emergency(
            actor=life.town.actor("lene", reviewed_at),
            at=reviewed_at,
            emergency_id=emergency_id,
            finding=access.Finding.WAS_NEEDED,
            words="Jeg har talt med lægen og med kollegaen. Der blev kun set på det, der skulle bruges.",
        )
        return True
    return False


def _look_around(actor: Actor, life: Life, at: dt.datetime) -> None:
    now = actor_of(actor.person_id, on=at.date(), now=at)
    for number, what in enumerate(_LOOKED_AT, 1):
        seen_at = at + dt.timedelta(minutes=number * 2)
        access.log_looks(actor=now, at=seen_at, looks=[(life.citizen, life.case_id, what, "")])
    access.end_emergency(actor=now, at=at + dt.timedelta(minutes=11))


def _case_of(life: Life) -> UUID:
    if life.case_id is None:
        raise LookupError(f"{life.story.key} has no case")
    return life.case_id
