"""Write a decision: which needs it answers, what the answer is and why, what is granted."""

from uuid import UUID

from django.contrib import messages as flashes
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.decisions import api as decisions
from samspil.contexts.goals import api as goals
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.kernel.workdays import add_months
from samspil.web.authority.frame import CaseFrame, case_frame
from samspil.web.decisions.forms_decisions import DescribeForm, DraftForm, HelpForm, OutcomeForm
from samspil.web.decisions.forms_needs import put_at_field
from samspil.web.decisions.views_needs import case_page
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

FIRST_FOLLOW_UP_MONTHS = 3


@access(Capability.DECIDE)
@writes
def draft(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Choose the needs that get an answer now."""
    if request.method != "POST":
        return redirect("decisions:case", case_id)
    ready = [one for one in decisions.needs_of(request.actor, case_id, at=clock.now()) if one.is_ready]
    form = form_for(request, DraftForm, ready=ready)
    if form.is_valid():
        try:
            decision_id = decisions.draft_decision(
                actor=request.actor, at=clock.now(), case_id=case_id, need_ids=form.cleaned_data["needs"]
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return redirect("decisions:decision", decision_id)
    return case_page(request, case_id, form)


@access(Capability.DECIDE)
@writes(of="need_id")
def answer(request: ActorRequest, decision_id: UUID, need_id: UUID) -> HttpResponse:
    page, frame = _draft(request, decision_id)
    now = _answer(page, need_id)
    initial = {"outcome": now.outcome, "is_less": now.is_less, "cause": now.cause, "reasons": now.reasons}
    form = form_for(request, OutcomeForm, has_help=bool(now.about), initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        decisions.answer_need(
            actor=request.actor,
            at=clock.now(),
            decision_id=decision_id,
            need_id=need_id,
            outcome=said["outcome"],
            reasons=said["reasons"],
            is_less=said.get("is_less", False),
            cause=said.get("cause", ""),
        )
        gives = said["outcome"] not in {decisions.NeedOutcome.REFUSED, decisions.NeedOutcome.ENDED}
        if gives and not now.grants:
            return redirect("decisions:plan", decision_id, need_id)
        return redirect("decisions:decision", decision_id)
    need = decisions.need(request.actor, need_id, at=clock.now())
    context = {"frame": frame, "page": page, "form": form, "answer": now, "need": need}
    return render(request, "decisions/answer.html", context, status=422 if form.errors else 200)


@access(Capability.DECIDE)
@writes
def plan(request: ActorRequest, decision_id: UUID, need_id: UUID) -> HttpResponse:
    page, frame = _draft(request, decision_id)
    now = _answer(page, need_id)
    running = goals.goals_for(request.actor, page.line.case_id).running
    initial = {
        "starts_on": request.actor.on,
        "follow_up_on": add_months(request.actor.on, FIRST_FOLLOW_UP_MONTHS),
        "goals": "\n".join(goal.title for goal in running),
    }
    form = form_for(request, HelpForm, initial=initial)
    if request.method == "POST" and form.is_valid() and _plan(request, form, decision_id, need_id, None):
        return redirect("decisions:decision", decision_id)
    context = {"frame": frame, "page": page, "form": form, "answer": now}
    return render(request, "decisions/plan.html", context, status=422 if form.errors else 200)


@access(Capability.DECIDE)
@writes(of="planned_id")
def change_plan(request: ActorRequest, decision_id: UUID, planned_id: UUID) -> HttpResponse:
    page, frame = _draft(request, decision_id)
    found = next(((one, line) for one in page.answers for line in one.grants if line.id == planned_id), None)
    if found is None:
        raise decisions.Grant.DoesNotExist
    now, line = found
    names = ("service", "extent", "starts_on", "ends_on", "follow_up_on", "purpose", "goals")
    form = form_for(request, HelpForm, initial={name: getattr(line, name) for name in names}, changes=True)
    if request.method == "POST" and form.is_valid() and _plan(request, form, decision_id, now.need_id, planned_id):
        return redirect("decisions:decision", decision_id)
    context = {"frame": frame, "page": page, "form": form, "answer": now}
    return render(request, "decisions/plan.html", context, status=422 if form.errors else 200)


def _plan(request: ActorRequest, form: HelpForm, decision_id: UUID, need_id: UUID, planned_id: UUID | None) -> bool:
    said = form.cleaned_data
    try:
        decisions.plan_grant(
            actor=request.actor,
            at=clock.now(),
            decision_id=decision_id,
            need_id=need_id,
            service=said["service"],
            extent=said["extent"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            purpose=said["purpose"],
            goals=said["goals"],
            follow_up_on=said["follow_up_on"],
            grant_id=planned_id,
        )
    except Refused as refusal:
        put_at_field(form, refusal)
        return False
    return True


@access(Capability.DECIDE)
@require_POST
@writes
def drop_plan(request: ActorRequest, decision_id: UUID, planned_id: UUID) -> HttpResponse:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    if planned_id not in {line.id for answer in page.answers for line in answer.grants}:
        raise decisions.Grant.DoesNotExist
    decisions.drop_planned_grant(actor=request.actor, at=clock.now(), grant_id=planned_id)
    return redirect("decisions:decision", decision_id)


@access(Capability.DECIDE)
@writes(of="decision_id")
def describe(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    page, frame = _draft(request, decision_id)
    names = ("involvement", "long_view", "to_do", "form", "effective_on")
    initial = {name: getattr(page, name) for name in names} | {"contact": str(page.contact_id or "")}
    form = form_for(
        request,
        DescribeForm,
        contacts=decisions.contacts_for(request.actor),
        has_help=any(one.about for one in page.answers),
        initial=initial,
        changes=True,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decisions.describe_decision(
                actor=request.actor,
                at=clock.now(),
                decision_id=decision_id,
                involvement=said["involvement"],
                long_view=said["long_view"],
                to_do=said["to_do"],
                contact_id=form.contact_id,
                form=said["form"],
                effective_on=said.get("effective_on"),
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return redirect("decisions:decision", decision_id)
    context = {"frame": frame, "page": page, "form": form}
    return render(request, "decisions/describe.html", context, status=422 if form.errors else 200)


@access(Capability.DECIDE)
@require_POST
@writes
def drop(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    decisions.drop_decision(actor=request.actor, at=clock.now(), decision_id=decision_id)
    flashes.success(request, _("Kladden er væk. Behovene står, som de stod."))
    return redirect("decisions:case", page.line.case_id)


def _draft(request: ActorRequest, decision_id: UUID) -> tuple[decisions.DecisionPage, CaseFrame]:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    page.may_change.or_raise()
    return page, frame


def _answer(page: decisions.DecisionPage, need_id: UUID) -> decisions.AnswerView:
    """Raises Need.DoesNotExist for a need that this decision does not answer."""
    found = next((one for one in page.answers if one.need_id == need_id), None)
    if found is None:
        raise decisions.Need.DoesNotExist
    return found
