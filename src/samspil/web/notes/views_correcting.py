"""A new wording in the place of an old one; the old one stays readable."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.notes.forms import CorrectionForm
from samspil.web.notes.themes import Themes, themes_on
from samspil.web.notes.views import case_url
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.NOTE_WRITE)
@writes
def correct(request: ActorRequest, segment_id: UUID) -> HttpResponse:
    """Show one's own segment in a form, and take the new wording in its place."""
    note = notes.note(request.actor, _note_of(request.actor, segment_id))
    facts = cases.case_facts(request.actor, note.case_id)
    request.look(citizen_id=facts.citizen_id, case_id=facts.id, what="notes")
    segment = next((found for found in note.segments if found.id == segment_id), None)
    next_url = next_of(request, case_url(request.actor, facts.id))
    if segment is None and request.method == "POST":
        raise Refused(notes.NoteRefusal.ALREADY_CORRECTED)  # whose page shows what was typed
    if segment is None:  # somebody, or the other tab, has corrected it already
        messages.info(request, text_of(notes.NoteRefusal.ALREADY_CORRECTED))
        return redirect(f"{next_url}#notat-{note.id}")
    themes = themes_on(request.actor.on)
    form = form_for(
        request,
        CorrectionForm,
        initial=_initial(segment, themes),
        goals=goals.running_goals(request.actor, facts.id),
        themes=themes,
        citizen=facts.first_name,
    )
    if request.method == "POST" and form.is_valid():
        try:
            notes.correct_segment(actor=request.actor, at=clock.now(), segment_id=segment_id, piece=form.segment())
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Afsnittet er rettet. Den gamle ordlyd står der stadig."))
            return redirect(f"{next_url}#notat-{note.id}")
    context = {"facts": facts, "note": note, "segment": segment, "form": form, "next_url": next_url}
    context["is_mine"] = note.is_mine
    return render(request, "notes/correct.html", context)


@access(Capability.NOTE_WRITE)
@require_GET
def own(request: ActorRequest, note_id: UUID) -> HttpResponse:
    """One's own note, with a way to correct each segment."""
    note = notes.note(request.actor, note_id)
    if not note.is_mine:
        raise Refused(notes.NoteRefusal.NOT_YOUR_NOTE)
    facts = cases.case_facts(request.actor, note.case_id)
    request.look(citizen_id=facts.citizen_id, case_id=facts.id, what="notes")
    next_url = next_of(request, case_url(request.actor, facts.id))
    return render(request, "notes/own.html", {"facts": facts, "notes": [note], "next_url": next_url})


@access(Capability.CASE_READ)
@require_GET
def wording(request: ActorRequest, segment_id: UUID) -> HttpResponse:
    """What a drawn line leads back to. A script gets it alone and lays it under the line."""
    words = notes.wording(request.actor, segment_id)
    facts = cases.case_facts(request.actor, words.case_id)
    request.look(citizen_id=facts.citizen_id, case_id=facts.id, what="notes")
    if request.headers.get("HX-Request"):
        return render(request, "notes/wording.html", {"words": words})
    next_url = next_of(request, case_url(request.actor, facts.id))
    return render(request, "notes/wording_page.html", {"words": words, "facts": facts, "next_url": next_url})


def _note_of(actor: Actor, segment_id: UUID) -> UUID:
    return notes.Segment.objects.visible_to(actor).values_list("note_id", flat=True).get(id=segment_id)


def _initial(segment: notes.SegmentView, themes: Themes) -> dict[str, Any]:
    return {
        "kind": segment.kind,
        "text": segment.text,
        "who": segment.who,
        "due": segment.due_on,
        "goal": str(segment.goal_id or ""),
        "value": segment.value,
        "theme": themes.name_of(segment.theme_id),
        "hidden": bool(segment.hidden_reason),
        "reason": segment.hidden_reason,
    }
