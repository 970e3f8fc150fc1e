"""Facts from others, and the citizen's word on them before they count."""

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
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.web.authority.frame import case_frame
from samspil.web.decisions.forms_decisions import AskForm, FactForm, HeardForm, PostponeForm, SkipForm
from samspil.web.decisions.forms_needs import put_at_field
from samspil.web.decisions.several import form_at
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import carries_out
from samspil.web.shell.writing import form_for, writes


@access(Capability.DECIDE)
@require_GET
def hearing(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    return _page(request, decision_id)


@access(Capability.DECIDE)
@require_POST
@writes
def add_fact(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    form = form_for(request, FactForm, found=notes.quotable(request.actor, page.line.case_id))
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        decision_id,
        form,
        _("Oplysningen er skrevet på."),
        lambda: decisions.add_fact(
            actor=request.actor,
            at=clock.now(),
            decision_id=decision_id,
            source=said["source"],
            is_known=said["is_known"],
            is_adverse=said["is_adverse"],
            is_weighty=said["is_weighty"],
            text=said["text"],
            quote_ids=form.quote_ids,
        ),
    )


@access(Capability.DECIDE)
@require_POST
@writes
def drop_fact(request: ActorRequest, decision_id: UUID, fact_id: UUID) -> HttpResponse:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    if fact_id not in {fact.id for fact in page.facts}:
        raise decisions.Decision.DoesNotExist
    decisions.drop_fact(actor=request.actor, at=clock.now(), fact_id=fact_id)
    return redirect("decisions:hearing", decision_id)


@access(Capability.DECIDE)
@require_POST
@writes
def ask(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, AskForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        decision_id,
        form,
        _("Det er noteret. Afgørelsen venter på borgerens svar eller på, at fristen går."),
        lambda: decisions.ask_hearing(
            actor=request.actor, at=clock.now(), decision_id=decision_id, answer_by=said["answer_by"]
        ),
    )


@access(Capability.DECIDE)
@require_POST
@writes
def answer(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, HeardForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        decision_id,
        form,
        _("Borgerens svar er skrevet på."),
        lambda: decisions.answer_hearing(
            actor=request.actor, at=clock.now(), decision_id=decision_id, words=said["words"], answered_on=said["day"]
        ),
    )


@access(Capability.DECIDE)
@require_POST
@writes
def postpone(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, PostponeForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        decision_id,
        form,
        _("Borgeren har fået mere tid."),
        lambda: decisions.postpone_hearing(
            actor=request.actor,
            at=clock.now(),
            decision_id=decision_id,
            answer_by=said["answer_by"],
            words=said["words"],
        ),
    )


@access(Capability.DECIDE)
@require_POST
@writes
def skip(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    form = form_for(request, SkipForm)
    said = form.cleaned_data if form.is_valid() else {}
    return _done(
        request,
        decision_id,
        form,
        _("Grunden er skrevet på."),
        lambda: decisions.skip_hearing(
            actor=request.actor, at=clock.now(), decision_id=decision_id, ground=said["ground"], words=said["words"]
        ),
    )


def _done(
    request: ActorRequest, decision_id: UUID, form: Form, said: str | Promise, call: Callable[[], object]
) -> HttpResponse:
    """Back to the page when it is done; else the form again, with what stands in the way."""
    if carries_out(form, call, put_at_field):
        flashes.success(request, str(said))
        return redirect("decisions:hearing", decision_id)
    return _page(request, decision_id, sent=form)


def _page(request: ActorRequest, decision_id: UUID, sent: Form | None = None) -> HttpResponse:
    page = decisions.decision(request.actor, decision_id, at=clock.now())
    frame = case_frame(request.actor, page.line.case_id, tab="decisions")
    request.look(citizen_id=frame.case.citizen_id, case_id=page.line.case_id, what="decisions")
    page.may_change.or_raise()
    made = partial(form_at, request, thing_id=decision_id, sent=sent)
    due = {"answer_by": decisions.hearing_due(request.actor)}
    context = {
        "frame": frame,
        "page": page,
        "wrong": sent,
        "fact_form": made(FactForm, "decisions:add_fact", found=notes.quotable(request.actor, page.line.case_id)),
        "ask_form": made(AskForm, "decisions:ask_hearing", initial=due),
        "heard_form": made(HeardForm, "decisions:answer_hearing", initial={"day": request.actor.on}),
        "postpone_form": made(PostponeForm, "decisions:postpone_hearing"),
        "skip_form": made(SkipForm, "decisions:skip_hearing"),
    }
    return render(request, "decisions/hearing.html", context, status=422 if sent else 200)
