"""The status note in the provider's room: composed, marked or edited, sent, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.orders import downloads
from samspil.web.orders.forms import PartForm, RecommendForm, put_at_field
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.STATUS_WRITE)
@require_POST
@writes
def compose(request: ActorRequest, order_id: UUID) -> HttpResponse:
    note_id = orders.compose_status_note(actor=request.actor, at=clock.now(), order_id=order_id)
    return redirect("provider:status_note", note_id)


@access(Capability.STATUS_WRITE)
@require_GET
def status_note(request: ActorRequest, note_id: UUID) -> HttpResponse:
    note = _seen(request, note_id)
    return _page(request, note, _recommend_form(request, note))


@access(Capability.STATUS_WRITE)
@require_POST
@writes(of="part_id")
def unchanged(request: ActorRequest, note_id: UUID, part_id: UUID) -> HttpResponse:
    """Take a part as it was drawn."""
    part = _part(_seen(request, note_id), part_id)
    orders.save_part(
        actor=request.actor, at=clock.now(), part_id=part.id, version=_version(request, part), unchanged=True
    )
    return redirect(f"{_address(note_id)}#afsnit-{part_id}")


@access(Capability.STATUS_WRITE)
@writes(of="part_id")
def part(request: ActorRequest, note_id: UUID, part_id: UUID) -> HttpResponse:
    """Edit a part, or add from the notes what was not drawn by itself."""
    note = _seen(request, note_id)
    shown = _part(note, part_id)
    left = orders.left_out(request.actor, note_id, part_id)
    initial = {"text": shown.text, "version": shown.version}
    form = form_for(request, PartForm, left=left, initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            orders.save_part(
                actor=request.actor,
                at=clock.now(),
                part_id=part_id,
                version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
                add=form.cleaned_data["add"],
            )
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            return redirect(f"{_address(note_id)}#afsnit-{part_id}")
    context = {"note": note, "part": shown, "form": form}
    return render(request, "provider/status_part.html", context, status=422 if form.errors else 200)


@access(Capability.STATUS_WRITE)
@require_POST
@writes(of="note_id")
def send(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """Send the note, or only keep the recommendation, as the button says."""
    note = _seen(request, note_id)
    if note.line.status != "draft":
        raise Refused(orders.OrderRefusal.NOTE_ALREADY_SENT)
    form = _recommend_form(request, note)
    only_keep = request.POST.get("action") == "keep"
    if only_keep:
        form.fields["recommendation"].required = False
    if form.is_valid():
        said = {"recommendation": form.cleaned_data["recommendation"], "words": form.cleaned_data["words"]}
        command = orders.save_recommendation if only_keep else orders.send_status_note
        try:
            command(actor=request.actor, at=clock.now(), status_note_id=note_id, **said)
        except Refused as refusal:
            put_at_field(form, refusal)
        else:
            done = _("Gemt.") if only_keep else _("Statusnotatet er sendt til kommunen.")
            messages.success(request, done)
            return redirect(_address(note_id))
    return _page(request, note, form, status=422)


@access(Capability.STATUS_WRITE)
@require_POST
@writes
def take_back(request: ActorRequest, note_id: UUID) -> HttpResponse:
    orders.take_back_status_note(actor=request.actor, at=clock.now(), status_note_id=note_id)
    messages.success(request, _("Statusnotatet er din kladde igen. Kommunen kan ikke længere se det."))
    return redirect(_address(note_id))


@access(Capability.STATUS_WRITE)
@require_POST
@writes
def drop(request: ActorRequest, note_id: UUID) -> HttpResponse:
    note = _seen(request, note_id)
    orders.drop_status_note(actor=request.actor, at=clock.now(), status_note_id=note_id)
    messages.success(request, _("Kladden er slettet. Det, den var samlet af, står stadig i notaterne."))
    return redirect("provider:case_status", note.line.case_id)


@access(Capability.STATUS_WRITE)
@require_GET
def pdf(request: ActorRequest, note_id: UUID) -> HttpResponse:
    return downloads.status_pdf(_seen(request, note_id))


def _seen(request: ActorRequest, note_id: UUID) -> orders.StatusNoteView:
    note = orders.status_note(request.actor, note_id)
    request.look(citizen_id=note.line.citizen_id, case_id=note.line.case_id, what="status_note")
    return note


def _recommend_form(request: ActorRequest, note: orders.StatusNoteView) -> RecommendForm:
    stands = {"recommendation": note.line.recommendation, "words": note.recommendation_words}
    to = reverse("provider:send_status", args=[note.line.id])
    return form_for(request, RecommendForm, to=to, initial=stands, changes=True)


def _page(request: ActorRequest, note: orders.StatusNoteView, form: RecommendForm, status: int = 200) -> HttpResponse:
    template = "provider/status_draft.html" if note.line.status == "draft" else "provider/status_sent.html"
    return render(request, template, {"note": note, "form": form}, status=status)


def _part(note: orders.StatusNoteView, part_id: UUID) -> orders.PartView:
    found = next((part for part in note.parts if part.id == part_id), None)
    if found is None:
        raise Http404
    return found


def _version(request: ActorRequest, part: orders.PartView) -> int:
    """The version that was on the screen."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else part.version


def _address(note_id: UUID) -> str:
    return reverse("provider:status_note", args=[note_id])
