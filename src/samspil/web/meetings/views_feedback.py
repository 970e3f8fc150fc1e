"""Three questions after the meeting: on the tablet, through a link, or typed from paper."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Actor, Capability, Side, system_actor
from samspil.contexts.cases import api as cases
from samspil.contexts.feedback import api as feedback
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock, scope
from samspil.kernel.ids import new_id
from samspil.kernel.verdict import Refused
from samspil.web.components.forms import CleanText
from samspil.web.meetings.forms import ChangedForm
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.once import FIELD as KEY
from samspil.web.shell.once import key_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes, written_to

QUESTIONS = ("was_ok", "talked_enough", "something_different")
WORDS_LIMIT = 2_000
HANDED_BACK = "tak"


class WordsForm(forms.Form):
    words = CleanText(label=gettext_lazy("Skriv med dine egne ord"), limit=WORDS_LIMIT, required=False)


def _given(fields: Mapping[str, Any]) -> dict[str, str]:
    """The answers so far, carried from page to page in hidden fields, and kept with a draft of the words."""
    answers = {name: fields.get(name, "") for name in QUESTIONS}
    return {name: value for name, value in answers.items() if value in feedback.Answer.values}


def _is_finished(request: HttpRequest, form: WordsForm) -> bool:
    return request.method == "POST" and "finish" in request.POST and form.is_valid()


def _page(request: HttpRequest, form: WordsForm, *, channel: str) -> HttpResponse:
    """The next unanswered question, or the page for words of one's own."""
    written = written_to(request, "")
    kept = written.notice.fields if written and written.notice else {}
    given = _given(kept or request.POST)
    left = [name for name in QUESTIONS if name not in given]
    context = {
        "given": given.items(),
        "asked": left[0] if left else "words",
        "number": len(QUESTIONS) - len(left) + 1,
        "of": len(QUESTIONS) + 1,
        "form": form,
        "channel": channel,
    }
    return render(request, "meetings/feedback.html", context, status=422 if form.errors else 200)


def _answers(given: dict[str, str], words: str) -> feedback.Answers:
    chosen = {name: given.get(name, feedback.Answer.SKIPPED) for name in QUESTIONS}
    return feedback.Answers(**chosen, words=words)


@access(Capability.FEEDBACK_GIVE)
@writes
def answer(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Answer in the citizen's room, on the shared tablet, or typed from paper by the caseworker."""
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    if request.actor.side == Side.CITIZEN:  # on the shared tablet the questions stand alone
        request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="feedback")
    default = feedback.Channel.ROOM if request.actor.side == Side.CITIZEN else feedback.Channel.TABLET
    asked = request.POST.get("channel") or request.GET.get("maade") or default
    channel = asked if asked in feedback.Channel.values else default
    if HANDED_BACK in request.GET and request.actor.side != Side.CITIZEN:
        return _hand_back(request, meeting_id)
    form = _words_form(request, channel)
    if not _is_finished(request, form):
        return _page(request, form, channel=channel)
    try:
        feedback.answer(
            actor=request.actor,
            at=clock.now(),
            case_id=view.line.case_id,
            meeting_id=meeting_id,
            meeting_on=_held_on(view.line.starts_at) if view.line.status == "closed" else _day(view.line.starts_at),
            answers=_answers(_given(request.POST), form.cleaned_data["words"]),
            channel=channel,
        )
    except Refused as refusal:
        return _closed(request, text_of(refusal.reason))
    if channel == feedback.Channel.TABLET:
        return redirect(f"{request.path}?{HANDED_BACK}")
    messages.success(request, _("Tak. Dit svar er sendt."))
    return redirect("meetings:meeting", meeting_id)


def _words_form(request: ActorRequest, channel: str) -> WordsForm:
    """On a tablet that goes round, nobody is shown what somebody else was writing."""
    if channel == feedback.Channel.TABLET:
        return WordsForm(request.POST or None)
    return form_for(request, WordsForm)


