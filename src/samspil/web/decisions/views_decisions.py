"""A decision: what is missing, make it, tell it; and what is given a little more of afterwards."""

from functools import partial
from uuid import UUID

from django.contrib import messages as flashes
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import CaseFrame, case_frame
from samspil.web.decisions.forms_decisions import AdjustForm, AsideForm, AtOnceForm, DayForm, ToldForm
from samspil.web.decisions.forms_needs import put_at_field
from samspil.web.decisions.several import form_at
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.DECIDE)
@require_GET
def decision(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    return _page(request, decision_id)


@access(Capability.SET_ASIDE)
@writes
def set_aside(request: ActorRequest, decision_id: UUID, gap_key: str) -> HttpResponse:
    """Decide without what the rule table asks for."""
    page, frame = _looked_at(request, decision_id)
    page.may_set_aside.or_raise()
    gap = next((gap for cause in page.causes for gap in cause.gaps if gap.key == gap_key), None)
    if gap is None or not gap.may_be_set_aside:  # mended meanwhile
        return redirect("decisions:decision", decision_id)
    form = form_for(request, AsideForm)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        decisions.set_gap_aside(actor=request.actor, at=clock.now(), decision_id=decision_id, gap=gap.key, words=words)
        flashes.success(request, _("Din grund står på afgørelsen."))
        return redirect("decisions:decision", decision_id)
    context = {"frame": frame, "page": page, "gap": gap, "form": form}
    return render(request, "decisions/set_aside.html", context, status=422 if form.errors else 200)


@access(Capability.DECIDE)
@require_POST
@writes
def decide(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    try:
        decisions.decide(actor=request.actor, at=clock.now(), decision_id=decision_id)
    except Refused as refusal:
        return _again(request, decision_id, refusal)
    flashes.success(request, _("Afgørelsen er truffet. Nu skal borgeren have den."))
    return redirect("decisions:decision", decision_id)


@access(Capability.DECIDE)
@require_POST
@writes
def decide_at_once(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, AtOnceForm)
    form.is_valid()
    try:
        decisions.decide_at_once(
            actor=request.actor,
            at=clock.now(),
            decision_id=decision_id,
            told_right_to_reasons=form.cleaned_data.get("told_right", False),
        )
    except Refused as refusal:
        put_at_field(form, refusal)
        return _page(request, decision_id, sent=form)
    flashes.success(request, _("Afgørelsen er truffet og sagt til borgeren i dag."))
    return redirect("decisions:decision", decision_id)


@access(Capability.DECIDE)
@require_POST
@writes
def told(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, ToldForm)
    if form.is_valid():
        try:
            decisions.tell_citizen(
                actor=request.actor, at=clock.now(), decision_id=decision_id, told_on=form.cleaned_data["day"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, _("Noteret. Borgeren kan se afgørelsen på sin side."))
            return redirect("decisions:decision", decision_id)
    return _page(request, decision_id, sent=form)


@access(Capability.DECIDE)
@require_POST
@writes
def ask_reasons(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, DayForm)
    if form.is_valid():
        try:
            decisions.ask_for_reasons(
                actor=request.actor, at=clock.now(), decision_id=decision_id, asked_on=form.cleaned_data["day"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return redirect("decisions:decision", decision_id)
    return _page(request, decision_id, sent=form)


@access(Capability.DECIDE)
@require_POST
@writes
def reasons_given(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    decisions.give_reasons(actor=request.actor, at=clock.now(), decision_id=decision_id)
    return redirect("decisions:decision", decision_id)


@access(Capability.DECIDE)
@writes
def adjust(request: ActorRequest, given_id: UUID) -> HttpResponse:
    """A little more for a short while, without a letter."""
    case_id = decisions.case_of_grant(request.actor, given_id)
    line = decisions.grant(request.actor, given_id)
    frame = case_frame(request.actor, case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="decisions")
    if line.may_adjust is not None:
        line.may_adjust.or_raise()
    form = form_for(request, AdjustForm, initial={"starts_on": request.actor.on, "is_favourable": True})
    if request.method == "POST" and form.is_valid():
        try:
            decisions.adjust_grant(actor=request.actor, at=clock.now(), grant_id=given_id, **form.cleaned_data)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, _("Justeringen er noteret. Den slutter af sig selv."))
            return redirect("decisions:case", case_id)
    context = {"frame": frame, "grant": line, "form": form}
    return render(request, "decisions/adjust.html", context, status=422 if form.errors else 200)


def _again(request: ActorRequest, decision_id: UUID, refusal: Refused) -> HttpResponse:
    form = Form({})
    form.is_valid()
    put_at_field(form, refusal)
    return _page(request, decision_id, sent=form)


def _looked_at(request: ActorRequest, decision_id: UUID) -> tuple[decisions.DecisionPage, CaseFrame]:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    return page, frame


def _page(request: ActorRequest, decision_id: UUID, sent: Form | None = None) -> HttpResponse:
    page, frame = _looked_at(request, decision_id)
    made = partial(form_at, request, thing_id=decision_id, sent=sent)
    today = {"day": request.actor.on}
    complaints = [
        one for one in decisions.complaints_of(request.actor, page.line.case_id) if one.decision_id == decision_id
    ]
    context = {
        "frame": frame,
        "page": page,
        "complaints": complaints,
        "letter": letters.letter_about(request.actor, decision_id) if page.may_tell else None,
        "wrong": sent,
        "at_once_form": made(AtOnceForm, "decisions:decide_at_once"),
        "told_form": made(ToldForm, "decisions:told", initial=today),
        "reasons_form": made(DayForm, "decisions:ask_reasons", initial=today),
    }
    return render(request, "decisions/decision.html", context, status=422 if sent else 200)
