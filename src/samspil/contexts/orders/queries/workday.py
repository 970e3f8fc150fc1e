"""What a provider meets in the morning: its citizens, and the status notes that are wanted."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def provider_citizens(actor: Actor, *, now: dt.datetime) -> tuple[ProviderCitizen, ...]:
    """The citizens the provider helps, one's own and those with something coming first. Six queries for any number."""
    if actor.organisation_id is None:
        return ()
    parts = cases.Participation.objects.visible_to(actor).filter(
        organisation_id=actor.organisation_id, runs__contains=actor.on
    )
    if actor.unit_ids:
        parts = parts.filter(Q(unit_id__one_of=actor.unit_ids) | Q(unit_id__isnull=True))
    rows = {row.case_id: row for row in parts.select_related("case__citizen", "contact").order_by("-runs", "id")}
    running = Order.objects.visible_to(actor).filter(status=OrderStatus.RUNNING).order_by("starts_on", "id")
    orders = {row.case_id: row for row in running}
    coming = _next(actor, rows, now)
    written = _last_notes(actor, rows)
    found = [_citizen(actor, row, orders.get(row.case_id), coming, written) for row in rows.values()]
    return tuple(sorted(found, key=_soonest))


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


def _citizen(
    actor: Actor,
    row: cases.Participation,
    order: Order | None,
    coming: Mapping[UUID, NextAgreement],
    written: Mapping[UUID, LastNote],
) -> ProviderCitizen:
    citizen = row.case.citizen
    return ProviderCitizen(
        case_id=row.case_id,
        citizen_id=citizen.id,
        name=f"{citizen.first_name} {citizen.last_name}",
        order_id=order.id if order else None,
        what=order.what if order else "",
        contact_name=row.contact.name if row.contact else "",
        is_mine=actor.user_id is not None and row.contact_id == actor.user_id,
        next=coming.get(row.case_id),
        last_note=written.get(row.case_id),
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
    for task in _known(actor, list(promised.order_by("due_on", "id"))):
        if task.due_on:
            found.setdefault(task.case_id, NextAgreement(task.text, task.owner_name, task.due_on))
    coming = meetings.Meeting.objects.visible_to(actor).filter(
        case_id__in=ids,
        starts_at__gte=now,
        status__in=[meetings.MeetingStatus.PLANNED, meetings.MeetingStatus.CALLED],
    )
    for meeting in coming.order_by("case_id", "starts_at", "id").distinct("case_id"):
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
