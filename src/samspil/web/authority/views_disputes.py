"""Konflikter: noted, planned for, followed and settled, in the case's own room."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.disputes import api as disputes
from samspil.contexts.disputes.api import DisputeRefusal, DisputeView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.forms_disputes import FollowUpForm, NoteDisputeForm, PlanDisputeForm, SettleForm
from samspil.web.authority.frame import case_frame
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import carries_out, placing
from samspil.web.shell.writing import form_for, writes

put_at_field = placing({DisputeRefusal.DAY_IS_PAST: "follow_up_on", DisputeRefusal.BEFORE_THE_TALK: "follow_up_on"})
HEADINGS: Mapping[str, Any] = {
    "plan": gettext_lazy("Lav en plan"),
    "follow_up": gettext_lazy("Hvordan går det?"),
    "settle": gettext_lazy("Konflikten er løst"),
}


@access(Capability.CASE_EDIT)
@writes
def case_disputes(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Those of the case, and where a new one is noted."""
    frame = case_frame(request.actor, case_id, tab="")
    form = form_for(request, NoteDisputeForm, initial={"is_shown": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = disputes.note_dispute(actor=request.actor, at=clock.now(), case_id=case_id, **form.cleaned_data)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Konflikten er skrevet ned. Lav nu en plan for, hvem der taler med hvem."))
            return redirect("authority:dispute", made)
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="disputes")
    context = {
        "frame": frame,
        "form": form,
        "may_note": disputes.may_note(request.actor, frame.case),
        "lines": disputes.disputes_of(request.actor, case_id, also_settled=True),
    }
    return render(request, "authority/disputes.html", context, status=422 if form.errors else 200)


@access(Capability.CASE_EDIT)
@require_GET
def dispute(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    found = disputes.dispute(request.actor, dispute_id)
    return render(request, "authority/dispute.html", _around(request, found))


@access(Capability.CASE_EDIT)
@writes(of="dispute_id")
def plan(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    """Who talks with whom, when, and what they agreed; the plan that stands is what one begins from."""
    found = disputes.dispute(request.actor, dispute_id)
    if not found.may_plan:
        return redirect("authority:dispute", dispute_id)
    stands = {
        "talks_name": found.talks_name or request.actor.name,
        "talks_with": found.talks_with,
        "talk_on": found.talk_on,
        "approach": found.approach,
        "follow_up_on": found.line.follow_up_on,
        "is_shown": found.is_shown_to_citizen,
    }
    form = form_for(request, PlanDisputeForm, initial=stands, changes=True)
    return _change(request, found, form, "plan", disputes.plan_dispute, _("Planen er gemt."))


@access(Capability.CASE_EDIT)
@writes(of="dispute_id")
def follow_up(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    found = disputes.dispute(request.actor, dispute_id)
    if not found.may_follow_up:
        return redirect("authority:dispute", dispute_id)
    form = form_for(request, FollowUpForm)
    return _change(request, found, form, "follow_up", disputes.follow_up_dispute, _("Det er skrevet ned."))


@access(Capability.CASE_EDIT)
@writes(of="dispute_id")
def settle(request: ActorRequest, dispute_id: UUID) -> HttpResponse:
    found = disputes.dispute(request.actor, dispute_id)
    if not found.may_settle:
        return redirect("authority:dispute", dispute_id)
    form = form_for(request, SettleForm)
    return _change(request, found, form, "settle", disputes.settle_dispute, _("Godt. Konflikten er løst."))


def _change(
    request: ActorRequest,
    found: DisputeView,
    form: forms.Form,
    move: str,
    command: Callable[..., None],
    said: str,
) -> HttpResponse:
    def change() -> None:
        command(actor=request.actor, at=clock.now(), dispute_id=found.line.id, **form.cleaned_data)

    if carries_out(form, change, put_at_field):
        messages.success(request, said)
        return redirect("authority:dispute", found.line.id)
    context = _around(request, found) | {
        "form": form,
        "heading": str(HEADINGS[move]),
        "about": f"{found.line.between}: {found.line.about}",
        "back_url": reverse("authority:dispute", args=[found.line.id]),
    }
    return render(request, "authority/change.html", context, status=422 if form.errors else 200)


def _around(request: ActorRequest, found: DisputeView) -> dict[str, Any]:
    line = found.line
    request.look(citizen_id=line.citizen_id, case_id=line.case_id, what="disputes")
    return {"frame": case_frame(request.actor, line.case_id, tab=""), "dispute": found}
