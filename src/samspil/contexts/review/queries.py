"""The list as the leader reads it."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.review import policy
from samspil.contexts.review.models import Finding, ReviewItem, Thresholds
from samspil.kernel.verdict import Verdict

PAGE = 25


@dataclass(frozen=True, slots=True)
class FindingView:
    id: UUID
    outcome: str
    outcome_words: str
    words: str
    at: dt.datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """`citizen_name` is empty when the item is about a number of citizens. The newest finding comes first."""

    id: UUID
    month: dt.date
    user_name: str
    user_title: str
    organisation_name: str
    citizen_id: UUID | None
    citizen_name: str
    case_id: UUID | None
    seen_on: dt.date
    first_at: dt.datetime
    last_at: dt.datetime
    times: int
    what: tuple[str, ...]
    purposes: tuple[str, ...]
    why: str
    is_sample: bool
    reasons: tuple[str, ...]
    count: int
    usual: int
    numbers: int
    stopped: int
    findings: tuple[FindingView, ...]
    may_note: Verdict


@dataclass(frozen=True, slots=True)
class ReviewList:
    items: tuple[ItemView, ...]
    total: int
    waiting: int


def thresholds(municipality: int, month: dt.date) -> Thresholds:
    """The municipality's own that held when the month began, else those for all."""
    own = Thresholds.objects.filter(municipality=municipality, valid_from__lte=month).order_by("-valid_from").first()
    return own or Thresholds(municipality=municipality, **_for_all())


@cache
def _for_all() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("thresholds.toml").read_text("utf-8"))


def is_drawn(actor: Actor, month: dt.date) -> bool:
    return ReviewItem.objects.visible_to(actor).filter(month=month).exists()


def review_list(actor: Actor, month: dt.date, *, sample: bool, only_waiting: bool, page: int) -> ReviewList:
    """A page of the sample or of what was unusual. Three queries and one for the names."""
    mine = ReviewItem.objects.visible_to(actor).filter(month=month)
    mine = mine.filter(is_sample=True) if sample else mine.exclude(reasons=[])
    mine = mine.annotate(is_noted=Exists(Finding.objects.filter(item=OuterRef("id"))))
    waiting = mine.filter(is_noted=False)
    shown = waiting if only_waiting else mine
    rows = shown.order_by("is_noted", "seen_on", "first_at", "id")[(page - 1) * PAGE : page * PAGE]
    return ReviewList(_views(actor, rows), shown.count(), waiting.count())


def item(actor: Actor, item_id: UUID) -> ItemView:
    """Raises ReviewItem.DoesNotExist."""
    found = _views(actor, ReviewItem.objects.visible_to(actor).filter(id=item_id))
    if not found:
        raise ReviewItem.DoesNotExist
    return found[0]


def _views(actor: Actor, rows: QuerySet[ReviewItem]) -> tuple[ItemView, ...]:
    found = list(rows.prefetch_related("findings"))
    names = _names(actor, {row.citizen_id for row in found if row.citizen_id})
    return tuple(_view(actor, row, names.get(row.citizen_id, "") if row.citizen_id else "") for row in found)


def _names(actor: Actor, citizen_ids: set[UUID]) -> dict[UUID, str]:
    """Of a citizen whose case is closed to the leader the number, so that the log can be gone through all the same."""
    of_citizen = cases.Case.objects.filter(citizen_id=OuterRef("id"))
    people = citizens.Citizen.objects.filter(id__in=citizen_ids).annotate(
        is_seen=Exists(of_citizen.visible_to(actor)), number=Subquery(of_citizen.order_by("-id").values("number")[:1])
    )
    rows = people.values_list("id", "first_name", "last_name", "is_seen", "number")
    return {
        key: f"{first} {last}" if is_seen or number is None else _("borgeren i sag %(number)s") % {"number": number}
        for key, first, last, is_seen, number in rows
    }


def _view(actor: Actor, row: ReviewItem, citizen_name: str) -> ItemView:
    findings = sorted(row.findings.all(), key=lambda one: (one.at, one.id), reverse=True)
    return ItemView(
        id=row.id,
        month=row.month,
        user_name=row.user_name,
        user_title=row.user_title,
        organisation_name=row.organisation_name,
        citizen_id=row.citizen_id,
        citizen_name=citizen_name,
        case_id=row.case_id,
        seen_on=row.seen_on,
        first_at=row.first_at,
        last_at=row.last_at,
        times=row.times,
        what=tuple(row.what),
        purposes=tuple(row.purposes),
        why=row.why,
        is_sample=row.is_sample,
        reasons=tuple(row.reasons),
        count=row.figures.get("count", 0),
        usual=row.figures.get("usual", 0),
        numbers=row.figures.get("numbers", 0),
        stopped=row.figures.get("stopped", 0),
        findings=tuple(
            FindingView(one.id, one.outcome, str(one.get_outcome_display()), one.words, one.at, one.by_name)
            for one in findings
        ),
        may_note=policy.may_note(actor, looked=row.user_id),
    )
