"""What a townsperson lets a relative see, and what a guardian or a power opens, as the stories tell it."""

import datetime as dt
from uuid import UUID

from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import GrantKind, GrantSource, Scope
from samspil.jobs.demo.content import Access, Relative
from samspil.jobs.demo.life import Life

_WITH_IT = {Scope.PLAN: (Scope.AGREEMENTS, Scope.HELPERS), Scope.MEETINGS: (Scope.PREPARE,)}
"""What goes with the few words of a story."""


def let_in(life: Life, relation_id: UUID, relative: Relative, at: dt.datetime) -> None:
    """The citizen says yes at the first talk, and the caseworker writes it down."""
    said = {scope for word in relative.may_see for scope in (Scope(word), *_WITH_IT.get(Scope(word), ()))}
    if said and relative.role != "guardian":
        citizens.give_access(
            actor=life.as_caseworker(at),
            at=at,
            relation_id=relation_id,
            scopes=said,
            source=GrantSource.MEETING,
        )
    for one in relative.access:
        _give(life, relation_id, one, at)


def _give(life: Life, relation_id: UUID, one: Access, at: dt.datetime) -> None:
    day = at.date()
    start = citizens.for_a_start(one.kind, one.matters, on=day)
    citizens.give_access(
        actor=life.as_caseworker(at),
        at=at,
        relation_id=relation_id,
        kind=GrantKind(one.kind),
        matters=one.matters,
        scopes=one.scopes or start,
        source=GrantSource.REGISTER,
        document=life.tell(one.document),
        last_day=day + dt.timedelta(days=one.days) if one.days else None,
    )
