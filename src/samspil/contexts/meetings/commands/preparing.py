"""The citizen's preparation (B1): one answer at a time, alone or together with somebody."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.meetings import standing
from samspil.contexts.meetings.enums import MeetingRefusal, PreparedWith
from samspil.contexts.meetings.models import AgendaPoint, Attendee, ChecklistItem, Preparation
from samspil.kernel.verdict import ALLOWED, Verdict

COMPANY, POINTS = "company", "points"


@transaction.atomic
def save_preparation_step(
    *, actor: Actor, at: dt.datetime, meeting_id: UUID, step: str, choices: Sequence[str], words: str
) -> None:
    """Keep one answer. `choices` are slugs of the step; unknown ones are left out. Raises KeyError for a wrong step."""
    known = {choice.slug for choice in standing.step(step).choices}
    preparation = _open(actor, meeting_id)
    preparation.answers[step] = {"choices": [c for c in choices if c in known], "words": words}
    preparation.started_at = preparation.started_at or at
    preparation.save(update_fields=["answers", "started_at"])


@transaction.atomic
def say_who_helps(*, actor: Actor, at: dt.datetime, meeting_id: UUID, prepared_with: str, name: str) -> None:
    """Record with whom the citizen gave the answers. Whoever answers for the citizen is on record without a word."""
    (ALLOWED if actor.side == Side.CITIZEN else Verdict(access.NotAllowed.NOT_YOUR_ROLE)).or_raise()
    preparation = _open(actor, meeting_id)
    preparation.prepared_with = PreparedWith(prepared_with)
    preparation.prepared_with_name = "" if prepared_with == PreparedWith.ALONE else name
    preparation.save(update_fields=["prepared_with", "prepared_with_name"])


@transaction.atomic
def send_preparation(*, actor: Actor, at: dt.datetime, meeting_id: UUID) -> None:
    """Send the answers: own points come on the agenda, company on the list of attendees. May be sent again until the
    meeting opens; then the newest answers count."""
    preparation = _open(actor, meeting_id)
    if actor.side == Side.CITIZEN:
        preparation.prepared_with = preparation.prepared_with or PreparedWith.ALONE
        preparation.typed_by_name = ""
    else:
        preparation.prepared_with = _company_of(actor)
        preparation.prepared_with_name = preparation.typed_by_name = actor.name
    preparation.answered_at = at
    preparation.save(update_fields=["prepared_with", "prepared_with_name", "typed_by_name", "answered_at"])
    _put_points_on_agenda(preparation)
    _invite_company(preparation)
    ticked = {"slug": "prepare", "side": Side.CITIZEN, "done_at": None}
    ChecklistItem.objects.filter(meeting_id=meeting_id, **ticked).update(done_at=at, done_by_name=actor.name)
    access.record(
        actor=actor,
        at=at,
        kind="meeting.prepared",
        case_id=preparation.meeting.case_id,
        subject="meeting",
        subject_id=meeting_id,
        municipality=preparation.municipality,
    )


def _open(actor: Actor, meeting_id: UUID) -> Preparation:
    rows = Preparation.objects.visible_to(actor).select_related("meeting")
    preparation = rows.select_for_update(of=("self",)).get(meeting_id=meeting_id)
    is_ahead = preparation.meeting.status in {"planned", "called"}
    (actor.may(Capability.MEETING_PREPARE) & (ALLOWED if is_ahead else Verdict(MeetingRefusal.WRONG_STATUS))).or_raise()
    return preparation


def _company_of(actor: Actor) -> PreparedWith:
    return PreparedWith.PROVIDER if actor.side == Side.PROVIDER else PreparedWith.RELATIVE


def _said(preparation: Preparation, step: str) -> list[str]:
    return standing.lines_of(standing.step(step), preparation.answers.get(step))


def _put_points_on_agenda(preparation: Preparation) -> None:
    points = AgendaPoint.objects.filter(meeting_id=preparation.meeting_id)
    points.filter(by_side=Side.CITIZEN).delete()
    first = (points.aggregate(last=Max("order"))["last"] or 0) + 1
    AgendaPoint.objects.bulk_create(
        AgendaPoint(
            municipality=preparation.municipality,
            meeting_id=preparation.meeting_id,
            order=first + n,
            text=text[:200],
            by_side=Side.CITIZEN,
        )
        for n, text in enumerate(_said(preparation, POINTS))
    )


def _invite_company(preparation: Preparation) -> None:
    people = Attendee.objects.filter(meeting_id=preparation.meeting_id)
    people.filter(brought_by_citizen=True).delete()
    present = set(people.values_list("name", flat=True))
    Attendee.objects.bulk_create(
        Attendee(
            municipality=preparation.municipality,
            meeting_id=preparation.meeting_id,
            name=name[:120],
            side=Side.RELATIVE,
            brought_by_citizen=True,
        )
        for name in dict.fromkeys(_said(preparation, COMPANY))
        if name not in present
    )
