"""Call a meeting, move it, cancel it, add a point, tick the checklist."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.meetings import rules, standing
from samspil.contexts.meetings.enums import MeetingKind, MeetingRefusal, MeetingStatus
from samspil.contexts.meetings.models import AgendaPoint, Attendee, BoardLayout, ChecklistItem, Meeting, Preparation
from samspil.kernel.verdict import ALLOWED, Verdict

INVITATION = "invite"
"""What is done with the calling itself is not left for the caller to tick."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to come. `side` is a Side; `role_words` say who it is ("søster", "bostøtte")."""

    name: str
    side: str
    role_words: str = ""
    user_id: UUID | None = None


@transaction.atomic
def call_meeting(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    kind: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    form: str,
    purpose: str,
    agenda: Sequence[str],
    layout_slug: str,
    attendees: Iterable[Guest],
    material: str = "",
) -> UUID:
    """Call a meeting: the fixed points and the caller's own stand on the agenda, everybody's checklist is laid out.

    A status meeting also turns the case to follow-up. Raises Refused for a time that is gone or ends too early.
    """
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    allowed = actor.may(Capability.MEETING_CALL) & rules.may_be_at(starts_at=starts_at, ends_at=ends_at, now=at)
    allowed.or_raise()
    meeting = Meeting.objects.create(
        municipality=case.municipality,
        case=case,
        kind=kind,
        status=MeetingStatus.CALLED,
        status_since=at,
        purpose=purpose,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        form=form,
        material=material,
        layout=_layout(layout_slug, case.municipality),
        called_by_id=actor.person_id,
    )
    _lay_out(meeting, agenda, attendees)
    meeting.checklist.filter(slug=INVITATION).update(done_at=at, done_by_name=actor.name)
    if kind == MeetingKind.STATUS and case.status == "running":
        cases.move_case(actor=actor, at=at, case_id=case.id, move="call_follow_up")
    _record(actor, at, "meeting.called", meeting)
    return meeting.id


def _layout(slug: str, municipality: int) -> BoardLayout:
    own_first = BoardLayout.objects.filter(slug=slug, is_active=True).order_by("municipality")
    return own_first.filter(municipality=municipality).first() or own_first.get(municipality__isnull=True)


def _lay_out(meeting: Meeting, agenda: Sequence[str], attendees: Iterable[Guest]) -> None:
    fixed = standing.fixed_agenda(meeting.kind)
    points = [(text, "authority", True) for text in fixed]
    points += [(text, "authority", False) for text in agenda if text.strip()]
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            municipality=meeting.municipality, meeting=meeting, order=n, text=text, by_side=side, is_fixed=is_fixed
        )
        for n, (text, side, is_fixed) in enumerate(points)
    )
    guests = {(guest.side, guest.name): guest for guest in attendees}
    Attendee.objects.bulk_create(
        Attendee(
            municipality=meeting.municipality,
            meeting=meeting,
            user_id=guest.user_id,
            name=guest.name,
            side=guest.side,
            role_words=guest.role_words,
        )
        for guest in guests.values()
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            municipality=meeting.municipality,
            meeting=meeting,
            side=point.side,
            phase=point.phase,
            order=n,
            slug=point.slug,
            text=point.text,
        )
        for n, point in enumerate(standing.checklist(meeting.kind))
    )
    Preparation.objects.create(municipality=meeting.municipality, meeting=meeting)


@transaction.atomic
def move_meeting(
    *, actor: Actor, at: dt.datetime, meeting_id: UUID, starts_at: dt.datetime, ends_at: dt.datetime, place: str
) -> None:
    """Give a meeting that has not begun another time or place."""
    meeting = _locked(actor, meeting_id)
    is_ahead = Verdict(MeetingRefusal.WRONG_STATUS) if meeting.status not in {"planned", "called"} else ALLOWED
    allowed = actor.may(Capability.MEETING_CALL) & is_ahead
    (allowed & rules.may_be_at(starts_at=starts_at, ends_at=ends_at, now=at)).or_raise()
    meeting.starts_at, meeting.ends_at, meeting.place = starts_at, ends_at, place
    meeting.save(update_fields=["starts_at", "ends_at", "place"])
    _record(actor, at, "meeting.moved", meeting)


@transaction.atomic
def cancel_meeting(*, actor: Actor, at: dt.datetime, meeting_id: UUID) -> None:
    """Cancel a meeting that has not begun."""
    meeting = _locked(actor, meeting_id)
    actor.may(Capability.MEETING_CALL).or_raise()
    meeting.status, meeting.status_since = rules.MEETING.after(meeting.status, "cancel"), at
    meeting.save(update_fields=["status", "status_since"])
    _record(actor, at, "meeting.cancelled", meeting)


@transaction.atomic
def add_agenda_point(*, actor: Actor, at: dt.datetime, meeting_id: UUID, text: str) -> None:
    """Anybody who takes part may put a point on the agenda until the meeting is closed."""
    meeting = _locked(actor, meeting_id)
    is_ahead = Verdict(MeetingRefusal.WRONG_STATUS) if meeting.status in {"closed", "cancelled"} else ALLOWED
    (actor.may(Capability.MEETING_JOIN) & is_ahead).or_raise()
    last = meeting.agenda.aggregate(last=Max("order"))["last"]
    AgendaPoint.objects.create(
        municipality=meeting.municipality,
        meeting=meeting,
        order=0 if last is None else last + 1,
        text=text,
        by_side=actor.side,
    )
    _record(actor, at, "meeting.agenda_point", meeting)


@transaction.atomic
def tick_checklist(*, actor: Actor, at: dt.datetime, item_id: UUID, is_done: bool) -> None:
    """Tick a point on the actor's own party's list, or take the tick away again."""
    item = ChecklistItem.objects.visible_to(actor).select_for_update(of=("self",)).get(id=item_id, side=actor.side)
    item.done_at, item.done_by_name = (at, actor.name) if is_done else (None, "")
    item.save(update_fields=["done_at", "done_by_name"])


def _locked(actor: Actor, meeting_id: UUID) -> Meeting:
    return Meeting.objects.visible_to(actor).select_for_update(of=("self",)).get(id=meeting_id)


def _record(actor: Actor, at: dt.datetime, kind: str, meeting: Meeting) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=meeting.case_id,
        subject="meeting",
        subject_id=meeting.id,
        municipality=meeting.municipality,
    )
