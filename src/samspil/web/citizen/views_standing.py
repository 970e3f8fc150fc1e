"""For whom a relative acts, what that opens, and how to go on to somebody else."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Side
from samspil.web.citizen.granting import abilities
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.middleware import ACTING_FOR
from samspil.web.shell.writing import writes


@access.signed_in
@require_GET
def standing(request: ActorRequest) -> HttpResponse:
    """What I may in plain words; when nobody lets me in any more, a word about why the room is empty."""
    if request.actor.side != Side.RELATIVE:
        raise Http404
    for one in request.standings:
        request.look(citizen_id=one.citizen_id, what="access")
    rows = [(one, abilities(one.scopes), one == request.standing) for one in request.standings]
    return render(request, "citizen/standing.html", {"rows": rows})


@access.signed_in
@require_POST
@writes
def act_for(request: ActorRequest, citizen_id: UUID) -> HttpResponse:
    """Chosen once, and kept in the session until another is chosen."""
    if citizen_id not in {one.citizen_id for one in request.standings}:
        raise Http404
    request.session[ACTING_FOR] = str(citizen_id)
    return redirect("citizen:home")
