"""Nødadgang: one case that is closed to somebody, opened for an hour at most, with a reason and a fresh log-in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.forms_sight import EmergencyForm
from samspil.web.authority.frame import sent_from
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.logins import fresh
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.EMERGENCY_ACCESS)
@fresh
@writes
def open_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Shows no more of the case than its number, which whoever comes here has typed or found by a CPR number."""
    closed = cases.closed_case(request.actor, case_id=case_id)
    if closed is None:
        raise Http404
    closed.may_open.or_raise()
    request.look(citizen_id=closed.citizen_id, case_id=case_id, what="search")
    form = form_for(request, EmergencyForm)
    if request.method == "POST" and form.is_valid():
        try:
            cases.open_in_emergency(actor=request.actor, at=clock.now(), case_id=case_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("words", text_of(refusal.reason))
        else:
            return redirect("authority:case", case_id)
    context = {"form": form, "number": closed.number}
    return render(request, "authority/emergency.html", context, status=422 if form.errors else 200)


@access(Capability.EMERGENCY_ACCESS)
@sent_from("authority:my_day")
@writes
def end(request: ActorRequest) -> HttpResponse:
    accounts.end_emergency(actor=request.actor, at=clock.now())
    messages.success(request, _("Nødadgangen er slut."))
    return redirect("authority:my_day")
