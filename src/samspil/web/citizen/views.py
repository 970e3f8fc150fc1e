"""The citizen's room: what matters most, my plan, my agreements, who helps me."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disputes import api as disputes
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import api as meetings
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.verdict import Refused
from samspil.web.citizen import room
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

STILL_SHOWN = dt.timedelta(days=30)


class ChangeForm(forms.Form):
    words = CleanText(
        label=gettext_lazy("Hvad vil du gerne ændre?"),
        limit=360,
        error_messages={"required": gettext_lazy("Skriv det, du gerne vil ændre")},
    )


@access(Capability.OWN_ROOM, scopes=())
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    page = room.home(request.actor, now=clock.now())
    request.look(citizen_id=page.citizen_id, case_id=page.case_id, what="home")
    return render(request, "citizen/home.html", {"page": page, "is_own": request.actor.side == Side.CITIZEN})


@access(Capability.OWN_ROOM, scopes=(Scope.PLAN,))
@require_GET
def plan(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "plan")
    purpose, shown = room.plan(request.actor, case.id)
    return render(request, "citizen/plan.html", {"purpose": purpose, "goals": shown, "case": case})


@access(Capability.OWN_ROOM, scopes=(Scope.PLAN,))
@require_POST
@writes
def rate(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    try:
        goals.rate_goal(
            actor=request.actor, at=clock.now(), goal_id=goal_id, value=int(request.POST.get("value", "-1"))
        )
    except ValueError:
        messages.error(request, _("Vælg et tal fra 0 til 10."))
    except Refused as refusal:
        messages.error(request, text_of(refusal.reason))
    else:
        messages.success(request, _("Tak. Dit tal er gemt."))
    return redirect("citizen:plan")


@access(Capability.OWN_ROOM, scopes=(Scope.WRITE,))
@writes
def change(request: ActorRequest) -> HttpResponse:
    """Somebody wants something changed: the coordinating caseworker gets a task with the citizen's own words, or with
    those of the relative who may write."""
    is_own = request.actor.side == Side.CITIZEN
    case = seen_case(request, "message")
    form = form_for(request, ChangeForm)
    if request.method == "POST" and form.is_valid():
        cases.add_task(
            actor=request.actor,
            at=clock.now(),
            case_id=case.id,
            text=f"{case.first_name if is_own else first_name(request.actor.name)}: »{form.cleaned_data['words']}«",
            owner_name=case.coordinator_name or _("Rådgiver"),
            owner_id=case.coordinator_id,
            owner_side=Side.AUTHORITY,
            due_on=None,
            source=cases.TaskSource.CHANGE,
        )
        messages.success(request, _("Tak. %(name)s læser det og taler med dig.") % {"name": case.coordinator_name})
        return redirect("citizen:plan" if is_own else "citizen:home")
    context = {"form": form, "is_own": is_own}
    return render(request, "citizen/change.html", context, status=422 if form.errors else 200)


@access(Capability.OWN_ROOM, scopes=(Scope.MEETINGS,))
@require_GET
def meeting(request: ActorRequest) -> HttpResponse:
    """The meeting that comes next, and the pictures of those held."""
    case = seen_case(request, "meetings")
    coming = meetings.next_meeting(request.actor, case.id, now=clock.now())
    held = [line for line in meetings.meetings_of(request.actor, case.id) if line.status == "closed"]
    return render(request, "citizen/meetings.html", {"coming": coming, "held": held})


@access(Capability.OWN_ROOM, scopes=(Scope.AGREEMENTS,))
@require_GET
def agreements(request: ActorRequest) -> HttpResponse:
    """Everything the citizen has promised, what the others have promised at a meeting or in a note, and the days that
    the law puts on the case."""
    case = seen_case(request, "agreements")
    agreed = orders.agreements_of(request.actor, case.id, now=clock.now(), done_for=STILL_SHOWN)
    context = {
        "mine": [t for t in cases.tasks_of(request.actor, case.id) if t.owner_side == Side.CITIZEN],
        "theirs": [t for t in agreed if t.owner_side != Side.CITIZEN and t.status == cases.TaskStatus.OPEN],
        "done": [t for t in agreed if t.status == cases.TaskStatus.DONE],
        "may_tick": Capability.TASK_DO in request.actor.capabilities,
        "days": deadlines.deadlines_of(request.actor, case.id),
        "disputes": disputes.disputes_for_citizen(request.actor, case.id),
    }
    return render(request, "citizen/agreements.html", context)


@access(Capability.OWN_ROOM, scopes=(Scope.AGREEMENTS,))
@require_POST
@writes
def tick(request: ActorRequest, task_id: UUID) -> HttpResponse:
    cases.finish_task(actor=request.actor, at=clock.now(), task_id=task_id)
    messages.success(request, _("Flot. Det er gjort."))
    return redirect("citizen:agreements")


@access(Capability.OWN_ROOM, scopes=(Scope.HELPERS,))
@require_GET
def helpers(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "helpers")
    return render(request, "citizen/helpers.html", {"helpers": room.helpers(request.actor, case)})


def seen_case(request: ActorRequest, what: str) -> cases.CaseFacts:
    case = room.case_of(request.actor)
    request.look(citizen_id=case.citizen_id, case_id=case.id, what=what)
    return case
