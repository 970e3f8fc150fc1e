"""The case's documents: what is in the answer, and what must not be read in it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.disclosure import api as disclosure
from samspil.contexts.disclosure.api import NoSuchDocument, PartOfDocument, RequestView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import case_frame
from samspil.web.disclosure.forms import ChooseForm, CoverPartForm, CoverWordsForm, as_it_stands
from samspil.web.handing.forms import put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes

_LABEL = 60


@access(Capability.CASE_EDIT)
@writes(of="file_request_id")
def papers(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    """Everything that the case holds, ticked when it goes into the answer."""
    found = _gathered(request, file_request_id)
    if found is None:
        return redirect("disclosure:request", file_request_id)
    choices = disclosure.choices(request.actor, file_request_id)
    form = form_for(
        request, ChooseForm, initial=as_it_stands(choices), changes=True, found=choices, reasons=_reasons(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            disclosure.choose_documents(
                actor=request.actor, at=clock.now(), file_request_id=file_request_id, left_out=form.left_out
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Dit valg er gemt."))
            return redirect("disclosure:request", file_request_id)
    return _papers(request, found, form, _words_form(request, file_request_id))


@access(Capability.CASE_EDIT)
@require_POST
@writes(of="file_request_id")
def cover_words(request: ActorRequest, file_request_id: UUID) -> HttpResponse:
    """A name that is not to be read anywhere in the answer."""
    found = _gathered(request, file_request_id)
    if found is None:
        return redirect("disclosure:request", file_request_id)
    form = form_for(request, CoverWordsForm, reasons=_reasons(request, only_kept_back=True))
    if form.is_valid():
        try:
            disclosure.cover_words(
                actor=request.actor, at=clock.now(), file_request_id=file_request_id, **form.cleaned_data
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Ordene er dækket alle steder."))
            return redirect("disclosure:papers", file_request_id)
    choices = disclosure.choices(request.actor, file_request_id)
    to = reverse("disclosure:papers", args=[file_request_id])
    stands = as_it_stands(choices)
    choose = form_for(request, ChooseForm, to=to, initial=stands, found=choices, reasons=_reasons(request))
    return _papers(request, found, choose, form)


@access(Capability.CASE_EDIT)
@writes(of="file_request_id")
def document(request: ActorRequest, file_request_id: UUID, paper_key: str) -> HttpResponse:
    """One document, part by part, as it is and as it will be read."""
    found = _gathered(request, file_request_id)
    if found is None:
        return redirect("disclosure:request", file_request_id)
    try:
        shown = disclosure.document_of(request.actor, file_request_id, paper_key)
    except NoSuchDocument as error:
        raise Http404 from error
    parts = [(one.key, _label(one)) for one in shown.parts]
    form = form_for(request, CoverPartForm, parts=parts, reasons=_reasons(request, only_kept_back=True))
    if request.method == "POST" and form.is_valid():
        try:
            disclosure.cover_part(
                actor=request.actor,
                at=clock.now(),
                file_request_id=file_request_id,
                document=paper_key,
                **form.cleaned_data,
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            messages.success(request, _("Det er dækket. Sådan bliver det læst."))
            return redirect("disclosure:document", file_request_id, paper_key)
    context = _around(request, found) | {"document": shown, "form": form}
    return render(request, "disclosure/document.html", context, status=422 if form.errors else 200)


@access(Capability.CASE_EDIT)
@require_POST
@writes
def lift(request: ActorRequest, mask_id: UUID) -> HttpResponse:
    """It may be read after all."""
    request_id = disclosure.mask_request(request.actor, mask_id)
    key = next((one.document for one in disclosure.masks_of(request.actor, request_id) if one.id == mask_id), "")
    disclosure.lift_mask(actor=request.actor, at=clock.now(), mask_id=mask_id)
    messages.success(request, _("Nu står det der igen."))
    return redirect("disclosure:document", request_id, key) if key else redirect("disclosure:papers", request_id)


def _gathered(request: ActorRequest, file_request_id: UUID) -> RequestView | None:
    """The request, while its papers can be gathered; data about oneself are not gathered by hand."""
    found = disclosure.file_request(request.actor, file_request_id)
    return found if found.may_gather and found.line.kind == disclosure.Kind.FILE else None


def _words_form(request: ActorRequest, file_request_id: UUID) -> CoverWordsForm:
    to = reverse("disclosure:cover_words", args=[file_request_id])
    return form_for(request, CoverWordsForm, to=to, reasons=_reasons(request, only_kept_back=True))


def _reasons(request: ActorRequest, *, only_kept_back: bool = False) -> list[tuple[str, str]]:
    found = catalogue.exemptions(at=request.actor.on)
    return [(one.key, _(one.name)) for one in found if one.keeps_back or not only_kept_back]


def _label(part: PartOfDocument) -> str:
    return f"{part.number}. {part.label}: {part.text[:_LABEL]}"


def _papers(request: ActorRequest, found: RequestView, form: ChooseForm, words_form: CoverWordsForm) -> HttpResponse:
    masks = [one for one in disclosure.masks_of(request.actor, found.line.id) if not one.document]
    context = _around(request, found) | {"form": form, "words_form": words_form, "everywhere": masks}
    status = 422 if form.errors or words_form.errors else 200
    return render(request, "disclosure/papers.html", context, status=status)


def _around(request: ActorRequest, found: RequestView) -> dict[str, Any]:
    request.look(citizen_id=found.citizen_id, case_id=found.line.case_id, what="file_request")
    asks = {one.key: _(one.ask) for one in catalogue.exemptions(at=request.actor.on) if one.ask}
    return {"frame": case_frame(request.actor, found.line.case_id, tab=""), "page": found, "asks": asks.values()}
