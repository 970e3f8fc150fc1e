"""One line in the event log for each thing that is done."""

import datetime as dt

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.decisions.examining import CaseRow
from samspil.contexts.decisions.texts import LONGEST_NAME


def record(actor: Actor, at: dt.datetime, row: CaseRow, kind: str, **data: object) -> None:
    """`data` holds ids and codes, no prose. What is done for the citizen says for whom."""
    if actor.side == Side.RELATIVE:
        data["acting_for"] = str(actor.citizen_id)
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=row.case_id,
        subject=row._meta.model_name or "",
        subject_id=row.id,
        municipality=row.municipality,
        data=data,
    )


def spoken_for(actor: Actor, row: CaseRow) -> str:
    """As in "Gerda Lund for Karla Holm": what somebody says for the citizen is never taken for the citizen's own."""
    return f"{actor.name} for {row.case.citizen}"[:LONGEST_NAME]
