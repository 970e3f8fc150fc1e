"""Who may see a case: its sensitivity and list of names, and a caseworker who knows the citizen privately."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.forms_sight import ConflictForm, SightForm
from samspil.web.authority.frame import case_frame
from samspil.web.authority.views_people import colleagues
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_PROTECT)
@writes(of="case_id")
def sight(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """For the coordinator and the leader. The reason stands in the access log."""
    frame = case_frame(request.actor, case_id, tab="people")
    cases.may_protect(request.actor, case_id, frame.case.coordinator_id).or_raise()
    listed = cases.listed_in(request.actor, case_id)
    teams = accounts.teams_of(request.actor.organisation_id) if request.actor.organisation_id else ()
    form = form_for(
        request,
        SightForm,
        people=[(str(one.id), one.name) for one in colleagues(request)],
        teams=[(str(team_id), name) for team_id, name in teams],
        initial={
            "sensitivity": frame.case.sensitivity,
            "is_restricted": frame.case.is_restricted,
            "user_ids": [str(one) for one in listed.user_ids],
            "unit_ids": [str(one) for one in listed.unit_ids],
        },
        changes=True,
    )
    why = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            cases.protect_case(
                actor=request.actor,
                at=clock.now(),
                case_id=case_id,
                sensitivity=given["sensitivity"],
                is_restricted=given["is_restricted"],
                user_ids=[UUID(one) for one in given.get("user_ids", ())],
                unit_ids=[UUID(one) for one in given.get("unit_ids", ())],
            )
        except Refused as refusal:
            form.add_error("sensitivity", text_of(refusal.reason))
        else:
            why = given["why"]
    if why:
        request.look_up(citizen_id=frame.case.citizen_id, case_id=case_id, what="sight", why=why)
        messages.success(request, _("Det er gemt."))
        return redirect("authority:people", case_id)
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="sight")
    return _page(request, frame, form, "authority/sight.html")


@access(Capability.CASE_EDIT)
@writes
def conflict(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """*Jeg kender borgeren privat.* Afterwards the case is not there for the one who said so."""
    frame = case_frame(request.actor, case_id, tab="people")
    form = form_for(request, ConflictForm)
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="people")
    if request.method == "POST" and form.is_valid():
        try:
            cases.declare_conflict(
                actor=request.actor, at=clock.now(), case_id=case_id, words=form.cleaned_data["words"]
            )
        except Refused as refusal:
            form.add_error("words", text_of(refusal.reason))
        else:
            messages.success(
                request, _("Tak, fordi du sagde det. Du ser ikke sagen mere, og din leder finder en anden til den.")
            )
            return redirect("authority:my_day")
    return _page(request, frame, form, "authority/conflict.html")


def _page(request: ActorRequest, frame: Any, form: Any, template: str) -> HttpResponse:
    context = {"frame": frame, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)
