"""Goals as the provider works on them: propose a new one, recommend a pause or an end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Capability
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.goals.forms import AskForm, GoalForm
from samspil.web.goals.goal_form import goal_form_page
from samspil.web.goals.pages import goals_url
from samspil.web.goals.views import back_to, found_goal
from samspil.web.notes.drafts import draft_key, draft_notice
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.once import once
from samspil.web.shell.refusal_texts import text_of

_HEADINGS = {
    "pause": gettext_lazy("Foreslå en pause med målet"),
    "reach": gettext_lazy("Sig, at målet er nået"),
    "end": gettext_lazy("Foreslå at afslutte målet"),
}


@access(Capability.SUB_GOAL_EDIT)
@once
def goal_new(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Propose a goal; the authority decides with the citizen."""
    view = goals.goals_for(request.actor, case_id)
    request.look(citizen_id=view.citizen_id, case_id=case_id, what="goals")
    if not view.may_propose:
        if request.method == "POST":
            view.may_propose.or_raise()
        return goal_form_page(request, view, None)
    key = draft_key("goal-new", case_id)
    notice = draft_notice(request.actor, key)
    form = GoalForm(request.POST or None, initial=notice.fields if notice else {}, on=request.actor.on)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "theme"}}
        at = clock.now()
        try:
            goals.add_goal(actor=request.actor, at=at, case_id=case_id, theme_code=form.cleaned_data["theme"], **fields)
        except Refused as refused:
            form.add_error(None, text_of(refused.reason))
        else:
            notes.finish_draft(actor=request.actor, at=at, key=key)
            messages.success(request, _("Forslaget er sendt til kommunen."))
            return back_to(request, view)
    return goal_form_page(request, view, form, notice=notice, key=key)


@access(Capability.SUB_GOAL_EDIT)
@once
def goal_propose(request: ActorRequest, goal_id: UUID, move: str) -> HttpResponse:
    """Recommend a move and say why."""
    view, goal, step = found_goal(request, goal_id)
    if step is not None or move not in _HEADINGS:
        raise Http404
    form = AskForm(request.POST or None)
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
