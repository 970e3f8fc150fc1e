"""Min dag: what now?"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.web.authority.day import day_for
from samspil.web.shell.access import ActorRequest, access


@access(Capability.CASE_EDIT)
@require_GET
def my_day(request: ActorRequest) -> HttpResponse:
    day = day_for(request.actor, now=clock.now())
    for citizen_id, case_id in sorted(day.seen):
        request.look(citizen_id=citizen_id, case_id=case_id, what="my_day")
    context = {"day": day, "name": first_name(request.actor.name), "today": request.actor.on, "here": request.path}
    return render(request, "authority/my_day.html", context)
