"""The editor's addresses: read what is being written, mark it, save it; the stream of notes; a correction."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.notes.chips import WAS_READ, chips_of
from samspil.web.notes.editor import EditorView, editor_for, named, segments_of, submitted, surroundings
from samspil.web.notes.marking import set_kind
from samspil.web.notes.stream import read_cursor, stream_page
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.drafting import draft_key
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import writes


@access(Capability.NOTE_WRITE)
@writes
def write(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The editor on a page of its own; what is sent in is saved, or shown once more to be looked through."""
    facts = cases.case_facts(request.actor, case_id)
    request.look(citizen_id=facts.citizen_id, case_id=case_id, what="notes")
    next_url = next_of(request, case_url(request.actor, case_id))
    if request.method != "POST":
        editor = editor_for(request.actor, case_id, next_url=next_url, citizen=facts.first_name)
        return _page(request, facts, editor)
    was_read = WAS_READ in request.POST
    editor = submitted(request.actor, case_id, request.POST, next_url=next_url, citizen=facts.first_name)
    if not (editor.form.is_valid() and editor.chips.are_valid() and was_read):
        return _page(request, facts, editor)
    try:
        note_id = _save(request.actor, case_id, editor)
    except Refused as refused:
        editor.form.add_error(None, text_of(refused.reason))
        return _page(request, facts, editor)
    messages.success(request, _receipt(editor))
    return redirect(f"{next_url}#notat-{note_id}")


def _save(actor: Actor, case_id: UUID, editor: EditorView) -> UUID:
    found = editor.form.cleaned_data
    at = clock.now()
    note_id = notes.write_note(
        actor=actor,
        at=at,
        case_id=case_id,
        kind=found["kind"],
        happened_at=found["happened_at"],
        pieces=segments_of(editor, actor),
        for_provider=found["for_provider"] and editor.is_authority,
    )
    notes.finish_draft(actor=actor, at=at, key=draft_key("note", case_id))
    return note_id


def _receipt(editor: EditorView) -> str:
    hidden = sum(chip.is_hidden for chip in editor.chips.pieces)
    seen = _("%(name)s kan se det.") if not hidden else _("%(name)s kan se det, undtagen det, du har skjult.")
    return f"{_('Notatet er gemt.')} {seen % {'name': editor.citizen}}"


def _page(request: ActorRequest, facts: cases.CaseFacts, editor: EditorView) -> HttpResponse:
    context = {"facts": facts, "editor": editor, "all_open": editor.is_review and WAS_READ not in request.POST}
    return render(request, "notes/write.html", context)


@access(Capability.NOTE_WRITE)
@require_POST
def read(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What the text has become so far, as a fragment below it. One query beside the one for who is asking."""
    around, themes = surroundings(request.actor, case_id, named(request.POST))
    chips = chips_of(
        request.POST.get("text", ""),
        request.POST.dict(),
        around,
        themes,
        citizen=request.POST.get("citizen", "")[:60],
        opened={int(index) for index in request.POST.getlist("aaben") if index.isdecimal() and len(index) < 6},
    )
    return render(request, "notes/chips.html", {"chips": chips, "was_read": True})


@access(Capability.NOTE_WRITE)
@require_POST
def mark(request: ActorRequest) -> JsonResponse:
    """The text with the sentence at the cursor marked. Positions count characters, line breaks as one."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    kind = request.POST.get("kind", "")
    cursor = request.POST.get("cursor", "")
    if len(text) > notes.LONGEST_NOTE or kind not in notes.SegmentKind.values or not cursor.isascii():
        raise BadRequest("mark")
    if not cursor.isdigit():
        raise BadRequest("cursor")
    marked = set_kind(text, int(cursor[:9]), kind, today=request.actor.on)
    return JsonResponse({"text": marked.text, "cursor": marked.cursor})


@access(Capability.CASE_READ, Capability.OWN_ROOM, scopes=(Scope.NOTES,))
@require_GET
def stream(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """All notes of a case that one may see. A script gets the rows alone and lays them under the others."""
    facts = cases.case_facts(request.actor, case_id)
    page = stream_page(request.actor, case_id, before=read_cursor(request.GET.get("foer", "")), limit=20)
    request.look(citizen_id=facts.citizen_id, case_id=case_id, what="notes")
    is_own = request.actor.side in {Side.CITIZEN, Side.RELATIVE}
    context: dict[str, Any] = {
        "facts": facts,
        "page": page,
        "is_own": is_own,
        "is_older": "foer" in request.GET,
        "base": "shell/base_citizen.html" if is_own else "shell/base_professional.html",
        "back_url": case_url(request.actor, case_id),
    }
    template = "notes/stream.html" if request.headers.get("HX-Request") else "notes/stream_page.html"
    if template == "notes/stream.html":
        context |= {"notes": page.notes, "older_url": page.older_url, "boards": page.boards}
    return render(request, template, context)


def case_url(actor: Actor, case_id: UUID) -> str:
    """The page of the case in the actor's own room."""
    match actor.side:
        case Side.AUTHORITY:
            return reverse("authority:case", args=[case_id])
        case Side.PROVIDER:
            return reverse("provider:case", args=[case_id])
    return reverse("citizen:home")
