"""The list of cases as lines: each says in words how it stands, whose turn it is and when contact was last."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel.text import first_name
from samspil.web.authority.words import ago
from samspil.web.process.turns import PREPARED, URGENT, side_of


@dataclass(frozen=True, slots=True)
class CaseLine:
    """`turn` is a word for the side that moves next, empty when nobody does; `contact` a short sentence."""

    row: cases.CaseRow
    turn: str
    is_ours: bool
    contact: str
    wish: str
    meeting: meetings.MeetingLine | None


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class CaseList:
    lines: tuple[CaseLine, ...]
    total: int
    search: str = ""
    said: str = ""
    emergency_url: str = ""
    is_mine: bool = False
    districts: tuple[Choice, ...] = ()
    statuses: tuple[Choice, ...] = ()
    areas: tuple[Choice, ...] = ()
    orders: tuple[Choice, ...] = ()
    pager: Page = field(default_factory=lambda: Paginator([], 1).page(1))


@dataclass(frozen=True, slots=True)
class _Sides:
    """The sides in words, translated once for a whole list."""

    ours: str
    authority: str
    provider: str

    def word(self, side: str, row: cases.CaseRow) -> str:
        match side:
            case Side.CITIZEN:
                return first_name(row.name)
            case Side.AUTHORITY:
                return self.ours if row.is_mine else first_name(row.coordinator_name) or self.authority
            case Side.PROVIDER:
                return self.provider
        return ""


class _Counted(Sequence[None]):
    """As many things as there are, without fetching them: Django's pager only counts."""

    def __init__(self, count: int) -> None:
        self.count_of_all = count

    def __len__(self) -> int:
        return self.count_of_all

    def __getitem__(self, index: object) -> list[None]:  # type: ignore[override]
        return []


def caselist_for(actor: Actor, wanted: cases.Wanted, *, now: dt.datetime) -> CaseList:
    """Five queries, however many lines."""
    found = cases.caseload(actor, wanted)
    districts = cases.districts_for(actor)
    return CaseList(
        lines=lines_of(actor, found.rows, now),
        total=found.total,
        search=wanted.search,
        is_mine=wanted.mine,
        districts=_choices([(str(d.id), d.name) for d in districts], str(wanted.district_id or ""))
        if len(districts) > 1
        else (),
        statuses=_choices(cases.CaseStatus.choices, wanted.status),
        areas=_choices(cases.Area.choices, wanted.area),
        orders=_choices(
            [("name", _("Navn")), ("contact", _("Længst siden kontakt")), ("newest", _("Nyeste"))], wanted.order
        ),
        pager=Paginator(_Counted(found.total), cases.PAGE).page(found.page),
    )


def caselist_of(actor: Actor, rows: Sequence[cases.CaseRow], *, now: dt.datetime, said: str = "") -> CaseList:
    """The cases of one person, found by CPR number; or nobody, and why."""
    return CaseList(lines=lines_of(actor, rows, now), total=len(rows), said=said)


def _choices(pairs: Sequence[tuple[str, object]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, str(label), value == chosen) for value, label in pairs)


def lines_of(actor: Actor, rows: Sequence[cases.CaseRow], now: dt.datetime) -> tuple[CaseLine, ...]:
    if not rows:
        return ()
    ids = [row.case_id for row in rows]
    actor = cases.reading_in(actor, rows)
    coming = meetings.next_meetings(actor, ids, now=now)
    waiting = orders.waiting_in(actor, ids, now=now)
    wish = _("ønsker hver %(days)d. dag")
    sides = _Sides(ours=_("Dig"), authority=_("Kommunen"), provider=_("Udfører"))
    found = []
    for row in rows:
        meeting = coming.get(row.case_id)
        side = turn_of(row, meeting, waiting.get(row.case_id, frozenset()))
        found.append(
            CaseLine(
                row=row,
                turn=sides.word(side, row),
                is_ours=side == Side.AUTHORITY,
                contact=_contact(row, actor.on),
                wish=wish % {"days": row.wished_days} if row.wished_days else "",
                meeting=meeting,
            )
        )
    return tuple(found)


def turn_of(row: cases.CaseRow, meeting: meetings.MeetingLine | None, waiting: Collection[tuple[str, str]]) -> str:
    """The side that moves next: the same rule as in the drawing, from what a list knows (a test keeps them equal)."""
    standing = {("case", row.status)}
    if row.status != cases.CaseStatus.CLOSED:
        standing |= {one for one in waiting if one in URGENT}
        is_status = meeting is not None and meeting.kind == meetings.MeetingKind.STATUS
        if not is_status:
            standing.discard(("status_note", "draft"))
        if meeting is not None:
            is_ready = meeting.status == "called" and meeting.is_prepared
            standing.add(("meeting", PREPARED if is_ready else meeting.status))
    return side_of(*min(standing, key=URGENT.index))


def _contact(row: cases.CaseRow, on: dt.date) -> str:
    if row.last_contact_on is None:
        return _("endnu ingen")
    return ago(row.last_contact_on, on)
