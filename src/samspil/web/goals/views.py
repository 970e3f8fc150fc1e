"""Goals as authority and provider both see them: the page, a rating, the steps. Each room has its own addresses."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalsView, GoalView, RaterSide, SubGoalView
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.verdict import Refused
from samspil.web.goals.forms import RateForm, SubGoalForm
from samspil.web.goals.pages import Room, goal_card, goals_page, goals_url
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


def found_goal(request: ActorRequest, goal_id: UUID) -> tuple[GoalsView, GoalView, SubGoalView | None]:
    """The goal or sub-goal behind an address, and a line in the access log. Raises Goal.DoesNotExist."""
    case_id = goals.Goal.objects.visible_to(request.actor).values_list("case_id", flat=True).get(id=goal_id)
    view = goals.goals_for(request.actor, case_id)
    request.look(citizen_id=view.citizen_id, case_id=case_id, what="goals")
    goal = view.goal(goal_id)
    if goal is not None:
        return view, goal, None
    for one in view.all:
        step = next((step for step in one.sub_goals if step.id == goal_id), None)
        if step is not None:
            return view, one, step
    raise Http404


def back_to(request: ActorRequest, view: GoalsView, goal_id: UUID | None = None) -> HttpResponse:
    place = f"#maal-{goal_id}" if goal_id else ""
    return redirect(f"{goals_url(request.actor, view.case_id)}{place}")


@access(Capability.CASE_READ)
@require_GET
def page(request: ActorRequest, case_id: UUID, room: Room) -> HttpResponse:
    """All goals of a case, with what one may do about them."""
    found = goals_page(request.actor, case_id)
    request.look(citizen_id=found.view.citizen_id, case_id=case_id, what="goals")
    context = {"page": found, "base": room.base, "frame": room.frame(request.actor, case_id)}
    return render(request, "goals/page.html", context)


@access(Capability.GOAL_EDIT, Capability.SUB_GOAL_EDIT)
@writes
def rate(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    """Write down where the goal stands, as oneself or as the citizen says it."""
    view, goal, _step = found_goal(request, goal_id)
    form = form_for(request, RateForm, sides=_sides(request.actor, view), initial={"side": request.actor.side})
    if request.method == "POST" and form.is_valid():
        try:
            goals.rate_goal(actor=request.actor, at=clock.now(), goal_id=goal.id, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Tallet er gemt."))
            return back_to(request, view, goal.id)
    last = goal.rating_of(request.actor.side)
    context = {"view": view, "card": goal_card(request.actor, view, goal), "form": form}
    context |= {"last": last.value if last else None, "value": _value(form)}
    context["back_url"] = goals_url(request.actor, view.case_id)
    return render(request, "goals/rate.html", context)


def _value(form: RateForm) -> int | None:
    typed = str(form["value"].value() or "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 3 else None


def _sides(actor: Actor, view: GoalsView) -> list[tuple[str, str]]:
    mine = (actor.side.value, _("Jeg siger det (%(name)s)") % {"name": first_name(actor.name)})
    theirs = (RaterSide.CITIZEN.value, _("%(name)s siger det") % {"name": view.citizen_first_name})
    return [mine, theirs]


@access(Capability.GOAL_EDIT, Capability.SUB_GOAL_EDIT)
@writes
def sub_goal_new(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    view, goal, _step = found_goal(request, goal_id)
    form = form_for(request, SubGoalForm, initial={"responsible_name": request.actor.name})
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            goals.add_sub_goal(actor=request.actor, at=clock.now(), goal_id=goal.id, **fields)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Delmålet er lavet."))
            return back_to(request, view, goal.id)
    heading = _("Nyt delmål")
    return _step_page(request, {"view": view, "goal": goal, "form": form, "heading": heading})


@access(Capability.GOAL_EDIT, Capability.SUB_GOAL_EDIT)
@writes(of="goal_id")
def sub_goal_change(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    view, goal, step = found_goal(request, goal_id)
    if step is None:
        raise Http404
    names = ("title", "citizen_words", "responsible_name", "follow_up_on", "pictogram", "version")
    initial = {name: getattr(step, name) for name in names}
    form = form_for(request, SubGoalForm, initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            goals.change_sub_goal(actor=request.actor, at=clock.now(), goal_id=step.id, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Delmålet er rettet."))
            return back_to(request, view, goal.id)
    heading = _("Ret delmålet")
    return _step_page(request, {"view": view, "goal": goal, "form": form, "heading": heading})


def _step_page(request: ActorRequest, context: dict[str, Any]) -> HttpResponse:
    context["back_url"] = goals_url(request.actor, context["view"].case_id)
    return render(request, "goals/step_form.html", context)


@access(Capability.GOAL_EDIT, Capability.SUB_GOAL_EDIT)
@require_POST
@writes(of="goal_id")
def sub_goal_move(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    view, goal, step = found_goal(request, goal_id)
    if step is None:
        raise Http404
    goals.move_goal(actor=request.actor, at=clock.now(), goal_id=step.id, move=request.POST.get("move", ""))
    return back_to(request, view, goal.id)
