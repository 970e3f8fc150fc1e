"""Letters in the authority's room: the list, the letter beside a phone, the sending, and the envelopes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionLine, DecisionStatus
from samspil.contexts.feedback import api as feedback
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import LetterRefusal, LetterRow, LetterView
from samspil.kernel import clock
from samspil.kernel.verdict import ConcurrentChange, Refused
from samspil.web.authority.frame import case_frame
from samspil.web.letters import reading
from samspil.web.letters.downloads import as_pdf
from samspil.web.letters.forms import LetterForm, PostedForm, SendForm
from samspil.web.letters.words import missing_words, problem_words
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_EDIT)
@require_GET
def case_letters(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="letters")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="letters")
    rows = letters.letters_of(request.actor, case_id)
    context = {"frame": frame, "letters": rows, "unwritten": _unwritten(request, case_id, rows)}
    return render(request, "authority/letters.html", context)


def _unwritten(request: ActorRequest, case_id: UUID, rows: tuple[LetterRow, ...]) -> list[DecisionLine]:
    """Decisions that have been made and have no letter yet, for whoever may write one."""
    if Capability.LETTER_SEND not in request.actor.capabilities:
        return []
    written = {row.decision_id for row in rows}
    made = {DecisionStatus.DECIDED, DecisionStatus.TOLD}
    lines = decisions.decisions_of(request.actor, case_id)
    return [line for line in lines if line.status in made and line.id not in written]


@access(Capability.LETTER_SEND)
@require_POST
@writes
def new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Draw the letter about a decision, from what is written already."""
    cases.case_facts(request.actor, case_id)
    wanted = request.POST.get("decision", "")
    found = next((one for one in decisions.decisions_of(request.actor, case_id) if str(one.id) == wanted), None)
    if found is None:
        messages.error(request, _("Vælg den afgørelse, brevet skal handle om."))
        return redirect("authority:letters", case_id)
    letter_id = letters.draft_for_decision(actor=request.actor, at=clock.now(), decision_id=found.id)
    return redirect("authority:letter", letter_id)


@access(Capability.LETTER_SEND)
@require_GET
def to_post(request: ActorRequest) -> HttpResponse:
    """What waits for an envelope, oldest first."""
    rows = letters.to_post(request.actor)
    for row in {one.citizen_id: one for one in rows}.values():
        request.look(citizen_id=row.citizen_id, what="letters")
    return render(request, "authority/letters_to_post.html", {"letters": rows})


