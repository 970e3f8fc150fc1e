"""The citizen's letters: what is decided, read on a phone; the short version; and whether it could be understood."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.citizens.api import Scope
from samspil.contexts.decisions import api as decisions
from samspil.contexts.feedback import api as feedback
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import LetterView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.citizen.views import seen_case
from samspil.web.citizen.views_decisions import SPEAKS
from samspil.web.letters import reading
from samspil.web.letters.downloads import as_pdf
from samspil.web.letters.forms import ToldForm
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.OWN_ROOM, scopes=(Scope.LETTERS,))
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "letters")
    rows = letters.letters_of(request.actor, case.id)
    return render(request, "citizen/letters.html", {"letters": rows, "today": request.actor.on})


@access(Capability.OWN_ROOM, scopes=(Scope.LETTERS,))
@require_GET
def letter(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    form = form_for(request, ToldForm, to=reverse("citizen:letter_told", args=[letter_id]))
    return _page(request, _seen(request, letter_id), form)


@access(Capability.OWN_ROOM, scopes=(Scope.LETTERS,))
@require_GET
def paper(request: ActorRequest, letter_id: UUID, document: str) -> HttpResponse:
    _seen(request, letter_id)
    return as_pdf(letters.paper(request.actor, letter_id, document))


@access(Capability.FEEDBACK_GIVE)
@require_POST
@writes
def told(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """Did the letter tell you what you get? Anything but a yes makes somebody ring."""
    found = _seen(request, letter_id)
    form = form_for(request, ToldForm)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        feedback.answer_letter(
            actor=request.actor,
            at=clock.now(),
            case_id=found.case_id,
            letter_id=found.id,
            template=found.template,
            **form.cleaned_data,
        )
    except Refused as refused:
        messages.error(request, text_of(refused.reason))
    else:
        is_clear = form.cleaned_data["told"] == feedback.Answer.YES
        messages.success(request, _("Tak. Dit svar er sendt.") if is_clear else _("Tak. Vi ringer til dig om brevet."))
    return redirect("citizen:letter", letter_id)


@access(Capability.COMPLAIN, scopes=(Scope.LETTERS, *SPEAKS))
@require_POST
@writes
def disagree(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """On to where one disagrees, also before the paper has come."""
    decision_id = letters.take_in_hand(actor=request.actor, at=clock.now(), letter_id=letter_id)
    if decision_id is None:
        return redirect("citizen:letter", letter_id)
    return redirect(reverse("citizen:decision", args=[decision_id]) + "#uenig")


def _seen(request: ActorRequest, letter_id: UUID) -> LetterView:
    found = letters.letter(request.actor, letter_id)
    request.look(citizen_id=found.citizen_id, case_id=found.case_id, what="letter")
    return found


def _page(request: ActorRequest, found: LetterView, form: ToldForm, *, status: int = 200) -> HttpResponse:
    edition = reading.EDITIONS.get(request.GET.get("udgave", ""), "long")
    context = {
        "letter": found,
        "editions": reading.editions(edition),
        "page": reading.page_of(found, edition),
        "form": form,
        "may_complain": found.decision_id and decisions.may_complain_about(request.actor, found.decision_id),
        "may_take_in_hand": letters.may_take_in_hand(request.actor, found),
        "may_answer": request.actor.side == Side.CITIZEN and found.kind == letters.LetterKind.DECISION,
        "answer": feedback.letter_answer(request.actor, found.id),
        "differences": reading.differences(request.actor, found),
        "paper": _paper_of(found, edition),
    }
    return render(request, "citizen/letter.html", context, status=status)


def _paper_of(found: LetterView, edition: str) -> str:
    """The document to download beside this edition; the one for others where only that may be seen."""
    wanted = {"long": "letter", "easy": "easy", "english": "english"}[edition]
    return wanted if wanted in found.documents else next(iter(found.documents))
