"""One meeting as each party reads it: agenda, status, answers, and what each of them still has to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.contexts.feedback import api as feedback
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.verdict import Refused
from samspil.web.meetings.forms import PointForm
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one party does, with a heading for before, at and after the meeting. Only one's own can be ticked."""

    heading: str
    is_mine: bool
    phases: tuple[tuple[str, tuple[meetings.ChecklistLine, ...]], ...]


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_GET
def meeting(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    to = reverse("meetings:add_point", args=[meeting_id])
    return _page(request, meeting_id, form_for(request, PointForm, to=to))


@access(Capability.MEETING_JOIN, scopes=(Scope.MEETINGS,))
@require_POST
@writes
def add_point(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    form = form_for(request, PointForm)
    if form.is_valid():
        try:
            meetings.add_agenda_point(
                actor=request.actor, at=clock.now(), meeting_id=meeting_id, text=form.cleaned_data["text"]
            )
        except Refused as refusal:
            form.add_error("text", text_of(refusal.reason))
        else:
            messages.success(request, _("Punktet står på dagsordenen."))
            return redirect("meetings:meeting", meeting_id)
    return _page(request, meeting_id, form)


@access(Capability.MEETING_JOIN)
@require_POST
@writes
def tick(request: ActorRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    meetings.tick_checklist(
        actor=request.actor, at=clock.now(), item_id=item_id, is_done=request.POST.get("done") == "1"
    )
    return redirect("meetings:meeting", meeting_id)


def _page(request: ActorRequest, meeting_id: UUID, point_form: PointForm) -> HttpResponse:
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="meeting")
    context = {
        "meeting": view,
        "mine": request.actor.side,
        "checklists": sorted(_checklists(request, view), key=lambda one: not one.is_mine),
        "point_form": point_form,
        "is_ahead": view.line.is_ahead,
        "is_over": view.line.status == meetings.MeetingStatus.CLOSED,
        "is_status": view.line.kind == meetings.MeetingKind.STATUS,
        "statuses": _statuses(request, view.line),
        "answered": [answer for answer in view.preparation.answers if answer.lines],
    }
    if _is_citizens_room(request):
        template, more = "meetings/meeting_citizen.html", _of_citizen(request, view)
    else:
        template, more = "meetings/meeting.html", _of_professional(request, view)
    return render(request, template, context | more, status=422 if point_form.errors else 200)


def _is_citizens_room(request: ActorRequest) -> bool:
    return request.actor.side in {Side.CITIZEN, Side.RELATIVE}


def _of_professional(request: ActorRequest, view: meetings.MeetingView) -> dict[str, object]:
    may_read = Capability.FEEDBACK_READ in request.actor.capabilities
    return {
        "feedback": feedback.feedback_on(request.actor, view.line.id) if may_read else None,
        "may_call": Capability.MEETING_CALL in request.actor.capabilities,
    }


def _of_citizen(request: ActorRequest, view: meetings.MeetingView) -> dict[str, object]:
    """What the citizen said about meetings is the citizen's own; before the next one stands what was changed."""
    said = feedback.feedback_of(request.actor, view.line.case_id) if request.actor.side == Side.CITIZEN else ()
    return {
        "feedback": next((one for one in said if one.meeting_id == view.line.id), None),
        "changed": next((one for one in said if one.changes), None) if view.line.is_ahead else None,
        "may_answer": request.actor.side == Side.CITIZEN,
        "may_prepare": bool(citizens.may(request.actor, Scope.PREPARE)),
    }


def _checklists(request: ActorRequest, view: meetings.MeetingView) -> Iterator[Checklist]:
    """Those who work with it see what each party does; the citizen's room has the citizen's own."""
    headings = {Side.CITIZEN: _("Det gør %(name)s") % {"name": first_name(view.line.citizen_name)}}
    if not _is_citizens_room(request):
        headings = {Side.AUTHORITY: _("Det gør myndigheden"), Side.PROVIDER: _("Det gør udfører")} | headings
    for side, heading in headings.items():
        is_mine = side == request.actor.side
        phases = tuple(
            (str(phase.label), found)
            for phase in meetings.ChecklistPhase
            if (found := tuple(line for line in view.checklist if line.side == side and line.phase == phase))
        )
        if phases:
            yield Checklist(_("Din tjekliste") if is_mine else heading, is_mine, phases)


def _statuses(request: ActorRequest, line: meetings.MeetingLine) -> tuple[orders.StatusNoteView, ...]:
    """What each provider has written for this status meeting, for all to read: the newest that was there by then and
    was not decided on before. A draft is nobody's but the provider's."""
    if line.kind != meetings.MeetingKind.STATUS:
        return ()
    newest: dict[UUID, orders.StatusNoteLine] = {}
    for note in orders.status_notes_of(request.actor, line.case_id):
        if _is_for(note, line):
            newest.setdefault(note.order_id, note)
    return tuple(orders.status_note(request.actor, note.id) for note in newest.values())


def _is_for(note: orders.StatusNoteLine, line: meetings.MeetingLine) -> bool:
    if note.sent_at is None:
        return False
    if note.meeting_id is not None:
        return note.meeting_id == line.id
    return note.sent_at <= line.ends_at and (note.decided_at is None or note.decided_at >= line.starts_at)
