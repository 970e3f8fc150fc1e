"""Call a meeting, move it, cancel it, and see those that come."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.components.pages import page_of
from samspil.web.meetings.forms import CallForm, WhenForm
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import placing
from samspil.web.shell.writing import form_for, writes

AHEAD = dt.timedelta(days=60)
BEHIND = dt.timedelta(days=14)
put_at_field = placing({meetings.MeetingRefusal.IN_THE_PAST: "day", meetings.MeetingRefusal.ENDS_BEFORE_START: "ends"})


@access(Capability.MEETING_CALL, Capability.STATUS_WRITE)
@require_GET
def upcoming(request: ActorRequest) -> HttpResponse:
    now = clock.now()
    shown = meetings.meeting_page(
        request.actor, now - BEHIND, now + AHEAD, now=now, page=page_of(request.GET.get("side", "1"))
    )
    for citizen_id, case_id in dict.fromkeys((line.citizen_id, line.case_id) for line in shown.ahead + shown.behind):
        request.look(citizen_id=citizen_id, case_id=case_id, what="meetings")
    context = {
        "ahead": shown.ahead,
        "behind": shown.behind,
        "may_call": Capability.MEETING_CALL in request.actor.capabilities,
        "pager": Paginator(range(shown.total), meetings.PAGE).page(shown.page),
    }
    return render(request, "meetings/list.html", context)


@access(Capability.MEETING_CALL)
@writes
def call(request: ActorRequest, case_id: UUID) -> HttpResponse:
    case = cases.case_facts(request.actor, case_id)
    request.look(citizen_id=case.citizen_id, case_id=case_id, what="meeting_call")
    form = form_for(
        request,
        CallForm,
        people=_people(request, case_id),
        layouts=meetings.layouts(request.actor),
        initial=_likely(request, case),
    )
    if request.method == "POST" and form.is_valid():
        try:
            meeting_id = meetings.call_meeting(
                actor=request.actor,
                at=clock.now(),
                case_id=case_id,
                kind=form.cleaned_data["kind"],
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                place=form.cleaned_data["place"],
                form=form.cleaned_data["form"],
                purpose=form.cleaned_data["purpose"],
                agenda=form.points,
                layout_slug=form.cleaned_data["layout_slug"],
                attendees=form.invited,
                material=form.cleaned_data["material"],
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Indkaldelsen er sendt."))
            return redirect("meetings:meeting", meeting_id)
    return render(request, "meetings/call.html", {"form": form, "case": case}, status=422 if form.errors else 200)


def _likely(request: ActorRequest, case: "cases.CaseFacts") -> dict[str, object]:
    """What can be filled in beforehand: how the citizen likes to meet, and those who take part already."""
    wish = citizens.contact_wish(case.citizen_id)
    held = meetings.meetings_of(request.actor, case.id)
    return {
        "kind": meetings.MeetingKind.CONVERSATION if held else meetings.MeetingKind.FIRST,
        "form": wish.form if wish else "",
        "place": wish.place if wish else "",
        "guests": [guest.name for guest in _people(request, case.id)],
        "layout_slug": "three_columns",
    }


def _people(request: ActorRequest, case_id: UUID) -> tuple[meetings.Guest, ...]:
    return tuple(
        meetings.Guest(name=p.name, side=p.side, role_words=p.role_words, user_id=p.user_id)
        for p in cases.people_of_case(request.actor, case_id)
    )


@access(Capability.MEETING_CALL)
@writes(of="meeting_id")
def move(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="meeting")
    starts, ends = (moment.astimezone(clock.now().tzinfo) for moment in (view.line.starts_at, view.line.ends_at))
    initial = {"day": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": view.line.place}
    form = form_for(request, WhenForm, initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.move_meeting(
                actor=request.actor,
                at=clock.now(),
                meeting_id=meeting_id,
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                place=form.cleaned_data["place"],
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Mødet er flyttet."))
            return redirect("meetings:meeting", meeting_id)
    context = {"form": form, "meeting": view}
    return render(request, "meetings/move.html", context, status=422 if form.errors else 200)


@access(Capability.MEETING_CALL)
@require_POST
@writes(of="meeting_id")
def cancel(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    meetings.cancel_meeting(actor=request.actor, at=clock.now(), meeting_id=meeting_id)
    messages.success(request, _("Mødet er aflyst."))
    return redirect("meetings:meeting", meeting_id)
