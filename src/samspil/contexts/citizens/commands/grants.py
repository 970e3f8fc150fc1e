"""The citizen lets somebody in, changes what that opens, takes it back, and thinks better of it."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.citizens import policy, rules
from samspil.contexts.citizens.commands.people import record, short
from samspil.contexts.citizens.enums import CitizenRefusal, GrantKind, GrantSource, Matter, Scope
from samspil.contexts.citizens.models import AccessGrant, Relation
from samspil.kernel import clock
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused

LONGEST_DOCUMENT = 120


@transaction.atomic
def give_access(
    *,
    actor: Actor,
    at: dt.datetime,
    relation_id: UUID,
    scopes: Collection[str],
    source: str,
    kind: str = GrantKind.RELATIVE,
    matters: Collection[str] = (),
    document: str = "",
    last_day: dt.date | None = None,
) -> UUID:
    """Let somebody around the citizen see and do something, from today until the end of `last_day`.

    The citizen chooses alone; the authority writes down what the citizen said, or what follows from the law. Raises
    Refused and Relation.DoesNotExist.
    """
    relation = Relation.objects.select_for_update(of=("self",)).select_related("citizen").get(id=relation_id)
    today = clock.day_of(at)
    document = short(document, LONGEST_DOCUMENT)
    (
        policy.may_give(actor, relation.citizen, kind=kind)
        & rules.may_hold(kind, matters, scopes, on=today)
        & rules.is_documented(kind, source, document, by_citizen=policy.is_self(actor, relation.citizen_id))
        & rules.ends_after(last_day, on=today)
    ).or_raise()
    grant = AccessGrant(
        id=new_id(),
        municipality=relation.municipality,
        citizen=relation.citizen,
        relation=relation,
        kind=GrantKind(kind),
        matters=_in_order(Matter, matters),
        scopes=_in_order(Scope, scopes),
        runs=(today, _after(last_day)),
        source=GrantSource(source),
        document=document,
        chosen_by_name=actor.name,
        chosen_at=at,
    )
    _save(grant, force_insert=True)
    what = {"relation_id": str(relation.id), "grant_kind": kind, "source": source, "until": str(last_day or "")}
    record(actor, at, "grant.given", relation.citizen, grant.id, scopes=grant.scopes, **what)
    return grant.id


@transaction.atomic
def change_access(
    *,
    actor: Actor,
    at: dt.datetime,
    grant_id: UUID,
    scopes: Collection[str],
    source: str,
    last_day: dt.date | None = None,
) -> None:
    """Open more or less, for longer or shorter. The event keeps what it was.

    Raises Refused and AccessGrant.DoesNotExist.
    """
    grant = _held(grant_id)
    today = clock.day_of(at)
    (
        policy.may_change_grant(actor, grant.citizen, grant)
        & rules.may_hold(grant.kind, grant.matters, scopes, on=today)
        & rules.is_documented(grant.kind, source, grant.document, by_citizen=policy.is_self(actor, grant.citizen_id))
        & rules.ends_after(last_day, on=today)
    ).or_raise()
    before = {"before": list(grant.scopes), "until_before": str(grant.runs.upper or "")}
    grant.scopes, grant.source = _in_order(Scope, scopes), GrantSource(source)
    grant.runs = (grant.runs.lower, _after(last_day))
    grant.chosen_by_name, grant.chosen_at = actor.name, at
    _save(grant, update_fields=["scopes", "source", "runs", "chosen_by_name", "chosen_at"])
    what = {"scopes": grant.scopes, "source": source, "until": str(last_day or "")}
    record(actor, at, "grant.changed", grant.citizen, grant.id, **before, **what)


@transaction.atomic
def take_back(*, actor: Actor, at: dt.datetime, grant_id: UUID) -> None:
    """Nobody gets in by it from the next page on. What was seen until now stays in the log."""
    grant = _held(grant_id)
    policy.may_take_back(actor, grant.citizen, grant).or_raise()
    _save_taken_back(grant, at, actor.name)
    record(actor, at, "grant.taken_back", grant.citizen, grant.id)


@transaction.atomic
def give_back(*, actor: Actor, at: dt.datetime, grant_id: UUID) -> None:
    """Undo `take_back` while it is fresh. Raises Refused when a new grant has taken its place."""
    grant = _held(grant_id)
    policy.may_give_back(actor, grant.citizen, grant, now=at).or_raise()
    _save_taken_back(grant, None, "")
    record(actor, at, "grant.given_back", grant.citizen, grant.id)


def _held(grant_id: UUID) -> AccessGrant:
    return AccessGrant.objects.select_for_update(of=("self",)).select_related("citizen").get(id=grant_id)


def _save_taken_back(grant: AccessGrant, at: dt.datetime | None, name: str) -> None:
    grant.taken_back_at, grant.taken_back_by_name = at, name
    _save(grant, update_fields=["taken_back_at", "taken_back_by_name"])


def _save(grant: AccessGrant, **how: Any) -> None:
    try:
        with transaction.atomic():
            grant.save(**how)
    except IntegrityError as error:  # the database knows of another grant of the kind in those days
        if "one_grant_of_a_kind_at_a_time" not in str(error):
            raise
        raise Refused(CitizenRefusal.HAS_ACCESS_ALREADY) from error


def _in_order(choices: Any, given: Collection[str]) -> list[str]:
    return [str(choice.value) for choice in choices if choice in given]


def _after(last_day: dt.date | None) -> dt.date | None:
    return None if last_day is None else last_day + dt.timedelta(days=1)
