"""What has happened in a case, from the event log. The words are made by the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens.api import Scope


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
    actor: Actor,
    case_id: UUID,
    *,
    kinds: frozenset[str] | None = None,
    limit: int = 200,
    before: dt.datetime | None = None,
) -> tuple[Happening, ...]:
    """The newest first, of all `kinds` or of these; a relative needs to see the plan. Raises Case.DoesNotExist for
    those without business there."""
    found = tuple(Happening(*row) for row in _events(actor, case_id, kinds, limit, before))
    if not found and not Case.objects.visible_to(actor, Scope.PLAN).filter(id=case_id).exists():
        raise Case.DoesNotExist
    return found


@prepared
def _events(
    actor: Actor, case_id: UUID, kinds: frozenset[str] | None, limit: int, before: dt.datetime | None
) -> QuerySet[access.Event, tuple[Any, ...]]:
    seen = Case.objects.visible_to(actor, Scope.PLAN).filter(id=case_id)
    rows = access.Event.objects.filter(case_id=case_id, case_id__in=seen.values("id"))
    if kinds is not None:
        rows = rows.filter(kind__one_of=kinds)
    if before is not None:
        rows = rows.filter(at__lt=before)
    fields = ("id", "at", "kind", "user_name", "side", "subject_id", "data")
    return rows.order_by("-at", "-id").values_list(*fields)[:limit]
