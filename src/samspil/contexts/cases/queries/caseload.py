"""The cases of a caseworker or a district, a page at a time. Two queries however many rows."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Coalesce

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.cases import rules
from samspil.contexts.cases.enums import Area, CaseStatus
from samspil.contexts.cases.models import Case
from samspil.contexts.citizens import api as citizens
from samspil.kernel.text import clean

PAGE = 50
ORDERS = ("name", "contact", "newest")
_NUMBER = re.compile(r"\d{2}-\d{1,7}")
_LONGEST_SEARCH = 80


_FIELDS = (
    "id", "number", "citizen_id", "citizen__first_name", "citizen__last_name", "citizen__born_on", "status",
    "status_since", "area", "district__name", "coordinator_id", "coordinator__name", "opened_on", "last_contact_on",
    "wished",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseRow:
    """`contact_due_on` is the day by which the citizen wants contact again, if there is a wish."""

    case_id: UUID
    number: str
    citizen_id: UUID
    name: str
    age: int
    status: str
    status_words: str
    status_since: dt.datetime
    turn: str
    area_words: str
    district: str
    coordinator_name: str
    is_mine: bool
    opened_on: dt.date
    last_contact_on: dt.date | None
    wished_days: int | None
    contact_due_on: dt.date | None
    is_contact_late: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases to show. Closed cases are shown only when asked for by status or by number."""

    search: str = ""
    mine: bool = False
    district_id: UUID | None = None
    status: str = ""
    area: str = ""
    order: str = "name"
    page: int = 1


@dataclass(frozen=True, slots=True)
class DistrictChoice:
    id: UUID
    name: str


def caseload(actor: Actor, wanted: Wanted) -> Caseload:
    """The actor's own municipality or district, in Danish order; a page beyond the last shows the last."""
    is_plain = wanted == _plain(wanted)
    total = sum(_count(actor, wanted) if is_plain else _counted(actor, wanted))
    pages = max(1, -(-total // PAGE))
    page = min(max(1, wanted.page), pages)
    first = (page - 1) * PAGE
    on_page = _page(actor, wanted, first) if is_plain else _paged(actor, wanted, first)
    return Caseload(tuple(_row(actor, row) for row in on_page), total, page, pages)


def my_cases(actor: Actor, *, limit: int = 200) -> tuple[CaseRow, ...]:
    """The open cases that the actor coordinates, by name."""
    return tuple(_row(actor, row) for row in _mine(actor, limit))


def cases_of_citizen(actor: Actor, citizen_id: UUID) -> tuple[CaseRow, ...]:
    """Open and closed, the newest first; only those the actor may see."""
    return tuple(_row(actor, row) for row in _of_citizen(actor, citizen_id))


@prepared
def _of_citizen(actor: Actor, citizen_id: UUID) -> QuerySet[Case, dict[str, Any]]:
    rows = Case.objects.visible_to(actor).filter(citizen_id=citizen_id)
    return rows.annotate(wished=citizens.wished_days()).order_by("-opened_on", "-id").values(*_FIELDS)


def districts_for(actor: Actor) -> tuple[DistrictChoice, ...]:
    """The districts whose cases the actor sees."""
    if actor.municipality is None:
        return ()
    return tuple(DistrictChoice(*row) for row in _districts(actor))


@prepared
def _districts(actor: Actor) -> QuerySet[access.District, tuple[UUID, str]]:
    rows = access.District.objects.filter(Q(municipality=actor.municipality))
    if actor.district_ids:
        rows = rows.filter(id__one_of=actor.district_ids)
    return rows.order_by("name").values_list("id", "name")


@prepared
def _mine(actor: Actor, limit: int) -> QuerySet[Case, dict[str, Any]]:
    return _ordered(_wanted(actor, Wanted(mine=True)), "name")[:limit].values(*_FIELDS)


def _paged(actor: Actor, wanted: Wanted, first: int) -> QuerySet[Case, dict[str, Any]]:
    return _ordered(_wanted(actor, wanted), wanted.order)[first : first + PAGE].values(*_FIELDS)


_page = prepared(_paged)


def _counted(actor: Actor, wanted: Wanted) -> QuerySet[Case, int]:
    """How many there are, as a query: `count()` cannot be prepared. No row when there are none."""
    one_group = _wanted(actor, wanted).order_by().annotate(all=Value(1)).values("all")
    return one_group.annotate(found=Count("id")).values_list("found", flat=True)


_count = prepared(_counted)


def _plain(wanted: Wanted) -> Wanted:
    """The same without what somebody has typed or picked: few enough kinds to be prepared."""
    return Wanted(mine=wanted.mine, status=wanted.status, area=wanted.area, order=wanted.order)


def _wanted(actor: Actor, wanted: Wanted) -> QuerySet[Case]:
    rows = Case.objects.visible_to(actor).annotate(wished=citizens.wished_days())
    search = " ".join(clean(wanted.search[:_LONGEST_SEARCH], _LONGEST_SEARCH).split())
    if _NUMBER.fullmatch(search):
        return rows.filter(number=search)
    if search and actor.municipality is not None:
        rows = rows.filter(citizen__in=citizens.named(search.split()).filter(municipality=actor.municipality))
    if wanted.mine:
        rows = rows.filter(coordinator_id=actor.user_id)
    if wanted.district_id is not None:
        rows = rows.filter(district_id=wanted.district_id)
    if wanted.area in Area.values:
        rows = rows.filter(area=wanted.area)
    if wanted.status in CaseStatus.values:
        return rows.filter(status=wanted.status)
    return rows.exclude(status=CaseStatus.CLOSED)


def _ordered(rows: QuerySet[Case], order: str) -> QuerySet[Case]:
    match order:
        case "contact":
            since = Coalesce("last_contact_on", "opened_on")
            due = CombinedExpression(since, "+", Cast("wished", IntegerField()), output_field=DateField())
            return rows.annotate(contact_due=due).order_by(F("contact_due").asc(nulls_last=True), "id")
        case "newest":
            return rows.order_by("-opened_on", "-id")
        case _:
            return rows.order_by("citizen__name_key", "id")


def _row(actor: Actor, row: dict[str, Any]) -> CaseRow:
    due = rules.contact_due(row["last_contact_on"], row["wished"], since=row["opened_on"])
    is_open = row["status"] != CaseStatus.CLOSED
    return CaseRow(
        case_id=row["id"],
        number=row["number"],
        citizen_id=row["citizen_id"],
        name=f"{row['citizen__first_name']} {row['citizen__last_name']}",
        age=rules.age(row["citizen__born_on"], on=actor.on),
        status=row["status"],
        status_words=str(CaseStatus(row["status"]).label),
        status_since=row["status_since"],
        turn=rules.CASE.turn_of(row["status"]),
        area_words=str(Area(row["area"]).label),
        district=row["district__name"] or "",
        coordinator_name=row["coordinator__name"] or "",
        is_mine=row["coordinator_id"] is not None and row["coordinator_id"] == actor.user_id,
        opened_on=row["opened_on"],
        last_contact_on=row["last_contact_on"],
        wished_days=row["wished"],
        contact_due_on=due,
        is_contact_late=is_open and due is not None and due < actor.on,
    )
