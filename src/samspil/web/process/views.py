"""Whose turn it is, drawn: for the authority, the provider, the citizen and the relative alike."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.kernel import clock
from samspil.web.process.drawing import picture_of
from samspil.web.process.lanes import lanes_for
from samspil.web.process.runs import TURNING, places
from samspil.web.process.turns import turns_for
from samspil.web.shell.access import ActorRequest, access

_BACK = {Side.AUTHORITY: "authority:case", Side.PROVIDER: "provider:case"}


@access(Capability.CASE_READ, Capability.OWN_ROOM, scopes=(Scope.PLAN,))
@require_GET
def picture(request: ActorRequest, case_id: UUID) -> HttpResponse:
    now = clock.now()
    turns = turns_for(request.actor, case_id, now=now)
    events = cases.happenings(request.actor, case_id, kinds=TURNING)
    request.look(citizen_id=turns.case.citizen_id, case_id=case_id, what="process")
    back = _BACK.get(request.actor.side)
    context = {
        "name": turns.case.first_name,
        "is_citizen": request.actor.side == Side.CITIZEN,
        "picture": picture_of(turns, been=places(events), today=now.date()),
        "lanes": lanes_for(request.actor, case_id, now=now, turns=turns, events=events),
        "since": turns.now.since,
        "back_url": reverse(back, args=[case_id]) if back else reverse("citizen:home"),
    }
    return render(request, "process/page.html", context)
