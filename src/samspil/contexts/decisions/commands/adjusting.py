"""A little more help for a short while: no letter, one line, and the authority sees it."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.commands.recording import record
from samspil.contexts.decisions.enums import DecisionRefusal
from samspil.contexts.decisions.models import Adjustment, Grant
from samspil.contexts.decisions.texts import LONGEST_LINE, cleaned
from samspil.kernel import clock

SMALL = "R44"
"""The row of the rule table that says how much is a little."""


@transaction.atomic
def adjust_grant(
    *,
    actor: Actor,
    at: dt.datetime,
    grant_id: UUID,
    what: str,
    minutes_a_day: int,
    starts_on: dt.date,
    ends_on: dt.date,
    is_favourable: bool,
    words: str = "",
) -> UUID:
    """Give a little more within a running grant. What is less, longer or larger needs a decision."""
    grant = Grant.objects.visible_to(actor).select_for_update(of=("self",)).get(id=grant_id)
    policy.may_adjust(actor, grant, on=clock.day_of(at)).or_raise()
    limits = catalogue.decision_rule(SMALL, at=at).limits
    rules.may_adjust(
        is_favourable=is_favourable,
        starts_on=starts_on,
        ends_on=ends_on,
        minutes_a_day=minutes_a_day,
        longest=limits["days"],
        most=limits["minutes_a_day"],
    ).or_raise()
    adjustment = Adjustment.objects.create(
        municipality=grant.municipality,
        case_id=grant.case_id,
        grant=grant,
        what=cleaned(what, limit=LONGEST_LINE, required=DecisionRefusal.NOTHING_WRITTEN),
        words=cleaned(words),
        minutes_a_day=minutes_a_day,
        runs=(starts_on, rules.day_after(ends_on)),
        made_at=at,
        made_by_name=actor.name,
    )
    record(actor, at, adjustment, "grant.adjusted", grant=str(grant.id), minutes=minutes_a_day)
    return adjustment.id
