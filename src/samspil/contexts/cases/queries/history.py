"""What has happened in a case, from the event log. The words are made by the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases.models import Case


@dataclass(frozen=True, slots=True)
class Happening:
    id: UUID
    at: dt.datetime
    kind: str
    user_name: str
    side: str
    subject_id: UUID | None
    data: dict[str, Any]


def happenings(
    actor: Actor, case_id: UUID, *, limit: int = 200, before: dt.datetime | None = None
) -> tuple[Happening, ...]:
    """The newest first. Raises Case.DoesNotExist for those without business there."""
    seen = Case.objects.visible_to(actor).filter(id=case_id)
    rows = access.Event.objects.filter(case_id=case_id, case_id__in=seen.values("id"))
    if before is not None:
        rows = rows.filter(at__lt=before)
    fields = ("id", "at", "kind", "user_name", "side", "subject_id", "data")
    found = tuple(Happening(*row) for row in rows.order_by("-at", "-id").values_list(*fields)[:limit])
    if not found and not seen.exists():
        raise Case.DoesNotExist
    return found
