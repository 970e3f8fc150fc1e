"""Somebody disagrees: take it as it comes, look at the case again, send it on."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages as flashes
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import Reassessment
from samspil.contexts.letters import api as letters
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import case_frame
from samspil.web.decisions.forms_complaints import (
    BoardForm,
    ComplaintForm,
    DelayForm,
    PartialForm,
    PointForm,
    ReassessForm,
)
from samspil.web.decisions.forms_needs import put_at_field
from samspil.web.decisions.several import form_at
from samspil.web.letters.downloads import as_pdf
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import carries_out
from samspil.web.shell.writing import form_for, writes


@access(Capability.COMPLAINT_HANDLE)
@writes
def complaint_new(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    """Also what was only said: it is written down in the citizen's words."""
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    form = form_for(request, ComplaintForm, initial={"day": request.actor.on, "from_name": frame.case.name})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            complaint_id = decisions.receive_complaint(
                actor=request.actor,
                at=clock.now(),
                decision_id=decision_id,
                channel=said["channel"],
                received_on=said["day"],
                words=said["words"],
                from_name=said["from_name"],
                is_urgent=said["is_urgent"],
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            flashes.success(request, str(_("Klagen er taget imod. Nu skal I se på sagen igen.")))
            return redirect("decisions:complaint", complaint_id)
    context = {"frame": frame, "page": page, "form": form}
    return render(request, "decisions/complaint_new.html", context, status=422 if form.errors else 200)


@access(Capability.COMPLAINT_HANDLE)
@require_GET
def complaint(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    return _page(request, complaint_id)


@access(Capability.DECIDE)
@require_POST
@writes
def decide_again(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    """A new decision in the place of this one, with all that was found out."""
    draft = decisions.draft_again(actor=request.actor, at=clock.now(), decision_id=decision_id)
    return redirect("decisions:decision", draft)


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def reassess(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    page = decisions.complaint(request.actor, complaint_id)
    form = form_for(request, ReassessForm, is_late=page.line.is_late)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        complaint_id,
        form,
        _("Noteret. Sig det til borgeren i dag.") if said.get("answer") != Reassessment.NO_CHANGE else "",
        lambda: decisions.reassess_complaint(
            actor=request.actor,
            at=clock.now(),
            complaint_id=complaint_id,
            answer=said["answer"],
            words=said["words"],
            new_decision_id=page.may_be_answer_id,
        ),
    )


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def delay(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    form = form_for(request, DelayForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        complaint_id,
        form,
        _("Ny dag er sat. Brevet til borgeren ligger under Breve. I morgen sender Samspil det selv."),
        lambda: decisions.delay_reassessment(
            actor=request.actor,
            at=clock.now(),
            complaint_id=complaint_id,
            due_on=said["answer_by"],
            words=said["words"],
        ),
    )


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def partial_answer(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    form = form_for(request, PartialForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        complaint_id,
        form,
        _("Borgerens svar er noteret."),
        lambda: decisions.answer_partial_win(
            actor=request.actor,
            at=clock.now(),
            complaint_id=complaint_id,
            keeps=said["keeps"] == "yes",
            on=said["day"],
        ),
    )


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def forward(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    decisions.forward_complaint(actor=request.actor, at=clock.now(), complaint_id=complaint_id)
    _tell(request, complaint_id)
    return redirect("decisions:complaint", complaint_id)


@access(Capability.COMPLAINT_HANDLE)
@require_GET
def package(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    """What goes to the appeals board, as it was frozen."""
    page = decisions.complaint(request.actor, complaint_id)
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    return as_pdf(letters.package_paper(request.actor, complaint_id))


def _tell(request: ActorRequest, complaint_id: UUID) -> None:
    """The citizen learns the same day that the complaint was sent on."""
    if letters.tell_of_forwarding(actor=request.actor, at=clock.now(), complaint_id=complaint_id):
        flashes.success(request, str(_("Pakken til Ankestyrelsen er samlet, og borgeren har fået brev om det.")))
    else:
        flashes.success(request, str(_("Pakken til Ankestyrelsen er samlet. Brevet til borgeren ligger under Breve.")))


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def withdraw(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    decisions.withdraw_complaint(actor=request.actor, at=clock.now(), complaint_id=complaint_id)
    return redirect("decisions:complaint", complaint_id)


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def outcome(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    form = form_for(request, BoardForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        complaint_id,
        form,
        _("Ankestyrelsens afgørelse er noteret."),
        lambda: decisions.enter_board_outcome(
            actor=request.actor,
            at=clock.now(),
            complaint_id=complaint_id,
            outcome=said["outcome"],
            words=said["words"],
            received_on=said["day"],
            points=form.point_lines,
        ),
    )


@access(Capability.COMPLAINT_HANDLE)
@writes(of="point_id")
def point(request: ActorRequest, complaint_id: UUID, point_id: UUID) -> HttpResponse:
    """What was found out about one thing the appeals board asked to have examined."""
    page = decisions.complaint(request.actor, complaint_id)
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    now = next((one for one in page.points if one.id == point_id), None)
    if now is None:
        raise decisions.Complaint.DoesNotExist
    page.may_decide_anew.or_raise()
    form = form_for(request, PointForm, initial={"words": now.answer}, changes=True)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        decisions.answer_point(actor=request.actor, at=clock.now(), point_id=point_id, answer=words)
        return redirect("decisions:complaint", complaint_id)
    context = {"frame": frame, "page": page, "point": now, "form": form}
    return render(request, "decisions/point.html", context, status=422 if form.errors else 200)


@access(Capability.COMPLAINT_HANDLE)
@require_POST
@writes
def settle(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    """The case was decided anew after it came back."""
    page = decisions.complaint(request.actor, complaint_id)
    if page.may_be_answer_id is None:
        raise Refused(decisions.DecisionRefusal.NEW_DECISION_MISSING)
    decisions.settle_remitted(
        actor=request.actor, at=clock.now(), complaint_id=complaint_id, new_decision_id=page.may_be_answer_id
    )
    return redirect("decisions:complaint", complaint_id)


def _done(
    request: ActorRequest, complaint_id: UUID, form: Form, said: str | Promise, call: Callable[[], object]
) -> HttpResponse:
    if carries_out(form, call, put_at_field):
        if said:
            flashes.success(request, str(said))
        else:
            _tell(request, complaint_id)
        return redirect("decisions:complaint", complaint_id)
    return _page(request, complaint_id, sent=form)


def _page(request: ActorRequest, complaint_id: UUID, sent: Form | None = None) -> HttpResponse:
    page = decisions.complaint(request.actor, complaint_id)
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    made = partial(form_at, request, thing_id=complaint_id, sent=sent)
    today = {"day": request.actor.on}
    context = {
        "frame": frame,
        "page": page,
        "package": letters.package(request.actor, complaint_id),
        "wrong": sent,
        "reassess_form": made(ReassessForm, "decisions:reassess", is_late=page.line.is_late),
        "delay_form": made(DelayForm, "decisions:delay"),
        "partial_form": made(PartialForm, "decisions:partial_answer", initial=today),
        "board_form": made(BoardForm, "decisions:board_outcome", initial=today),
    }
    return render(request, "decisions/complaint.html", context, status=422 if sent else 200)
