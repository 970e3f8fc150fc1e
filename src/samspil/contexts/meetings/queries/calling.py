"""Meetings as their readers need them: who, when, where, what about, and what is left to do."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, QuerySet, Value, When

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import rules, standing
from samspil.contexts.meetings.enums import MeetingKind, MeetingStatus, PreparedWith
from samspil.contexts.meetings.models import AgendaPoint, Attendee, ChecklistItem, Meeting, Preparation

STILL_ON = dt.timedelta(hours=12)
"""How long after its end a meeting that nobody closed counts as going on."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    side: str
    role_words: str
    user_id: UUID | None
    brought_by_citizen: bool


@dataclass(frozen=True, slots=True)
class AgendaLine:
    text: str
    by_side: str
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    id: UUID
    side: str
    phase: str
    text: str
    done_at: dt.datetime | None
    done_by_name: str


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    kind: str
    kind_label: str
    status: str
    status_label: str
    status_since: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    purpose: str
    is_prepared: bool

    @property
    def is_ahead(self) -> bool:
        return rules.MEETING.may(self.status, "open").refusal is None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """One meeting with everything around it. The citizen's own agenda points come first."""

    line: MeetingLine
    material: str
    layout_slug: str
    layout_name: str
    called_by_name: str
    called_by_id: UUID
    closed_at: dt.datetime | None
    may_undo: bool
    people: tuple[Person, ...]
    agenda: tuple[AgendaLine, ...]
    checklist: tuple[ChecklistLine, ...]
    preparation: "PreparationView"
    turn: str


@dataclass(frozen=True, slots=True)
class Answered:
    slug: str
    question: str
    lines: tuple[str, ...]
    choices: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PreparationView:
    answered_at: dt.datetime | None
    is_started: bool
    prepared_with: str
    prepared_with_label: str
    prepared_with_name: str
    typed_by_name: str
    answers: tuple[Answered, ...]


def meetings_of(actor: Actor, case_id: UUID) -> tuple[MeetingLine, ...]:
    """All meetings of a case that the actor sees, newest first."""
    return _lines(_short(Meeting.objects.visible_to(actor).filter(case_id=case_id).order_by("-starts_at")))


def meetings_between(
    actor: Actor, since: dt.datetime, until: dt.datetime, *, mine_only: bool = False
) -> tuple[MeetingLine, ...]:
    """Meetings that are not cancelled, in order of time; with `mine_only` those the actor is asked to."""
    return tuple(line for line in _lines(_between(actor, since, until, mine_only)) if line.starts_at >= since)


