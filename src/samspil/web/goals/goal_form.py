"""The page on which a goal is written: the fields, and the guiding questions beside them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from samspil.contexts.goals.api import GoalsView, GoalView
from samspil.web.goals.forms import GoalForm
from samspil.web.goals.pages import goals_url, room_of
from samspil.web.goals.smart import smart
from samspil.web.shell.access import ActorRequest

_SAME = (
    "citizen_words",
    "title",
    "wording",
    "theme",
    "goal_type",
    "expected_level",
    "if_reached",
    "if_not_reached",
    "responsible_name",
    "follow_up_on",
    "pictogram",
    "version",
)


def initial_of(goal: GoalView) -> dict[str, Any]:
    return {name: getattr(goal, name) for name in _SAME}


def goal_form_page(
    request: ActorRequest,
    view: GoalsView,
    form: GoalForm | None,
    *,
    goal: GoalView | None = None,
) -> HttpResponse:
    """Without a form the page only says why there is none."""
    room = room_of(request.actor)
    may = view.may_propose if room == "provider" else view.may_add
    context = {
        "view": view,
        "form": form,
        "goal": goal,
        "may": may,
        "smart": smart(),
        "is_proposal": room == "provider",
        "is_running": goal is not None and goal.status in ("active", "paused"),
        "back_url": goals_url(request.actor, view.case_id),
    }
    return render(request, "goals/goal_form.html", context)
