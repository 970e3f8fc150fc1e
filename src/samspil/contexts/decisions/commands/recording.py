"""One line in the event log for each thing that is done."""

import datetime as dt

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.decisions.examining import CaseRow


def record(actor: Actor, at: dt.datetime, row: CaseRow, kind: str, **data: object) -> None:
    """`data` holds ids and codes, no prose."""
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