@access(Capability.LETTER_SEND)
@writes(of="letter_id")
def letter(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """A draft is changed beside the phone it will be read on; a sent letter is read, with its way and its papers."""
    found = _seen(request, letter_id)
    if found.may_change and request.method == "POST":
        return _save(request, found)
    if not found.may_change:
        if request.method == "POST":
            found.may_change.or_raise()
        return _sent(request, found)
    return _draft(request, found, _form_of(request, found))


def _save(request: ActorRequest, found: LetterView) -> HttpResponse:
    form = _form_of(request, found)
    if not form.is_valid():
        return _draft(request, found, form, status=422)
    said = form.texts()
    try:
        letters.edit_letter(
            actor=request.actor,
            at=clock.now(),
            letter_id=found.id,
            texts=said,
            seen=found.version,
            expected_on=form.cleaned_data.get("expected_on"),
        )
    except Refused as refused:
        is_day = refused.reason == LetterRefusal.DAY_NOT_LATER
        form.add_error("expected_on" if is_day else None, text_of(refused.reason))
        return _draft(request, found, form, status=422)
    if "on" in request.POST:
        return redirect("authority:letter_send", found.id)
    messages.success(request, _("Brevet er gemt. Se, hvordan det ser ud på en telefon."))
    return redirect("authority:letter", found.id)


@access(Capability.LETTER_SEND)
@writes(of="letter_id")
def send(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """The last look: five lines, how it travels, who gets a copy."""
    found = _seen(request, letter_id)
    if not found.may_change:
        if request.method == "POST":
            messages.info(request, _("Brevet er allerede sendt, og kun én gang. Du skal ikke gøre mere."))
        return redirect("authority:letter", letter_id)
    people = citizens.people_with_access(request.actor, found.citizen_id, now=clock.now())
    initial = {"version": found.version, "channel": letters.usual_channel(found.citizen_id)}
    form = form_for(request, SendForm, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            letters.send_letter(
                actor=request.actor,
                at=clock.now(),
                letter_id=letter_id,
                channel=said["channel"],
                seen=said["version"],
                copies=[UUID(one) for one in said.get("copies", [])],
            )
        except ConcurrentChange:
            messages.error(request, _("En kollega har ændret brevet imens. Læs det igen, før du sender."))
            return redirect("authority:letter", letter_id)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Brevet er sendt. Borgeren kan læse det nu."))
            return redirect("authority:letter", letter_id)
    context = {
        "frame": case_frame(request.actor, found.case_id, tab="letters"),
        "letter": found,
        "form": form,
        "first_lines": reading.first_lines(found),
        "missing": missing_words(found.missing),
    }
    return render(request, "authority/letter_send.html", context, status=422 if form.errors else 200)


@access(Capability.LETTER_SEND)
@require_POST
@writes(of="letter_id")
def send_notice(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """A notice that Samspil wrote leaves with one press, the way its citizen usually gets letters."""
    found = _seen(request, letter_id)
    if found.kind == letters.LetterKind.DECISION:
        return redirect("authority:letter_send", letter_id)
    try:
        letters.send_letter(
            actor=request.actor,
            at=clock.now(),
            letter_id=letter_id,
            channel=letters.usual_channel(found.citizen_id),
            seen=found.version,
        )
    except Refused as refused:
        messages.error(request, text_of(refused.reason))
    else:
        messages.success(request, _("Brevet er sendt. Borgeren kan læse det nu."))
    return redirect("authority:letter", letter_id)


@access(Capability.LETTER_SEND)
@require_POST
@writes(of="letter_id")
def drop(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    found = _seen(request, letter_id)
    letters.drop_letter(actor=request.actor, at=clock.now(), letter_id=letter_id)
    messages.success(request, _("Kladden er slettet."))
    return redirect("authority:letters", found.case_id)


@access(Capability.LETTER_SEND)
@require_POST
@writes(of="letter_id")
def replace(request: ActorRequest, letter_id: UUID) -> HttpResponse:
    """Begin the letter that takes this one's place."""
    _seen(request, letter_id)
    new = letters.replace_letter(actor=request.actor, at=clock.now(), letter_id=letter_id)
    messages.success(request, _("Her er et nyt brev. Det gamle gælder, til du sender det nye."))
    return redirect("authority:letter", new)


@access(Capability.LETTER_SEND)
@require_POST
@writes
def post(request: ActorRequest, dispatch_id: UUID) -> HttpResponse:
    """The envelope is in the post: from here the days are counted."""
    letter_id = letters.letter_of_dispatch(request.actor, dispatch_id)
    found = _seen(request, letter_id)
    form = form_for(request, PostedForm)
    if form.is_valid():
        try:
            letters.post_letter(
                actor=request.actor, at=clock.now(), dispatch_id=dispatch_id, posted_on=form.cleaned_data["posted_on"]
            )
        except Refused as refused:
            form.add_error("posted_on", text_of(refused.reason))
        else:
            messages.success(request, _("Det er skrevet ned, hvornår brevet blev sendt."))
            return redirect("authority:letter", letter_id)
    return _sent(request, found, posted=(dispatch_id, form), status=422)


@access(Capability.CASE_EDIT)
@require_GET
def paper(request: ActorRequest, letter_id: UUID, document: str) -> HttpResponse:
    _seen(request, letter_id)
    return as_pdf(letters.paper(request.actor, letter_id, document))


def _form_of(request: ActorRequest, found: LetterView) -> LetterForm:
    stands: dict[str, Any] = {part.kind: part.text for part in found.parts if part.is_editable}
    if found.may_choose_day:
        stands["expected_on"] = found.expected_on
    return form_for(request, LetterForm, letter=found, initial=stands, changes=True)


def _seen(request: ActorRequest, letter_id: UUID) -> LetterView:
    found = letters.letter(request.actor, letter_id)
    request.look(citizen_id=found.citizen_id, case_id=found.case_id, what="letter")
    return found


def _draft(request: ActorRequest, found: LetterView, form: LetterForm, *, status: int = 200) -> HttpResponse:
    edition = reading.EDITIONS.get(request.GET.get("udgave", ""), "long")
    context = {
        "frame": case_frame(request.actor, found.case_id, tab="letters"),
        "letter": found,
        "form": form,
        "rows": [(part, form[part.kind] if part.is_editable else None) for part in found.parts],
        "editions": reading.editions(edition),
        "page": reading.page_of(found, edition, on=request.actor.on),
        "missing": missing_words(found.missing),
        "differences": reading.differences(request.actor, found),
    }
    return render(request, "authority/letter.html", context, status=status)


def _posted_form(request: ActorRequest, dispatch_id: UUID) -> PostedForm:
    to = reverse("authority:letter_posted", args=[dispatch_id])
    return form_for(request, PostedForm, to=to, initial={"posted_on": request.actor.on})


def _sent(
    request: ActorRequest, found: LetterView, *, posted: tuple[UUID, PostedForm] | None = None, status: int = 200
) -> HttpResponse:
    edition = reading.EDITIONS.get(request.GET.get("udgave", ""), "long")
    asked, with_errors = posted or (None, None)
    ways = [
        (
            one,
            problem_words(one.problem),
            with_errors if one.id == asked and with_errors else _posted_form(request, one.id),
        )
        for one in found.dispatches
    ]
    context = {
        "frame": case_frame(request.actor, found.case_id, tab="letters"),
        "letter": found,
        "editions": reading.editions(edition),
        "page": reading.page_of(found, edition),
        "ways": ways,
        "differences": reading.differences(request.actor, found),
        "answer": feedback.letter_answer(request.actor, found.id),
    }
    return render(request, "authority/letter_sent.html", context, status=status)
