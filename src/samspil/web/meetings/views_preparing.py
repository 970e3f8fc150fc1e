"""The citizen gets ready: six questions, one a page, one tap each."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.citizens.api import Scope
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.text import spoken_name
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

WORDS_LIMIT = 2_000


class WordsForm(forms.Form):
    words = CleanText(label=gettext_lazy("Eller skriv selv"), limit=WORDS_LIMIT, required=False)


def _look(request: ActorRequest, meeting_id: UUID) -> meetings.MeetingView:
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="preparation")
    return view


@access(Capability.MEETING_PREPARE, scopes=(Scope.MEETINGS, Scope.PREPARE))
@require_GET
def begin(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Straight to the first question; once the meeting has begun, to the meeting."""
    if not _look(request, meeting_id).line.is_ahead:
        return redirect("meetings:meeting", meeting_id)
    return redirect("meetings:prepare_step", meeting_id, meetings.steps()[0].slug)


@access(Capability.MEETING_PREPARE, scopes=(Scope.MEETINGS, Scope.PREPARE))
@writes(of="meeting_id")
def question(request: ActorRequest, meeting_id: UUID, step: str) -> HttpResponse:
    """One question. A tap on a picture answers it and goes on; the last answer sends them all."""
    slugs = [row.slug for row in meetings.steps()]
    if step not in slugs:
        raise Http404
    number = slugs.index(step)
    view = _look(request, meeting_id)
    answer = view.preparation.answers[number]
    form = form_for(request, WordsForm, initial={"words": answer.words}, changes=True)
    if request.method == "POST" and form.is_valid():
        meetings.save_preparation_step(
            actor=request.actor,
            at=clock.now(),
            meeting_id=meeting_id,
            step=step,
            choices=_chosen(request, view, number),
            words=form.cleaned_data["words"],
        )
        if request.POST.get("do") == "clear":
            return redirect("meetings:prepare_step", meeting_id, step)
        if number + 1 < len(slugs):
            return redirect("meetings:prepare_step", meeting_id, slugs[number + 1])
        meetings.send_preparation(actor=request.actor, at=clock.now(), meeting_id=meeting_id)
        return redirect("meetings:prepared", meeting_id)
    context = {
        "meeting": view,
        "step": meetings.step(step),
        "number": number + 1,
        "of": len(slugs),
        "chosen": answer.choices,
        "words": form["words"].value(),
        "problem": bool(form.errors),
        "limit": WORDS_LIMIT,
        "before": slugs[number - 1] if number else "",
        "is_last": number + 1 == len(slugs),
        "is_own": request.actor.side == Side.CITIZEN,
    }
    return render(request, "meetings/prepare_step.html", context, status=422 if form.errors else 200)


def _chosen(request: ActorRequest, view: meetings.MeetingView, number: int) -> list[str]:
    """What is tapped now; who goes on without tapping keeps what was tapped before, until it is taken away."""
    if request.POST.get("do") == "clear":
        return []
    return request.POST.getlist("choice") or list(view.preparation.answers[number].choices)


@access(Capability.MEETING_PREPARE, scopes=(Scope.MEETINGS, Scope.PREPARE))
@writes
def done(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """What was answered, and with whom: nobody is asked before they begin, so that six taps are six."""
    view = _look(request, meeting_id)
    if request.method == "POST":
        prepared_with, _said, name = request.POST.get("with", "").partition(":")
        if prepared_with in meetings.PreparedWith.values:
            meetings.say_who_helps(
                actor=request.actor,
                at=clock.now(),
                meeting_id=meeting_id,
                prepared_with=prepared_with,
                name=name if any(person.name == name for person in view.people) else "",
            )
        return redirect("meetings:prepared", meeting_id)
    answered = [answer for answer in view.preparation.answers if answer.lines]
    asks = request.actor.side == Side.CITIZEN and view.line.is_ahead
    context = {"meeting": view, "answered": answered, "helpers": _helpers(view) if asks else ()}
    return render(request, "meetings/prepared.html", context)


def _helpers(view: meetings.MeetingView) -> tuple[tuple[str, str], ...]:
    """Whom the citizen can say the answers were given with: those at the meeting by name, and anybody else."""
    sides: dict[str, meetings.PreparedWith] = {
        Side.RELATIVE: meetings.PreparedWith.RELATIVE,
        Side.PROVIDER: meetings.PreparedWith.PROVIDER,
    }
    named = [
        (f"{sides[person.side]}:{person.name}", _("Ja, med %(name)s") % {"name": spoken_name(person.name)})
        for person in view.people
        if person.side in sides and not person.brought_by_citizen
    ]
    with_others = [
        (str(meetings.PreparedWith.RELATIVE), _("Ja, med en pårørende")),
        (str(meetings.PreparedWith.PROVIDER), _("Ja, med min støtteperson")),
    ]
    alone = [(str(meetings.PreparedWith.ALONE), _("Nej, jeg svarede selv"))]
    known = {person.side for person in view.people if not person.brought_by_citizen}
    strangers = [row for side, row in zip(sides, with_others, strict=True) if side not in known]
    said = ":".join(filter(None, [view.preparation.prepared_with, view.preparation.prepared_with_name]))
    return tuple(row for row in named + strangers + alone if row[0] != said)
