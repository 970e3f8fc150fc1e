"""What is kept about me: ask to see the file, fetch the answer, disagree with it, and take the data along."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens.api import Scope
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import PaperKind, RequestView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.citizen.views import seen_case
from samspil.web.handing.downloads import as_file
from samspil.web.handing.forms import DisagreeForm, WantedForm, put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

REPRESENTS = (Scope.WRITE, Scope.NOTES, Scope.LETTERS)


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "file_request")
    context = {
        "lines": disclosure.requests_of(request.actor, case.id),
        "may_ask": disclosure.may_ask(request.actor),
        "may_make": disclosure.may_make_own_data(request.actor),
    }
    return render(request, "citizen/file.html", context)


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@writes
def ask(request: ActorRequest) -> HttpResponse:
    """One calm page: everything, since a day, or in own words."""
    case = seen_case(request, "file_request")
    if not disclosure.may_ask(request.actor):
        return redirect("citizen:file")
    form = form_for(request, WantedForm, initial={"wanted": "everything"})
    if request.method == "POST" and form.is_valid():
        try:
            made = disclosure.ask_for_file(
                actor=request.actor, at=clock.now(), case_id=case.id, **form.cleaned_data
            )  # fmt: skip
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Tak. Vi har fået dit ønske."))
            return redirect("citizen:file_request", made)
    return render(request, "citizen/file_ask.html", {"form": form}, status=422 if form.errors else 200)


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@require_GET
def file_request(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    to = reverse("citizen:file_complain", args=[file_request_id])
    return _page(request, _seen(request, file_request_id), form_for(request, DisagreeForm, to=to))


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@require_POST
@writes(of="file_request_id")
def complain(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    found = _seen(request, file_request_id)
    form = form_for(request, DisagreeForm)
    if form.is_valid():
        try:
            disclosure.complain_of_answer(
                actor=request.actor, at=clock.now(), file_request_id=file_request_id, **form.cleaned_data
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Tak. Vi sender din klage videre."))
            return redirect("citizen:file_request", file_request_id)
    return _page(request, found, form)


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@require_POST
@writes(of="file_request_id")
def withdraw(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    _seen(request, file_request_id)
    disclosure.withdraw_request(actor=request.actor, at=clock.now(), file_request_id=file_request_id)
    messages.success(request, _("Dit ønske er trukket tilbage. Du kan altid spørge igen."))
    return redirect("citizen:file")


@access(Capability.OWN_ROOM)
@require_POST
@writes
def make_own_data(request: ActorRequest) -> HttpResponse:
    """There and then; that it was made is written down, as every look is."""
    case = seen_case(request, "own_data")
    made = disclosure.make_own_data(actor=request.actor, at=clock.now(), case_id=case.id)
    return redirect("citizen:file_request", made)


@access(Capability.OWN_ROOM, scopes=REPRESENTS)
@require_GET
def download(request: ActorRequest, file_request_id: UUID, handed: str) -> HttpResponse:
    _seen(request, file_request_id)
    if handed not in PaperKind.values:
        raise Http404
    return as_file(disclosure.paper(request.actor, file_request_id, handed))


def _seen(request: ActorRequest, file_request_id: UUID) -> RequestView:
    found = disclosure.file_request(request.actor, file_request_id)
    request.look(citizen_id=found.citizen_id, case_id=found.line.case_id, what="file_request")
    return found


def _page(request: ActorRequest, found: RequestView, form: DisagreeForm) -> HttpResponse:
    context = {"page": found, "form": form}
    return render(request, "citizen/file_request.html", context, status=422 if form.errors else 200)
