"""Text on its way: kept while it is written, thrown away on request, fetched back if that was a slip."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time
from samspil.kernel.verdict import Refused
from samspil.web.components.tags.days import language
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.context import home_of
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of

_NOT_KEPT = {"csrfmiddlewaretoken", "form_key", "next"}


@access.signed_in
@require_POST
def draft(request: ActorRequest, key: str) -> HttpResponse:
    """Keep what is typed under this person and key; says when, or 413 with a sentence when it is too much."""
    fields = {name: value for name, value in request.POST.items() if name not in _NOT_KEPT}
    at = clock.now()
    try:
        notes.save_draft(actor=request.actor, at=at, key=key, fields=fields)
    except Refused as refused:
        return HttpResponse(text_of(refused.reason), status=413, content_type="text/plain; charset=utf-8")
    return JsonResponse({"at": clock_time(at, language())})


@access.signed_in
@require_POST
def drop_draft(request: ActorRequest, key: str) -> HttpResponse:
    notes.drop_draft(actor=request.actor, at=clock.now(), key=key)
    return redirect(next_of(request, home_of(request.actor)))


@access.signed_in
@require_POST
def restore_draft(request: ActorRequest, key: str) -> HttpResponse:
    notes.restore_draft(actor=request.actor, at=clock.now(), key=key)
    return redirect(next_of(request, home_of(request.actor)))
