"""What somebody needs, looked through the funnel and held against the law."""

from uuid import UUID

from django.contrib import messages as flashes
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.decisions import api as decisions
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import CaseFrame, case_frame
from samspil.web.decisions.forms_decisions import DraftForm
from samspil.web.decisions.forms_needs import (
    BasisForm,
    CoverageForm,
    CriterionForm,
    EndNeedForm,
    NeedForm,
    NeighboursForm,
    StepForm,
    put_at_field,
)
from samspil.web.decisions.several import form_at
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.NEED_EXAMINE)
@require_GET
def case_decisions(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What is being examined, what was decided, what help there is, and who disagrees."""
    return case_page(request, case_id)


def case_page(request: ActorRequest, case_id: UUID, draft_form: DraftForm | None = None) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="decisions")
    needs = decisions.needs_of(request.actor, case_id, at=clock.now())
    ready = [one for one in needs if one.is_ready]
    context = {
        "frame": frame,
        "needs": needs,
        "decisions": decisions.decisions_of(request.actor, case_id),
        "grants": decisions.grants_of(request.actor, case_id),
        "complaints": decisions.complaints_of(request.actor, case_id),
        "may_raise": decisions.may_raise(request.actor, frame.case.status),
        "draft_form": form_at(request, DraftForm, "decisions:draft", case_id, sent=draft_form, ready=ready),
    }
    return render(request, "decisions/case.html", context, status=422 if draft_form else 200)


@access(Capability.NEED_EXAMINE)
@writes
def need_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="decisions")
    decisions.may_raise(request.actor, frame.case.status).or_raise()
    running = [one for one in decisions.grants_of(request.actor, case_id) if one.state != decisions.GrantState.OVER]
    form = form_for(
        request,
        NeedForm,
        found=notes.quotable(request.actor, case_id),
        running=running,
        initial={"day": request.actor.on, "about": request.GET.get("bevilling", "")},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            need_id = decisions.raise_need(
                actor=request.actor,
                at=clock.now(),
                case_id=case_id,
                title=said["title"],
                channel=said["channel"],
                asked_on=said["day"],
                quote_ids=form.quote_ids,
                about_grant_id=form.about_id,
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return redirect("decisions:need", need_id)
    context = {"frame": frame, "form": form}
    return render(request, "decisions/need_new.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@require_GET
def need(request: ActorRequest, need_id: UUID) -> HttpResponse:
    return _need_page(request, need_id)


def _need_page(request: ActorRequest, need_id: UUID, end_form: EndNeedForm | None = None) -> HttpResponse:
    page, frame = _need(request, need_id)
    context = {
        "frame": frame,
        "page": page,
        "next_url": _next(page),
        "coverage": decisions.coverage(request.actor, page.line.case_id, at=clock.now()),
        "end_form": form_at(request, EndNeedForm, "decisions:withdraw_need", need_id, sent=end_form),
    }
    return render(request, "decisions/need.html", context, status=422 if end_form else 200)


@access(Capability.NEED_EXAMINE)
@writes(of="need_id")
def step(request: ActorRequest, need_id: UUID, step: str) -> HttpResponse:
    page, frame = _need(request, need_id)
    page.may_change.or_raise()
    now = next(one for one in page.steps if one.step == step)
    form = form_for(
        request,
        StepForm,
        found=notes.quotable(request.actor, page.line.case_id),
        picked=now.quotes,
        initial={"finding": now.finding, "words": now.words},
        changes=True,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decisions.answer_step(
                actor=request.actor,
                at=clock.now(),
                need_id=need_id,
                step=step,
                finding=said["finding"],
                words=said["words"],
                quote_ids=form.quote_ids,
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return _onwards(request, need_id)
    context = {"frame": frame, "page": page, "form": form, "step": now}
    return render(request, "decisions/step.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@writes(of="need_id")
def basis(request: ActorRequest, need_id: UUID) -> HttpResponse:
    page, frame = _need(request, need_id)
    page.may_change.or_raise()
    case_id = page.line.case_id
    bases = decisions.bases_for(request.actor, case_id, at=clock.now())
    form = form_for(request, BasisForm, bases=bases, initial={"basis": page.basis}, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            chosen = form.cleaned_data["basis"]
            decisions.choose_basis(actor=request.actor, at=clock.now(), need_id=need_id, basis=chosen)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return _onwards(request, need_id)
    coverage = decisions.coverage(request.actor, case_id, at=clock.now())
    context = {"frame": frame, "page": page, "form": form, "coverage": coverage}
    return render(request, "decisions/basis.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@writes(of="need_id")
def criterion(request: ActorRequest, need_id: UUID, criterion: str) -> HttpResponse:
    page, frame = _need(request, need_id)
    page.may_change.or_raise()
    now = next((one for one in page.criteria if one.slug == criterion), None)
    if now is None:  # another basis has been chosen since
        return redirect("decisions:need", need_id)
    form = form_for(
        request,
        CriterionForm,
        found=notes.quotable(request.actor, page.line.case_id),
        picked=now.quotes,
        initial={"finding": now.finding, "words": now.words},
        changes=True,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decisions.answer_criterion(
                actor=request.actor,
                at=clock.now(),
                need_id=need_id,
                criterion=now.key,
                finding=said["finding"],
                words=said["words"],
                quote_ids=form.quote_ids,
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return _onwards(request, need_id)
    context = {"frame": frame, "page": page, "form": form, "criterion": now}
    return render(request, "decisions/criterion.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@writes(of="need_id")
def neighbours(request: ActorRequest, need_id: UUID) -> HttpResponse:
    page, frame = _need(request, need_id)
    page.may_change.or_raise()
    form = form_for(request, NeighboursForm, neighbours=page.neighbours, changes=True)
    if request.method == "POST" and form.is_valid():
        for key, words in form.written:
            decisions.weigh_neighbour(actor=request.actor, at=clock.now(), need_id=need_id, basis=key, words=words)
        return _onwards(request, need_id)
    context = {"frame": frame, "page": page, "form": form}
    return render(request, "decisions/neighbours.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@writes(of="case_id")
def coverage(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The first switch: which of the two acts the citizen comes under."""
    frame = case_frame(request.actor, case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="decisions")
    now = decisions.coverage(request.actor, case_id, at=clock.now())
    initial = {"yes": list(now.yes), "words": now.words}
    form = form_for(request, CoverageForm, questions=now.questions, initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        decisions.assess_coverage(
            actor=request.actor, at=clock.now(), case_id=case_id, yes=said["yes"], words=said["words"]
        )
        flashes.success(request, _("Gemt. Nu kan du vælge blandt de paragraffer, der passer."))
        return redirect("decisions:case", case_id)
    context = {"frame": frame, "form": form, "coverage": now}
    return render(request, "decisions/coverage.html", context, status=422 if form.errors else 200)


@access(Capability.NEED_EXAMINE)
@require_POST
@writes
def withdraw(request: ActorRequest, need_id: UUID) -> HttpResponse:
    form = form_for(request, EndNeedForm)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            decisions.withdraw_need(actor=request.actor, at=clock.now(), need_id=need_id, words=words)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, _("Det er noteret. Du kan tage behovet op igen."))
            return redirect("decisions:need", need_id)
    return _need_page(request, need_id, end_form=form)


@access(Capability.NEED_EXAMINE)
@require_POST
@writes
def reopen(request: ActorRequest, need_id: UUID) -> HttpResponse:
    decisions.reopen_need(actor=request.actor, at=clock.now(), need_id=need_id)
    return redirect("decisions:need", need_id)


def _need(request: ActorRequest, need_id: UUID) -> tuple[decisions.NeedPage, CaseFrame]:
    page = decisions.need(request.actor, need_id, at=clock.now())
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    return page, frame


def _onwards(request: ActorRequest, need_id: UUID) -> HttpResponse:
    """To what is open next, so that a need is looked through without going back and forth; or back, when asked."""
    page = decisions.need(request.actor, need_id, at=clock.now())
    goes_on = request.POST.get("then") == "next"
    return redirect(_next(page) if goes_on and _next(page) else reverse("decisions:need", args=[need_id]))


def _next(page: decisions.NeedPage) -> str:
    """Where the first thing is answered that is still open; empty when nothing is."""
    need_id = page.line.id
    if not page.may_change:
        return ""
    for one in page.steps:
        if one.is_wanted and not one.is_answered:
            return reverse("decisions:step", args=[need_id, one.step])
    if not page.basis_cited:
        return reverse("decisions:basis", args=[need_id])
    for question in page.criteria:
        if not question.finding:
            return reverse("decisions:criterion", args=[need_id, question.slug])
    if not page.are_weighed:
        return reverse("decisions:neighbours", args=[need_id])
    return ""
