"""A provider's status note in the authority's room: read beside the goals, decided with the citizen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.kernel.workdays import add_months
from samspil.web.authority.frame import case_frame
from samspil.web.orders import downloads
from samspil.web.orders.forms import DecideForm, put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

USUAL_FOLLOW_UP_MONTHS = 12  # a status meeting once a year as a rule (N8)


@access(Capability.STATUS_DECIDE)
@require_GET
def status_note(request: ActorRequest, note_id: UUID) -> HttpResponse:
    note = _seen(request, note_id)
    initial = {"follow_up_on": add_months(request.actor.on, USUAL_FOLLOW_UP_MONTHS)}
    return _page(request, note, _form(request, note, initial=initial))


@access(Capability.STATUS_DECIDE)
@require_POST
@writes
def decide(request: ActorRequest, note_id: UUID) -> HttpResponse:
    note = _seen(request, note_id)
    form = _form(request, note)
    if form.is_valid():
        said = form.cleaned_data
        try:
            orders.decide_status_note(
                actor=request.actor,
                at=clock.now(),
                status_note_id=note_id,
                decision=said["decision"],
                citizen_says=said["citizen_says"],
                words=said["words"],
                agreed=form.answered("agree"),
                dropped=form.answered("drop"),
                follow_up_on=said["follow_up_on"],
                ends_on=said["ends_on"],
                meeting_id=_meeting_about(request, note),
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(
                request, _("Beslutningen er gemt, og planen er lavet på ny. Borger og udfører kan se den.")
            )
            return redirect("authority:status_note", note_id)
    return _page(request, note, form, status=422)


@access(Capability.STATUS_DECIDE)
@require_GET
def pdf(request: ActorRequest, note_id: UUID) -> HttpResponse:
    return downloads.status_pdf(_seen(request, note_id))


def _meeting_about(request: ActorRequest, note: orders.StatusNoteView) -> UUID | None:
    """The status meeting that is going on, or the latest one since the note was sent."""
    sent_at = note.line.sent_at
    held = (
        meeting.id
        for meeting in meetings.meetings_of(request.actor, note.line.case_id)
        if meeting.kind == meetings.MeetingKind.STATUS
        and meeting.status in {meetings.MeetingStatus.OPEN, meetings.MeetingStatus.CLOSED}
        and sent_at is not None
        and meeting.ends_at >= sent_at
    )
    return next(held, None)


def _form(request: ActorRequest, note: orders.StatusNoteView, **more: Any) -> DecideForm:
    to = reverse("authority:decide", args=[note.line.id])
    return form_for(request, DecideForm, to=to, proposals=note.proposals, citizen=note.citizen_first_name, **more)


def _seen(request: ActorRequest, note_id: UUID) -> orders.StatusNoteView:
    note = orders.status_note(request.actor, note_id)
    request.look(citizen_id=note.line.citizen_id, case_id=note.line.case_id, what="status_note")
    return note


def _page(request: ActorRequest, note: orders.StatusNoteView, form: DecideForm, status: int = 200) -> HttpResponse:
    frame = case_frame(request.actor, note.line.case_id, tab="orders")
    return render(request, "authority/status_note.html", {"frame": frame, "note": note, "form": form}, status=status)
