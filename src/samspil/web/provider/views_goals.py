"""Goals as the provider works on them: propose a new one, recommend a pause or an end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Capability
from samspil.contexts.goals import api as goals
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.goals.forms import AskForm, GoalForm
from samspil.web.goals.goal_form import goal_form_page
from samspil.web.goals.pages import goals_url
from samspil.web.goals.views import back_to, found_goal
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

_HEADINGS = {
    "pause": gettext_lazy("Foreslå en pause med målet"),
    "reach": gettext_lazy("Sig, at målet er nået"),
    "end": gettext_lazy("Foreslå at afslutte målet"),
}


@access(Capability.SUB_GOAL_EDIT)
@writes
def goal_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Propose a goal; the authority decides with the citizen."""
    view = goals.goals_for(request.actor, case_id)
    request.look(citizen_id=view.citizen_id, case_id=case_id, what="goals")
    if not view.may_propose:
        if request.method == "POST":
            view.may_propose.or_raise()
        return goal_form_page(request, view, None)
    form = form_for(request, GoalForm, on=request.actor.on)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "theme"}}
        at = clock.now()
        try:
            goals.add_goal(actor=request.actor, at=at, case_id=case_id, theme_code=form.cleaned_data["theme"], **fields)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Forslaget er sendt til kommunen."))
            return back_to(request, view)
    return goal_form_page(request, view, form)


@access(Capability.SUB_GOAL_EDIT)
@writes(of="goal_id")
def goal_propose(request: ActorRequest, goal_id: UUID, move: str) -> HttpResponse:
    """Recommend a move and say why."""
    view, goal, step = found_goal(request, goal_id)
    if step is not None or move not in _HEADINGS:
        raise Http404
    form = form_for(request, AskForm)
    if request.method == "POST" and form.is_valid():
        try:
            goals.propose_move(
                actor=request.actor, at=clock.now(), goal_id=goal.id, move=move, words=form.cleaned_data["words"]
            )
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            messages.success(request, _("Forslaget er sendt til kommunen."))
            return back_to(request, view, goal.id)
    context = {"view": view, "goal": goal, "form": form, "heading": _HEADINGS[move], "move": move}
    context["back_url"] = goals_url(request.actor, view.case_id)
    return render(request, "goals/propose.html", context)