PAGE = 50


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One page of the meetings of some weeks: those that are not over, the soonest first, then those that are, the
    newest first."""

    ahead: tuple[MeetingLine, ...]
    behind: tuple[MeetingLine, ...]
    total: int
    page: int


def meeting_page(
    actor: Actor, since: dt.datetime, until: dt.datetime, *, now: dt.datetime, page: int = 1
) -> MeetingPage:
    """Two queries for any number; a page beyond the last shows the last."""
    rows = _weeks(actor, since, until)
    total = rows.count()
    page = min(max(1, page), max(1, -(-total // PAGE)))
    until_it = ExpressionWrapper(F("starts_at") - Value(now), output_field=DurationField())
    since_it = ExpressionWrapper(Value(now) - F("starts_at"), output_field=DurationField())
    is_ahead = Q(ends_at__gte=now)
    ordered = rows.order_by(
        Case(When(is_ahead, then=0), default=1), Case(When(is_ahead, then=until_it), default=since_it), "id"
    )
    lines = _lines(_short(ordered[(page - 1) * PAGE : page * PAGE]))
    return MeetingPage(
        ahead=tuple(line for line in lines if line.ends_at >= now),
        behind=tuple(line for line in lines if line.ends_at < now),
        total=total,
        page=page,
    )


def _weeks(actor: Actor, since: dt.datetime, until: dt.datetime) -> "QuerySet[Meeting]":
    # Two columns: of a range in one PostgreSQL believes, before it knows the values, that next to nothing lies in it.
    rows = Meeting.objects.visible_to(actor).filter(ends_at__gte=since, starts_at__lt=until)
    return rows.exclude(status=MeetingStatus.CANCELLED)


@prepared
def _between(
    actor: Actor, since: dt.datetime, until: dt.datetime, mine_only: bool
) -> "QuerySet[Meeting, tuple[Any, ...]]":
    rows = _weeks(actor, since, until)
    if mine_only:
        rows = rows.filter(id__in=Attendee.objects.filter(user_id=actor.person_id).values("meeting_id"))
    return _short(rows.order_by("starts_at"))


def next_meeting(actor: Actor, case_id: UUID, *, now: dt.datetime) -> MeetingLine | None:
    """The meeting going on or coming next."""
    found = _lines(_next(actor, case_id, now - STILL_ON))
    return found[0] if found else None


@prepared
def _next(actor: Actor, case_id: UUID, since: dt.datetime) -> "QuerySet[Meeting, tuple[Any, ...]]":
    rows = Meeting.objects.visible_to(actor).filter(case_id=case_id, status__in=["planned", "called", "open"])
    return _short(rows.filter(ends_at__gte=since).order_by("starts_at")[:1])


def next_meetings(actor: Actor, case_ids: Collection[UUID], *, now: dt.datetime) -> dict[UUID, MeetingLine]:
    """For lists: the meeting going on or coming next in each of the cases. One query."""
    return {line.case_id: line for line in _lines(_next_of(actor, frozenset(case_ids), now - STILL_ON))}


@prepared
def _next_of(actor: Actor, case_ids: frozenset[UUID], since: dt.datetime) -> "QuerySet[Meeting, tuple[Any, ...]]":
    rows = Meeting.objects.visible_to(actor).filter(case_id__one_of=case_ids, status__in=["planned", "called", "open"])
    coming = rows.filter(ends_at__gte=since)
    return _short(coming.order_by("case_id", "starts_at", "id").distinct("case_id"))


_LINE = (
    "id", "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name", "kind", "status",
    "status_since", "starts_at", "ends_at", "place", "purpose", "preparation__answered_at",
)  # fmt: skip
_LINE_OF = attrgetter(*(path.replace("__", ".") for path in _LINE))
"""The same of a meeting that was read whole."""


def _short(rows: "QuerySet[Meeting]") -> "QuerySet[Meeting, tuple[Any, ...]]":
    return rows.values_list(*_LINE)


def _lines(rows: Iterable[tuple[Any, ...]]) -> tuple[MeetingLine, ...]:
    return tuple(_line(*row) for row in rows)


def _line(
    meeting_id: UUID,
    case_id: UUID,
    citizen_id: UUID,
    first_name: str,
    last_name: str,
    kind: str,
    status: str,
    status_since: dt.datetime,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    purpose: str,
    prepared_at: dt.datetime | None,
) -> MeetingLine:
    return MeetingLine(
        id=meeting_id,
        case_id=case_id,
        citizen_id=citizen_id,
        citizen_name=f"{first_name} {last_name}",
        kind=kind,
        kind_label=str(MeetingKind(kind).label),
        status=status,
        status_label=str(MeetingStatus(status).label),
        status_since=status_since,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        purpose=purpose,
        is_prepared=prepared_at is not None,
    )


def meeting_for(actor: Actor, meeting_id: UUID, *, now: dt.datetime) -> MeetingView:
    """Everything about one meeting. Raises Meeting.DoesNotExist for those who have no part in the case."""
    meeting = _whole.get(actor, meeting_id)
    agenda = [AgendaLine(*row) for row in _agenda(meeting_id)]
    agenda.sort(key=lambda line: line.by_side != Side.CITIZEN)
    return MeetingView(
        line=_line(*_LINE_OF(meeting)),
        material=meeting.material,
        layout_slug=meeting.layout.slug,
        layout_name=meeting.layout.name,
        called_by_name=meeting.called_by.name,
        called_by_id=meeting.called_by_id,
        closed_at=meeting.closed_at,
        may_undo=meeting.closed_at is not None and bool(rules.may_undo(closed_at=meeting.closed_at, now=now)),
        people=_people(_attendees(meeting_id)),
        agenda=tuple(agenda),
        checklist=_checklist(_points(meeting_id)),
        preparation=_preparation(meeting.preparation, is_shown=bool(citizens.may(actor, citizens.Scope.PREPARE))),
        turn=rules.MEETING.turn_of(meeting.status),
    )


@prepared
def _whole(actor: Actor, meeting_id: UUID) -> "QuerySet[Meeting]":
    rows = Meeting.objects.visible_to(actor).filter(id=meeting_id)
    return rows.select_related("case__citizen", "preparation", "layout", "called_by")


@prepared
def _agenda(meeting_id: UUID) -> "QuerySet[AgendaPoint, tuple[Any, ...]]":
    rows = AgendaPoint.objects.filter(meeting_id=meeting_id).order_by("order")
    return rows.values_list("text", "by_side", "is_fixed")


@prepared
def _attendees(meeting_id: UUID) -> "QuerySet[Attendee]":
    return Attendee.objects.filter(meeting_id=meeting_id).order_by("brought_by_citizen", "side", "name")


@prepared
def _points(meeting_id: UUID) -> "QuerySet[ChecklistItem]":
    return ChecklistItem.objects.filter(meeting_id=meeting_id).order_by("order")


def _people(rows: Iterable[Attendee]) -> tuple[Person, ...]:
    return tuple(Person(a.name, a.side, a.role_words, a.user_id, a.brought_by_citizen) for a in rows)


def _checklist(rows: Iterable[ChecklistItem]) -> tuple[ChecklistLine, ...]:
    return tuple(ChecklistLine(i.id, i.side, i.phase, i.text, i.done_at, i.done_by_name) for i in rows)


def preparation_for(actor: Actor, meeting_id: UUID) -> PreparationView:
    return _preparation(Preparation.objects.visible_to(actor).get(meeting_id=meeting_id))


def _preparation(row: Preparation, *, is_shown: bool = True) -> PreparationView:
    """`is_shown=False` leaves out what was answered, for a relative who is not let see it."""
    answers = row.answers if is_shown else {}
    return PreparationView(
        answered_at=row.answered_at,
        is_started=row.started_at is not None,
        prepared_with=row.prepared_with,
        prepared_with_label=str(PreparedWith(row.prepared_with).label) if row.prepared_with else "",
        prepared_with_name=row.prepared_with_name,
        typed_by_name=row.typed_by_name,
        answers=tuple(
            Answered(
                slug=step.slug,
                question=step.question,
                lines=tuple(standing.lines_of(step, answers.get(step.slug))),
                choices=tuple((answers.get(step.slug) or {}).get("choices", ())),
                words=(answers.get(step.slug) or {}).get("words", ""),
            )
            for step in standing.steps()
        ),
    )


def held_at(meeting_id: UUID) -> dt.datetime:
    """When a meeting was; for the holder of its one-time link, who is nobody to `visible_to`."""
    return Meeting.objects.values_list("starts_at", flat=True).get(id=meeting_id)
