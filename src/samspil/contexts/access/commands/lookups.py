"""Whoever looks people up by their number has a pace, so that no list of numbers is tried out one by one."""

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path

from django.db import transaction

from samspil.contexts.access import queries, rules
from samspil.contexts.access.actor import Actor
from samspil.contexts.access.commands.logs import record, take_turn


@transaction.atomic(durable=True)
def count_lookup(*, actor: Actor, at: dt.datetime) -> dt.datetime | None:
    """Before a number is looked up, whether it is then found or not: None, or from when the person may look up again.

    A transaction of its own, for the count must stay when what follows is rolled back. Which number it was is not kept.
    """
    paces = lookup_paces()
    take_turn(actor=actor, at=at, thing=f"lookups:{actor.user_id}")
    longest = max(pace.within for pace in paces)
    free_at = rules.free_to_look_up_at(queries.lookups_since(actor.user_id, at - longest), at=at, paces=paces)
    record(actor=actor, at=at, kind=rules.STOPPED if free_at else rules.LOOKED_UP)
    return free_at


@cache
def lookup_paces() -> tuple[rules.Pace, ...]:
    data = tomllib.loads(Path(__file__).parent.with_name("lookups.toml").read_text("utf-8"))
    return tuple(rules.Pace(row["most"], dt.timedelta(minutes=row["minutes"])) for row in data["pace"])
