"""Text on its way: kept while it is written, thrown away on request, fetched back if that was a slip."""

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from samspil.contexts.access import api as accounts
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time
from samspil.kernel.verdict import Refused
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.context import home_of
from samspil.web.shell.drafting import SENT_TO, fields_of
from samspil.web.shell.going_back import next_of
from samspil.web.shell.language import language
from samspil.web.shell.once import FIELD, key_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import writes


@access.signed_in
@require_POST
def draft(request: ActorRequest, key: str) -> HttpResponse:
    """Keep what is typed under this person and key; says when, or 413 with a sentence when it is too much."""
    at, said = clock.now(), key_of(request.POST.get(FIELD, ""), request.POST.get(SENT_TO, ""))
    try:
        with transaction.atomic():
            accounts.take_turn(actor=request.actor, at=at, thing=key)
            if said is None or not accounts.is_carried_out(said):  # else it comes late, and would come back as unsent
                notes.save_draft(actor=request.actor, at=at, key=key, fields=fields_of(request.POST.lists()))
    except Refused as refused:
        return HttpResponse(text_of(refused.reason), status=413, content_type="text/plain; charset=utf-8")
    return JsonResponse({"at": clock_time(at, language())})


@access.signed_in
@require_POST
@writes
def drop_draft(request: ActorRequest, key: str) -> HttpResponse:
    notes.drop_draft(actor=request.actor, at=clock.now(), key=key)
    return redirect(next_of(request, home_of(request.actor)))


@access.signed_in
@require_POST
@writes
def restore_draft(request: ActorRequest, key: str) -> HttpResponse:
    notes.restore_draft(actor=request.actor, at=clock.now(), key=key)
    return redirect(next_of(request, home_of(request.actor)))
