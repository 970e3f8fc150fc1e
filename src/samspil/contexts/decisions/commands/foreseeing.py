"""What the calendar brings is set going, and has been seen to once somebody has decided."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions.commands import clocks
from samspil.contexts.decisions.queries.foreseen import HELP_ENDS, Foreseen


@transaction.atomic
def set_going(*, actor: Actor, at: dt.datetime, foreseen: Foreseen) -> None:
    """Refused when another watch was first."""
    clocks.start(
        actor,
        at,
        foreseen.kind,
        case_id=foreseen.case_id,
        subject_id=foreseen.subject_id,
        from_on=foreseen.from_on,
        about=foreseen.about,
    )


def seen_to(actor: Actor, at: dt.datetime, *, case_id: UUID, grant_id: UUID) -> None:
    """The help was decided on anew: neither its last day nor the end of the old act waits for anybody."""
    for kind in (HELP_ENDS, *(change.deadline for change in catalogue.transitions(at=at))):
        clocks.keep(actor, at, kind, case_id=case_id, subject_id=grant_id)