def _hand_back(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """The tablet is in the citizen's hands: the page shows nothing of the answers, nor of the caseworker's room."""
    context = {
        "heading": _("Tak for dit svar"),
        "text": _("Giv tabletten tilbage. Dine svar bliver ikke vist her."),
        "on_url": reverse("meetings:meeting", args=[meeting_id]),
    }
    return render(request, "meetings/feedback_thanks.html", context)


@access.public
def answer_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The citizen's own phone, through a link that works once. A made-up link is not found."""
    with scope.within(scope.SYSTEM):  # the secret in the link says which municipality it belongs to
        opened = feedback.invitation(token, now=clock.now())
    actor = system_actor(clock.today(), municipality=opened.municipality)
    with scope.within(actor.scope):
        return _answered_by_link(request, actor, token, opened)


def _answered_by_link(request: HttpRequest, actor: Actor, token: str, opened: feedback.InvitationView) -> HttpResponse:
    if not opened.may_use and opened.may_use.refusal is not None:
        return _closed(request, text_of(opened.may_use.refusal))
    form = WordsForm(request.POST or None)
    if not _is_finished(request, form):
        return _page(request, form, channel=feedback.Channel.LINK)
    try:
        feedback.answer_by_token(
            actor=actor,
            at=clock.now(),
            token=token,
            meeting_on=_held_on(meetings.held_at(opened.meeting_id)),
            answers=_answers(_given(request.POST), form.cleaned_data["words"]),
        )
    except Refused as refusal:
        return _closed(request, text_of(refusal.reason))
    context = {"heading": _("Tak for dit svar"), "text": _("Din rådgiver læser det, du har skrevet.")}
    return render(request, "meetings/feedback_thanks.html", context)


def _closed(request: HttpRequest, text: str) -> HttpResponse:
    """Why there is nothing to answer: no thanks for an answer that was not taken."""
    return render(request, "meetings/feedback_thanks.html", {"heading": _("Var mødet ok?"), "text": text})


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)


def _held_on(starts_at: dt.datetime) -> dt.date:
    """The day of a meeting that is over; one that was held before its time was held today."""
    return min(_day(starts_at), clock.today())


@access(Capability.MEETING_CLOSE)
@require_POST
def invite(request: ActorRequest, meeting_id: UUID) -> HttpResponse:
    """Make a link for the citizen's own phone and show it once; the same form sent again shows the same link."""
    view = meetings.meeting_for(request.actor, meeting_id, now=clock.now())
    request.look(citizen_id=view.line.citizen_id, case_id=view.line.case_id, what="feedback")
    key = key_of(request.POST.get(KEY, ""), request.path) or new_id()
    token = feedback.invite(
        actor=request.actor, at=clock.now(), case_id=view.line.case_id, meeting_id=meeting_id, key=key
    )
    link = request.build_absolute_uri(reverse("meetings:feedback_by_link", args=[token]))
    return render(request, "meetings/feedback_link.html", {"meeting": view, "link": link})


@access(Capability.FEEDBACK_READ)
@require_GET
def over_time(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return _over_time(request, case_id)


def _over_time(
    request: ActorRequest, case_id: UUID, *, wrong: ChangedForm | None = None, at: UUID | None = None
) -> HttpResponse:
    """The answers, each with a form of its own; `wrong` is what was sent for the answer `at`."""
    case = cases.case_facts(request.actor, case_id)
    request.look(citizen_id=case.citizen_id, case_id=case_id, what="feedback")
    answers = feedback.feedback_of(request.actor, case_id)
    rows = [(one, wrong if wrong and one.id == at else _changed_form(request, case_id, one.id)) for one in answers]
    context = {"case": case, "rows": rows, "wrong": wrong}
    return render(request, "meetings/feedback_over_time.html", context, status=422 if wrong else 200)


def _changed_form(request: ActorRequest, case_id: UUID, feedback_id: UUID) -> ChangedForm:
    to = reverse("meetings:feedback_changed", args=[case_id, feedback_id])
    return form_for(request, ChangedForm, to=to, auto_id=_ids_for(feedback_id))


def _ids_for(feedback_id: UUID) -> str:
    return f"id_%s_{feedback_id.hex}"


@access(Capability.FEEDBACK_READ)
@require_POST
@writes
def changed(request: ActorRequest, case_id: UUID, feedback_id: UUID) -> HttpResponse:
    if feedback_id not in {one.id for one in feedback.feedback_of(request.actor, case_id)}:
        raise Http404
    form = form_for(request, ChangedForm, auto_id=_ids_for(feedback_id))
    if not form.is_valid():
        return _over_time(request, case_id, wrong=form, at=feedback_id)
    feedback.say_what_changed(
        actor=request.actor, at=clock.now(), feedback_id=feedback_id, text=form.cleaned_data["text"]
    )
    messages.success(request, _("Tak. Borgeren kan nu se, hvad du har ændret."))
    return redirect("meetings:feedback_over_time", case_id)
