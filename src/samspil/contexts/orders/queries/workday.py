"""What a provider meets in the morning: its citizens, and the status notes that are wanted."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import rules
from samspil.contexts.orders.enums import OrderStatus, StatusNoteStatus
from samspil.contexts.orders.models import Order, StatusNote
from samspil.kernel import clock

_LOOK_AHEAD = rules.LEAD
_JUST_DONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NextAgreement:
    """A promise with a day, or a meeting (`starts_at` is set)."""

    text: str
    who: str
    on: dt.date
    starts_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class LastNote:
    """When somebody of the provider last wrote, and how the note begins."""

    at: dt.datetime
    author_name: str
    opening: str


@dataclass(frozen=True, slots=True)
class ProviderCitizen:
    """One citizen of a provider: as much as one needs on a doorstep, and no CPR number."""

    case_id: UUID
    citizen_id: UUID
    name: str
    order_id: UUID | None
    what: str
    contact_name: str
    is_mine: bool
    next: NextAgreement | None
    last_note: LastNote | None


@dataclass(frozen=True, slots=True)
class StatusDue:
    """A status note that is wanted. `is_for_meeting` when a status meeting asks for it, else the order's follow-up."""

    order_id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    wanted_on: dt.date
    is_for_meeting: bool
    is_late: bool
    last_sent_on: dt.date | None
    draft_id: UUID | None


PAGE = 50


@dataclass(frozen=True, slots=True)
class ProviderCitizens:
    """One page, and the cases of all of one's own."""

    shown: tuple[ProviderCitizen, ...]
    total: int
    page: int
    own_case_ids: frozenset[UUID]


