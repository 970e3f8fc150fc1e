"""Requests to see the file, in the case's own room: noted, postponed, answered, and what somebody disagrees with."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import PaperKind, RequestView
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import case_frame
from samspil.web.disclosure.forms import (
    AnswerForm,
    NoteComplaintForm,
    NoteRequestForm,
    PostponeForm,
    StopClockForm,
)
from samspil.web.handing.downloads import as_file
from samspil.web.handing.forms import put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import carries_out
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_EDIT)
@writes
def case_requests(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Those of the case, and where one that came by word of mouth or by post is noted."""
    frame = case_frame(request.actor, case_id, tab="")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="file_request")
    stands = {"kind": "file", "asks": "citizen", "wanted": "everything", "received_on": request.actor.on}
    form = form_for(request, NoteRequestForm, initial=stands)
    if request.method == "POST" and form.is_valid():
        try:
            made = disclosure.note_request(actor=request.actor, at=clock.now(), case_id=case_id, **form.cleaned_data)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Ønsket er skrevet ned, og fristen løber."))
            return redirect("disclosure:request", made)
    lines = disclosure.requests_of(request.actor, case_id)
    context = {"frame": frame, "form": form, "lines": lines}
    return render(request, "disclosure/case.html", context, status=422 if form.errors else 200)


@access(Capability.CASE_EDIT)
@require_GET
def file_request(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    found = disclosure.file_request(request.actor, file_request_id)
    stops = disclosure.stoppable(request.actor, file_request_id) if found.may_stop_clock else ()
    return render(request, "disclosure/request.html", _around(request, found) | {"stops": stops})


@access(Capability.LETTER_SEND)
@writes(of="file_request_id")
def answer(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    found = disclosure.file_request(request.actor, file_request_id)
    if not found.may_answer:
        return redirect("disclosure:request", file_request_id)
    is_file = found.line.kind == disclosure.Kind.FILE
    taken_back = () if is_file else notes.taken_back_notes(request.actor, found.line.case_id)
    form = form_for(request, AnswerForm, taken_back=taken_back)
    choices = disclosure.choices(request.actor, file_request_id) if is_file else ()
    context = {
        "given": sum(one.is_in for one in choices),
        "left_out": [one for one in choices if not one.is_in],
        "new": sum(one.is_new for one in choices),
        "masks": disclosure.masks_of(request.actor, file_request_id),
    }
    said = _("Svaret er givet.")
    return _change(request, found, form, disclosure.answer_request, said, "disclosure/answer.html", context)


@access(Capability.CASE_EDIT)
@writes(of="file_request_id")
def postpone(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    """It cannot be kept: a reason, and a new day."""
    found = disclosure.file_request(request.actor, file_request_id)
    if not found.may_postpone:
        return redirect("disclosure:request", file_request_id)
    form = form_for(request, PostponeForm)
    heading = _("Svaret varer længere")
    said = _("Den nye dag og din grund er skrevet. Borgeren kan læse dem.")
    return _change(
        request, found, form, disclosure.postpone_answer, said, "authority/change.html", {"heading": heading}
    )


@access(Capability.CASE_EDIT)
@writes(of="file_request_id")
def stop_clock(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    """The complaint deadline of a decision waits while the party does."""
    found = disclosure.file_request(request.actor, file_request_id)
    stops = disclosure.stoppable(request.actor, file_request_id)
    if not found.may_stop_clock or not stops:
        return redirect("disclosure:request", file_request_id)
    form = form_for(request, StopClockForm, found=stops)
    heading = _("Stop klagefristen, mens borgeren venter")
    said = _("Klagefristen står stille, til svaret er givet.")
    return _change(
        request, found, form, disclosure.stop_complaint_clock, said, "authority/change.html", {"heading": heading}
    )


@access(Capability.CASE_EDIT)
@writes(of="file_request_id")
def complaint(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    """Somebody disagrees with the answer, in their own words."""
    found = disclosure.file_request(request.actor, file_request_id)
    if not found.may_complain:
        return redirect("disclosure:request", file_request_id)
    form = form_for(request, NoteComplaintForm, initial={"received_on": request.actor.on})
    heading = _("Klage over svaret")
    said = _("Klagen er skrevet ned. Send den videre inden fristen.")
    return _change(
        request, found, form, disclosure.complain_of_answer, said, "authority/change.html", {"heading": heading}
    )


@access(Capability.CASE_EDIT)
@require_POST
@writes(of="file_request_id")
def withdraw(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    disclosure.withdraw_request(actor=request.actor, at=clock.now(), file_request_id=file_request_id)
    messages.success(request, _("Ønsket er trukket tilbage."))
    return redirect("disclosure:request", file_request_id)


@access(Capability.LETTER_SEND)
@require_POST
@writes(of="file_request_id")
def forwarded(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    disclosure.forward_complaint(actor=request.actor, at=clock.now(), file_request_id=file_request_id)
    messages.success(request, _("Klagen er sendt videre."))
    return redirect("disclosure:request", file_request_id)


@access(Capability.CASE_EDIT)
@require_GET
def download(request: ActorRequest, file_request_id: UUID, handed: str) -> HttpResponse:
    _around(request, disclosure.file_request(request.actor, file_request_id))
    if handed not in PaperKind.values:
        raise Http404
    return as_file(disclosure.paper(request.actor, file_request_id, handed))


def _change(
    request: ActorRequest,
    found: RequestView,
    form: forms.Form,
    command: Callable[..., Any],
    said: str,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    def change() -> None:
        command(actor=request.actor, at=clock.now(), file_request_id=found.line.id, **form.cleaned_data)

    if carries_out(form, change, put_at_field):
        messages.success(request, said)
        return redirect("disclosure:request", found.line.id)
    context |= _around(request, found) | {"form": form}
    context["back_url"] = reverse("disclosure:request", args=[found.line.id])
    context["about"] = f"{found.line.asker_name}: {found.line.wants}"
    return render(request, template, context, status=422 if form.errors else 200)


def _around(request: ActorRequest, found: RequestView) -> dict[str, Any]:
    request.look(citizen_id=found.citizen_id, case_id=found.line.case_id, what="file_request")
    return {"frame": case_frame(request.actor, found.line.case_id, tab=""), "page": found}
