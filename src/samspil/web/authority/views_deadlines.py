"""The deadlines of a case: which run, by which rule, what was moved and why; ticked, moved or counted anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.deadline_list import lines_of
from samspil.web.authority.forms_deadlines import MoveForm, RecountForm
from samspil.web.authority.frame import case_frame, sent_from
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

OF_DAY = {DeadlineRefusal.DAY_IS_PAST, DeadlineRefusal.SHORTER_THAN_RULE, DeadlineRefusal.LONGER_THAN_RULE}


@access(Capability.CASE_EDIT)
@require_GET
def case_deadlines(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="deadlines")
    lines = lines_of(request.actor, case_id)
    context = {
        "frame": frame,
        "here": request.path,
        "running": [line for line in lines if line.is_running],
        "ended": [line for line in reversed(lines) if not line.is_running],
    }
    return render(request, "authority/deadlines.html", context)


@access(Capability.CASE_EDIT)
@require_POST
@sent_from("authority:my_day")
@writes
def tick_deadline(request: ActorRequest, deadline_id: UUID) -> HttpResponse:
    found = deadlines.deadline(request.actor, deadline_id)
    try:
        deadlines.tick_deadline(actor=request.actor, at=clock.now(), deadline_id=deadline_id)
    except Refused as refusal:
        messages.error(request, text_of(refusal.reason))
    else:
        messages.success(request, _("Gjort: %(text)s") % {"text": found.name})
    return redirect(next_of(request, reverse("authority:case_deadlines", args=[found.case_id])))


@access(Capability.CASE_EDIT)
@writes(of="deadline_id")
def move_deadline(request: ActorRequest, deadline_id: UUID) -> HttpResponse:
    """More time, or a day that was promised, with the reason."""
    return _change(request, deadline_id, is_recount=False)


@access(Capability.CASE_EDIT)
@writes(of="deadline_id")
def recount_deadline(request: ActorRequest, deadline_id: UUID) -> HttpResponse:
    """By the rule of today, or from another day, with the reason."""
    return _change(request, deadline_id, is_recount=True)


def _change(request: ActorRequest, deadline_id: UUID, *, is_recount: bool) -> HttpResponse:
    found = deadlines.deadline(request.actor, deadline_id)
    frame = case_frame(request.actor, found.case_id, tab="")
    request.look(citizen_id=found.citizen_id, case_id=found.case_id, what="deadlines")
    form: MoveForm | RecountForm
    if is_recount:
        form = form_for(request, RecountForm, initial={"day": found.from_on}, changes=True)
    else:
        form = form_for(request, MoveForm)
    if request.method == "POST" and form.is_valid():
        day, why = form.cleaned_data["day"], form.cleaned_data["why"]
        said = {"actor": request.actor, "at": clock.now(), "deadline_id": deadline_id, "why": why}
        try:
            if is_recount:
                deadlines.recount_deadline(from_on=day, **said)
            else:
                deadlines.move_deadline(due_on=day, **said)
        except Refused as refusal:
            form.add_error("day" if refusal.reason in OF_DAY else "why", text_of(refusal.reason))
        else:
            messages.success(request, _("Fristen er ændret. Den gamle dag og din grund bliver stående."))
            return redirect("authority:case_deadlines", found.case_id)
    context = {"frame": frame, "deadline": found, "form": form, "is_recount": is_recount}
    return render(request, "authority/deadline_change.html", context, status=422 if form.errors else 200)
