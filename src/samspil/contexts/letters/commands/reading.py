"""The citizen has the letter in hand before it counts as received: then the decision is told, and can be answered."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, system_actor
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import policy
from samspil.contexts.letters.commands.writing import held, record
from samspil.contexts.letters.queries.letters import waits_to_be_told
from samspil.kernel import clock


@transaction.atomic
def take_in_hand(*, actor: Actor, at: dt.datetime, letter_id: UUID) -> UUID | None:
    """Who reads it here need not wait for the paper. The day for complaining stays the one in the letter. Gives the
    decision, None where the letter is about none.

    Raises Letter.DoesNotExist for those who do not see the letter, and Refused for those who may not answer for the
    citizen.
    """
    letter = held(actor, letter_id)
    policy.may_take_in_hand(actor).or_raise()
    if letter.decision_id is not None and waits_to_be_told(letter.municipality, letter.decision_id):
        decisions.tell_citizen(
            actor=system_actor(actor.on, municipality=letter.municipality),
            at=at,
            decision_id=letter.decision_id,
            told_on=clock.day_of(at),
            complain_by=letter.complaint_by,
        )
        record(actor, at, "letter.in_hand", letter)
    return letter.decision_id