def provider_citizens(actor: Actor, *, now: dt.datetime, page: int = 1, only_mine: bool = False) -> ProviderCitizens:
    """The citizens the provider helps, one's own and those with something coming first. Six queries for any number.

    Who comes first is known when all have been asked for what comes next; the rest is asked of the page's own. With
    `only_mine` one's own are shown, and `total` is of all.
    """
    if actor.organisation_id is None:
        return ProviderCitizens((), 0, 1, frozenset())
    parts = cases.Participation.objects.visible_to(actor).filter(
        organisation_id=actor.organisation_id, runs__contains=actor.on
    )
    if actor.unit_ids:
        parts = parts.filter(Q(unit_id__one_of=actor.unit_ids) | Q(unit_id__isnull=True))
    rows = {row.case_id: row for row in parts.order_by("-runs", "id").values_list(*_PART, named=True)}
    asked = {key: row for key, row in rows.items() if row.contact_id == actor.user_id} if only_mine else rows
    coming = _next(actor, asked, now)
    found = sorted((_citizen(actor, row, coming) for row in asked.values()), key=_soonest)
    page = min(max(1, page), max(1, -(-len(found) // PAGE)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    ids = [one.case_id for one in shown]
    running = Order.objects.visible_to(actor).filter(status=OrderStatus.RUNNING, case_id__in=ids)
    orders = {row.case_id: row for row in running.order_by("starts_on", "id")}
    written = _last_notes(actor, ids)
    return ProviderCitizens(
        shown=tuple(_with(one, orders.get(one.case_id), written) for one in shown),
        total=len(rows),
        page=page,
        own_case_ids=frozenset(one.case_id for one in found if one.is_mine),
    )


_PART = (
    "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name", "contact_id",
    "contact__name",
)  # fmt: skip


def _with(one: ProviderCitizen, order: Order | None, written: Mapping[UUID, LastNote]) -> ProviderCitizen:
    last_note = written.get(one.case_id)
    return replace(one, order_id=order.id if order else None, what=order.what if order else "", last_note=last_note)


def _soonest(one: ProviderCitizen) -> tuple[bool, dt.date, str]:
    return (not one.is_mine, one.next.on if one.next else dt.date.max, one.name)


def status_notes_due(actor: Actor, *, now: dt.datetime) -> tuple[StatusDue, ...]:
    """The status notes it is time to write, the most urgent first; three queries."""
    notes_of_order = StatusNote.objects.filter(order=OuterRef("pk"))
    drafts = notes_of_order.filter(status=StatusNoteStatus.DRAFT).values("id")[:1]
    rows = list(
        Order.objects.visible_to(actor)
        .filter(status=OrderStatus.RUNNING)
        .annotate(last_sent_at=Max("status_notes__sent_at"), draft_id=Subquery(drafts))
        .select_related("case__citizen")
    )
    if not rows:
        return ()
    today = clock.day_of(now)
    called: dict[UUID, dt.date] = {}
    for meeting in meetings.meetings_between(actor, now, now + _LOOK_AHEAD):
        if meeting.kind == meetings.MeetingKind.STATUS:
            called.setdefault(meeting.case_id, clock.day_of(meeting.starts_at))
    found = [_due(row, called.get(row.case_id), today) for row in rows]
    return tuple(sorted((due for due in found if due), key=lambda due: (due.wanted_on, due.citizen_name)))


def _due(row: Any, meeting_on: dt.date | None, today: dt.date) -> StatusDue | None:
    last = clock.day_of(row.last_sent_at) if row.last_sent_at else None
    wanted = rules.status_note_due(follow_up_on=row.follow_up_on, meeting_on=meeting_on, last_sent_on=last, on=today)
    if wanted is None:
        return None
    citizen = row.case.citizen
    return StatusDue(
        order_id=row.id,
        case_id=row.case_id,
        citizen_id=citizen.id,
        citizen_name=f"{citizen.first_name} {citizen.last_name}",
        wanted_on=wanted,
        is_for_meeting=wanted == meeting_on,
        is_late=wanted < today,
        last_sent_on=last,
        draft_id=row.draft_id,
    )


def _citizen(actor: Actor, row: Any, coming: Mapping[UUID, NextAgreement]) -> ProviderCitizen:
    return ProviderCitizen(
        case_id=row.case_id,
        citizen_id=row.case__citizen_id,
        name=f"{row.case__citizen__first_name} {row.case__citizen__last_name}",
        order_id=None,
        what="",
        contact_name=row.contact__name or "",
        is_mine=actor.user_id is not None and row.contact_id == actor.user_id,
        next=coming.get(row.case_id),
        last_note=None,
    )


def agreements_of(
    actor: Actor, case_id: UUID, *, now: dt.datetime, done_for: dt.timedelta = _JUST_DONE
) -> tuple[cases.TaskView, ...]:
    """The promises of a case that the actor knows of: made at the board, or written in a note the actor sees. Those
    still to be kept, and those ticked off within `done_for`. The authority's own tasks stay with the authority."""
    return _known(actor, cases.tasks_of(actor, case_id, done_since=now - done_for))


Promise = TypeVar("Promise", cases.Task, cases.TaskView)


def _known(actor: Actor, tasks: Sequence[Promise]) -> tuple[Promise, ...]:
    """Those that were made at the board, or written in words the actor sees. The words are asked for by their ids: as
    one question with the tasks PostgreSQL reads every word of all the provider's cases first."""
    ids = frozenset(t.source_id for t in tasks if t.source == cases.TaskSource.NOTE and t.source_id is not None)
    seen = set(_seen_words(actor, ids)) if ids else set()
    return tuple(t for t in tasks if t.source == cases.TaskSource.BOARD or (t.case_id, t.source_id) in seen)


@prepared
def _seen_words(actor: Actor, ids: frozenset[UUID]) -> QuerySet[notes.Segment, tuple[UUID, UUID]]:
    words = notes.Segment.objects
    seen = words.agreed_openly() if actor.side == Side.RELATIVE else words.visible_to(actor)
    return seen.filter(id__one_of=ids).values_list("case_id", "id")


def _next(actor: Actor, case_ids: Iterable[UUID], now: dt.datetime) -> dict[UUID, NextAgreement]:
    """The first promise or meeting from today on, per case."""
    today = clock.day_of(now)
    ids = list(case_ids)
    promised = cases.Task.objects.visible_to(actor).filter(
        case_id__in=ids,
        status=cases.TaskStatus.OPEN,
        due_on__gte=today,
        source__in=[cases.TaskSource.BOARD, cases.TaskSource.NOTE],
    )
    found: dict[UUID, NextAgreement] = {}
    read = promised.only("case_id", "text", "owner_name", "due_on", "source", "source_id").order_by("due_on", "id")
    for task in _known(actor, list(read)):
        if task.due_on:
            found.setdefault(task.case_id, NextAgreement(task.text, task.owner_name, task.due_on))
    coming = meetings.Meeting.objects.visible_to(actor).filter(
        case_id__in=ids,
        starts_at__gte=now,
        status__in=[meetings.MeetingStatus.PLANNED, meetings.MeetingStatus.CALLED],
    )
    coming = coming.only("case_id", "starts_at", "kind").order_by("case_id", "starts_at", "id")
    for meeting in coming.distinct("case_id"):
        on = clock.day_of(meeting.starts_at)
        if meeting.case_id not in found or on <= found[meeting.case_id].on:
            label = str(meetings.MeetingKind(meeting.kind).label)
            found[meeting.case_id] = NextAgreement(label, "", on, meeting.starts_at)
    return found


def _last_notes(actor: Actor, case_ids: Iterable[UUID]) -> dict[UUID, LastNote]:
    rows = notes.Note.objects.visible_to(actor).filter(
        case_id__in=list(case_ids), organisation_id=actor.organisation_id
    )
    latest = list(rows.order_by("case_id", "-happened_at", "-id").distinct("case_id"))
    segments = notes.Segment.objects.filter(note__in=[row.id for row in latest])
    openings = dict(segments.order_by("note_id", "order", "id").distinct("note_id").values_list("note_id", "text"))
    return {row.case_id: LastNote(row.happened_at, row.author_name, openings.get(row.id, row.title)) for row in latest}
