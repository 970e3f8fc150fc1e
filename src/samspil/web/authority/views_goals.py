"""Goals as the authority decides them with the citizen: purpose, goals, their moves, answers to what is recommended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalsView, GoalView
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.goals.forms import GoalForm, PurposeForm
from samspil.web.goals.goal_form import goal_form_page, initial_of
from samspil.web.goals.pages import MOVES, goals_url
from samspil.web.goals.views import back_to, found_goal
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


def _seen(request: ActorRequest, case_id: UUID) -> GoalsView:
    view = goals.goals_for(request.actor, case_id)
    request.look(citizen_id=view.citizen_id, case_id=case_id, what="goals")
    return view


@access(Capability.GOAL_EDIT)
@writes(of="case_id")
def purpose(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Say what the help is for. Two who say it at once both see both."""
    view = _seen(request, case_id)
    now = view.purpose
    version = now.version if now else 0
    initial = {
        "citizen_words": now.citizen_words if now else _said_at_first(request, case_id),
        "wording": now.wording if now else "",
        "version": version,
    }
    form = form_for(request, PurposeForm, initial=initial, changes=True)
    if request.method == "POST":
        view.may_edit.or_raise()
    if request.method == "POST" and form.is_valid():
        try:
            goals.set_purpose(actor=request.actor, at=clock.now(), case_id=case_id, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Formålet er gemt."))
            return back_to(request, view)
    context = {"view": view, "form": form, "back_url": goals_url(request.actor, case_id)}
    return render(request, "goals/purpose_form.html", context)


def _said_at_first(request: ActorRequest, case_id: UUID) -> str:
    """What the citizen said at the first contact, so that nobody writes it again."""
    return next((one.citizen_words for one in cases.referrals_of(request.actor, case_id) if one.citizen_words), "")


@access(Capability.GOAL_EDIT)
@writes
def goal_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Set a goal, at once or as a proposal. A fourth is refused before anybody has written it."""
    view = _seen(request, case_id)
    if not view.may_add:
        if request.method == "POST":
            view.may_add.or_raise()
        return goal_form_page(request, view, None)
    form = form_for(request, GoalForm, on=request.actor.on)
    if request.method == "POST" and form.is_valid():
        fields = _fields(form)
        status = "proposed" if request.POST.get("status") == "proposed" else "active"
        try:
            goal_id = goals.add_goal(actor=request.actor, at=clock.now(), case_id=case_id, status=status, **fields)
        except Refused as refused:
            _place(form, refused)
        else:
            messages.success(request, _("Målet er gemt."))
            return back_to(request, view, goal_id)
    return goal_form_page(request, view, form)


@access(Capability.GOAL_EDIT)
@writes(of="goal_id")
def goal_change(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    """Change a goal. When somebody else changed it meanwhile, both texts are shown."""
    view, goal = _goal(request, goal_id)
    form = form_for(request, GoalForm, initial=initial_of(goal), changes=True, on=request.actor.on)
    if request.method == "POST" and form.is_valid():
        fields = _fields(form) | {"version": form.cleaned_data["version"]}
        try:
            changed_id = goals.change_goal(actor=request.actor, at=clock.now(), goal_id=goal.id, **fields)
        except Refused as refused:
            _place(form, refused)
        else:
            messages.success(request, _("Målet er gemt."))
            if changed_id != goal.id:
                messages.info(request, _("Det er nu et nyt mål. Det gamle står i de tidligere planer."))
            return back_to(request, view, changed_id)
    return goal_form_page(request, view, form, goal=goal)


@access(Capability.GOAL_EDIT)
@writes(of="goal_id")
def goal_move(request: ActorRequest, goal_id: UUID, move: str) -> HttpResponse:
    """Ask once, and say what happens to the help; then move the goal."""
    view, goal = _goal(request, goal_id)
    if move not in MOVES:
        raise Http404
    verdict = goals.GOAL.may(goal.status, move)
    refusal = "" if verdict.refusal is None else text_of(verdict.refusal)
    if request.method == "POST" and not refusal:
        try:
            goals.move_goal(actor=request.actor, at=clock.now(), goal_id=goal.id, move=move)
        except Refused as refused:
            refusal = text_of(refused.reason)
        else:
            messages.success(request, _("Det er gemt."))
            return back_to(request, view, goal.id)
    context = {"view": view, "goal": goal, "move": move, "label": MOVES[move], "refusal": refusal}
    context["back_url"] = goals_url(request.actor, view.case_id)
    lacks = move == "agree" and not (goal.if_reached and goal.if_not_reached)
    context["lacks_url"] = reverse("authority:goal_change", args=[goal.id]) if lacks else ""
    return render(request, "goals/move.html", context)


@access(Capability.GOAL_EDIT)
@require_POST
@writes(of="goal_id")
def goal_answer(request: ActorRequest, goal_id: UUID) -> HttpResponse:
    """Follow what the provider recommends, or leave the goal as it is."""
    view, goal = _goal(request, goal_id)
    agree = request.POST.get("answer") == "yes"
    goals.answer_proposal(actor=request.actor, at=clock.now(), goal_id=goal.id, agree=agree)
    messages.success(request, _("Svaret er gemt."))
    return back_to(request, view, goal.id)


def _goal(request: ActorRequest, goal_id: UUID) -> tuple[GoalsView, GoalView]:
    view, goal, step = found_goal(request, goal_id)
    if step is not None:
        raise Http404
    return view, goal


def _fields(form: GoalForm) -> dict[str, Any]:
    fields = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "theme"}}
    return fields | {"theme_code": form.cleaned_data["theme"]}


def _place(form: GoalForm, refused: Refused) -> None:
    """The sentence at the field it is about."""
    fields = {
        goals.GoalRefusal.HELP_UNSAID: "if_not_reached" if form.cleaned_data.get("if_reached") else "if_reached",
        goals.GoalRefusal.DAY_IS_PAST: "follow_up_on",
        goals.GoalRefusal.NO_TITLE: "title",
    }
    form.add_error(fields.get(refused.reason), text_of(refused.reason))  # type: ignore[call-overload]
