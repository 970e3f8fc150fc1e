"""Who may see what: for the citizen and the authority, and for the one who has been let in."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.citizens import policy, rules
from samspil.contexts.citizens.enums import GrantKind, GrantSource, Matter, RelationKind, Scope
from samspil.contexts.citizens.models import AccessGrant, Citizen, Relation
from samspil.kernel.verdict import Verdict

_STRONGEST = (
    GrantKind.GUARDIAN, GrantKind.FUTURE_POWER, GrantKind.DIGITAL_POWER, GrantKind.PAPER_POWER, GrantKind.RELATIVE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant as the citizen and the authority read it. `last_day` is the last day it holds, None while it goes on.

    `widest` is the most it can hold, `law` where that stands when it follows from the law; `is_on` says whether it
    lets anybody in on the reader's day; `scope_words` go on from "Ida må".
    """

    id: UUID
    relation_id: UUID
    kind: str
    kind_words: str
    matter_words: tuple[str, ...]
    scopes: tuple[str, ...]
    scope_words: tuple[str, ...]
    widest: frozenset[str]
    first_day: dt.date
    last_day: dt.date | None
    source_words: str
    document: str
    law: tuple[str, ...]
    chosen_by_name: str
    chosen_at: dt.datetime
    taken_back_at: dt.datetime | None
    taken_back_by_name: str
    is_on: bool
    may_change: Verdict
    may_take_back: Verdict
    may_give_back: Verdict


@dataclass(frozen=True, slots=True)
class PersonWithAccess:
    """Somebody around the citizen with the grants that hold or are still to come, and those that are over."""

    relation_id: UUID
    name: str
    relation_words: str
    relation_code: str
    phone: str
    has_log_in: bool
    grants: tuple[GrantView, ...]
    over: tuple[GrantView, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A citizen whom somebody may act for on a day: on what ground, until when, and what that opens."""

    citizen_id: UUID
    municipality: int
    first_name: str
    name: str
    kind: str
    kind_words: str
    last_day: dt.date | None
    scopes: frozenset[str]
    scope_words: tuple[str, ...]


def people_with_access(actor: Actor, citizen_id: UUID, *, now: dt.datetime) -> tuple[PersonWithAccess, ...]:
    """Everybody around the citizen, by name. For the citizen and the authority, let in through the case."""
    citizen = Citizen.objects.only("id", "municipality").get(id=citizen_id)
    policy.may_choose(actor, citizen).or_raise()
    views: dict[UUID, list[GrantView]] = {}
    for row in AccessGrant.objects.filter(citizen_id=citizen_id).order_by("-chosen_at", "-id"):
        views.setdefault(row.relation_id, []).append(_view(actor, row, citizen, now))
    people = Relation.objects.filter(citizen_id=citizen_id, runs__contains=actor.on).order_by("name", "id")
    return tuple(
        PersonWithAccess(
            relation_id=person.id,
            name=person.name,
            relation_words=str(RelationKind(person.kind).label),
            relation_code=person.kind,
            phone=person.phone,
            has_log_in=person.user_id is not None,
            grants=tuple(view for view in views.get(person.id, ()) if not _is_over(view, actor.on)),
            over=tuple(view for view in views.get(person.id, ()) if _is_over(view, actor.on)),
        )
        for person in people
    )


def _is_over(view: GrantView, on: dt.date) -> bool:
    return view.taken_back_at is not None or (view.last_day is not None and view.last_day < on)


def _view(actor: Actor, row: AccessGrant, citizen: Citizen, now: dt.datetime) -> GrantView:
    rights = rules.rights_of(row.kind, row.matters, on=row.runs.lower)
    return GrantView(
        id=row.id,
        relation_id=row.relation_id,
        kind=row.kind,
        kind_words=str(GrantKind(row.kind).label),
        matter_words=tuple(str(Matter(matter).label) for matter in row.matters),
        scopes=tuple(row.scopes),
        scope_words=words_of(row.scopes),
        widest=rules.widest(row.kind, row.matters, on=actor.on),
        first_day=row.runs.lower,
        last_day=_last_day(row.runs.upper),
        source_words=str(GrantSource(row.source).label),
        document=row.document,
        law=tuple(dict.fromkeys(right.source for right in rights)),
        chosen_by_name=row.chosen_by_name,
        chosen_at=row.chosen_at,
        taken_back_at=row.taken_back_at,
        taken_back_by_name=row.taken_back_by_name,
        is_on=row.taken_back_at is None and actor.on in row.runs,
        may_change=policy.may_change_grant(actor, citizen, row),
        may_take_back=policy.may_take_back(actor, citizen, row),
        may_give_back=policy.may_give_back(actor, citizen, row, now=now),
    )


def words_of(scopes: Iterable[str]) -> tuple[str, ...]:
    """In the order of the enum, whatever order they were written down in."""
    held = frozenset(scopes)
    return tuple(str(scope.label) for scope in Scope if scope in held)


def standings_of(actor: Actor) -> tuple[Standing, ...]:
    """The citizens that a relative may act for on the actor's day, by name. One query; nobody else has any."""
    if actor.side != Side.RELATIVE or actor.user_id is None:
        return ()
    by_citizen: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in _held(actor.user_id, actor.on):
        by_citizen.setdefault(row[0], []).append(row)
    return tuple(_standing(rows) for rows in by_citizen.values())


@prepared
def _held(user_id: UUID, on: dt.date) -> QuerySet[AccessGrant, tuple[Any, ...]]:
    rows = AccessGrant.objects.held_by(user_id, on).order_by("citizen__name_key", "citizen_id", "id")
    names = ("citizen__first_name", "citizen__last_name")
    return rows.values_list("citizen_id", "municipality", *names, "kind", "runs", "scopes")


def _standing(rows: list[tuple[Any, ...]]) -> Standing:
    """Several grants for one citizen open what they hold together; the strongest gives its name."""
    rows = sorted(rows, key=lambda row: _STRONGEST.index(row[4]))
    citizen_id, municipality, first, last, kind, runs, _scopes = rows[0]
    scopes = frozenset[str]().union(*(row[6] for row in rows))
    return Standing(
        citizen_id=citizen_id,
        municipality=municipality,
        first_name=first,
        name=f"{first} {last}",
        kind=kind,
        kind_words=str(GrantKind(kind).label),
        last_day=_last_day(runs.upper),
        scopes=scopes,
        scope_words=words_of(scopes),
    )


def acting_for(actor: Actor, standings: Iterable[Standing], *, wanted: UUID | None) -> tuple[Actor, Standing | None]:
    """The relative as acting for the one chosen, else for the first; with no grant the relative may nothing."""
    by_id: dict[UUID | None, Standing] = {standing.citizen_id: standing for standing in standings}
    chosen = by_id.get(wanted or actor.citizen_id) or by_id.get(actor.citizen_id) or next(iter(by_id.values()), None)
    if chosen is None:
        return replace(actor, citizen_id=None, scopes=frozenset()), None
    acting = replace(actor, citizen_id=chosen.citizen_id, municipality=chosen.municipality, scopes=chosen.scopes)
    return acting, chosen


def _last_day(upper: dt.date | None) -> dt.date | None:
    return None if upper is None else upper - dt.timedelta(days=1)
