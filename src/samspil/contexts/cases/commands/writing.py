"""What every change here goes through: found, cleaned, recorded."""

import datetime as dt
from enum import Enum
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases.enums import CaseRefusal
from samspil.contexts.cases.models import Case
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import Refused


def case_held(actor: Actor, case_id: UUID) -> Case:
    """The case, held until the transaction ends. Raises Case.DoesNotExist for those without business there."""
    return Case.objects.acted_on_by(actor).select_for_update(of=("self",), no_key=True).get(id=case_id)


def written(text: str, limit: int, *, required: Enum | None = None) -> str:
    try:
        kept = clean(text, limit)
    except TooLong as error:
        raise Refused(CaseRefusal.TOO_LONG) from error
    if required is not None and not kept:
        raise Refused(required)
    return kept


def record(
    actor: Actor, at: dt.datetime, kind: str, *, municipality: int, case_id: UUID | None, subject_id: UUID, **data: Any
) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=case_id,
        subject=kind.split(".")[0],
        subject_id=subject_id,
        municipality=municipality,
        data=data,
    )
