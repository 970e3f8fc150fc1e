"""The versions of the action plan: which there are, one to read, two to compare, one on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.kernel import clock
from samspil.web.goals.pages import Room, goals_url, room_of
from samspil.web.goals.papers import plan_pdf
from samspil.web.goals.plan_words import changes_in_words
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import writes


@access(Capability.CASE_READ)
@require_GET
def plans(request: ActorRequest, case_id: UUID, room: Room) -> HttpResponse:
    facts = cases.case_facts(request.actor, case_id)
    request.look(citizen_id=facts.citizen_id, case_id=case_id, what="plan")
    found = goals.plan_versions(request.actor, case_id)
    context = {
        "facts": facts,
        "plans": found,
        "is_provider": room_of(request.actor) == "provider",
        "comparable": len(found) > 1,
    }
    context |= {"base": room.base, "frame": room.frame(request.actor, case_id)}
    context["back_url"] = goals_url(request.actor, case_id)
    context["may_make"] = Capability.GOAL_EDIT in request.actor.capabilities and facts.is_open
    return render(request, "goals/plans.html", context)


@access(Capability.CASE_READ)
@require_GET
def plan(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    found = _found(request, plan_id)
    room = room_of(request.actor)
    context = {"plan": found, "content": found.content, "is_provider": room == "provider"}
    context["back_url"] = reverse(f"{room}:plans", args=[found.case_id])
    return render(request, "goals/plan.html", context)


@access(Capability.CASE_READ)
@require_GET
def plan_paper(request: ActorRequest, plan_id: UUID) -> HttpResponse:
    """The version as an accessible PDF."""
    found = _found(request, plan_id)
    answer = HttpResponse(plan_pdf(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="plan-{found.number}.pdf"'
    return answer


@access(Capability.CASE_READ)
@require_GET
def compare(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """What changed from one version to another; without a choice the two newest."""
    facts = cases.case_facts(request.actor, case_id)
    request.look(citizen_id=facts.citizen_id, case_id=case_id, what="plan")
    found = goals.plan_versions(request.actor, case_id)
    if len(found) < 2:
        raise Http404
    by_number = {version.number: version for version in found}
    before = by_number.get(_number(request, "fra"), found[1])
    after = by_number.get(_number(request, "til"), found[0])
    if before.number > after.number:
        before, after = after, before
    context = {"facts": facts, "plans": found, "before": before, "after": after}
    context["groups"] = changes_in_words(goals.compare_plans(before, after))
    context["back_url"] = reverse(f"{room_of(request.actor)}:plans", args=[case_id])
    return render(request, "goals/compare.html", context)


@access(Capability.GOAL_EDIT)
@require_POST
@writes
def plan_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Freeze the plan as it stands today."""
    plan_id = goals.make_plan_version(actor=request.actor, at=clock.now(), case_id=case_id)
    messages.success(request, _("Planen er gemt, som den ser ud i dag."))
    return redirect("authority:plan", plan_id)


def _found(request: ActorRequest, plan_id: UUID) -> goals.PlanView:
    found = goals.plan(request.actor, plan_id)
    request.look(citizen_id=found.citizen_id, case_id=found.case_id, what="plan")
    return found


def _number(request: ActorRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
