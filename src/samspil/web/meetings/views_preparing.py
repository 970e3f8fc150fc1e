"""The citizen gets ready: six questions, one a page, one tap each."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.text import TooLong, clean
from samspil.web.shell.access import ActorRequest, access

WORDS_LIMIT = 2_000


def _look(request: ActorRequest, meeting_id: UUID) -> meetings.MeetingView:
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="preparation")
    return view


@access(Capability.MEETING_PREPARE)
def begin(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """What the caseworker would like to talk about, and with whom the answers are given."""
    view = _look(request, meeting_id)
    if request.method == "POST":
        chosen = request.POST.get("with", "")
        if chosen in meetings.PreparedWith.values:
            meetings.say_who_helps(
                actor=request.actor,
                at=clock.now(),
                meeting_id=meeting_id,
                prepared_with=chosen,
                name=request.POST.get("name", "")[:120],
            )
        return redirect("meetings:prepare_step", meeting_id, meetings.steps()[0].slug)
    is_own = request.actor.side == Side.CITIZEN
    return render(request, "meetings/prepare_begin.html", {"meeting": view, "is_own": is_own})


@access(Capability.MEETING_PREPARE)
def question(request: ActorRequest, meeting_id: UUID, step: str) -> HttpResponse:
    """One question. A tap on a picture answers it and goes on; the last answer sends them all."""
    slugs = [row.slug for row in meetings.steps()]
    if step not in slugs:
        raise Http404
    number = slugs.index(step)
    problem = ""
    if request.method == "POST":
        try:
            words = clean(request.POST.get("words", ""), WORDS_LIMIT)
        except TooLong:
            words, problem = request.POST["words"], "too_long"
        if not problem:
            meetings.save_preparation_step(
                actor=request.actor,
                at=clock.now(),
                meeting_id=meeting_id,
                step=step,
                choices=request.POST.getlist("choice"),
                words=words,
            )
            if number + 1 < len(slugs):
                return redirect("meetings:prepare_step", meeting_id, slugs[number + 1])
            meetings.send_preparation(actor=request.actor, at=clock.now(), meeting_id=meeting_id)
            return redirect("meetings:prepared", meeting_id)
    view = _look(request, meeting_id)
    answer = view.preparation.answers[number]
    context = {
        "meeting": view,
        "step": meetings.step(step),
        "number": number + 1,
        "of": len(slugs),
        "chosen": answer.choices,
        "words": request.POST.get("words", answer.words),
        "problem": problem,
        "limit": WORDS_LIMIT,
        "before": slugs[number - 1] if number else "",
        "is_last": number + 1 == len(slugs),
    }
    return render(request, "meetings/prepare_step.html", context, status=422 if problem else 200)


@access(Capability.MEETING_PREPARE)
@require_GET
def done(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    view = _look(request, meeting_id)
    answered = [answer for answer in view.preparation.answers if answer.lines]
    return render(request, "meetings/prepared.html", {"meeting": view, "answered": answered})
