"""Hvem har set min sag (X9): who, in which role, when, what and why; and a way to ask about it."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date
from samspil.kernel.text import first_name
from samspil.web.citizen import seen
from samspil.web.citizen.views import seen_case
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


class AskForm(forms.Form):
    words = CleanText(
        label=gettext_lazy("Hvad vil du gerne vide?"),
        help_text=gettext_lazy("Du behøver ikke skrive noget. Så spørger vi bare, hvorfor sagen blev åbnet."),
        limit=160,
        required=False,
    )


@access(Capability.OWN_ROOM, scopes=(Scope.LOOKS,))
@require_GET
def looks(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "looks")
    page = seen.seen_by(case.citizen_id, except_user=request.actor.user_id, before=request.GET.get("foer", ""))
    return render(
        request, "citizen/looks.html", {"page": page, "may_ask": case.is_open and request.actor.side == Side.CITIZEN}
    )


@access(Capability.OWN_ROOM)
@writes
def ask(request: ActorRequest, day: str, user_id: UUID) -> HttpResponse:
    """The coordinating caseworker gets the question; the leader, when it is the caseworker who looked."""
    case = _own_case(request)
    found = seen.on_day(case.citizen_id, user_id, _day(day))
    if found is None or not case.is_open:
        raise Http404
    asked = _who_answers(request, case, user_id)
    form = form_for(request, AskForm)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        cases.add_task(
            actor=request.actor,
            at=clock.now(),
            case_id=case.id,
            text=_question(case.first_name, found, words),
            owner_name=asked.name if asked else case.coordinator_name or _("Rådgiver"),
            owner_id=asked.id if asked else case.coordinator_id,
            owner_side=Side.AUTHORITY,
            due_on=None,
            source=cases.TaskSource.CHANGE,
        )
        name = first_name(asked.name) if asked else case.coordinator_name
        messages.success(request, _("Tak. %(name)s finder ud af det og taler med dig.") % {"name": name})
        return redirect("citizen:looks")
    context = {"form": form, "seen": found, "asked": asked.name if asked else case.coordinator_name}
    return render(request, "citizen/ask_about_look.html", context, status=422 if form.errors else 200)


def _who_answers(request: ActorRequest, case: cases.CaseFacts, looked: UUID) -> accounts.Person | None:
    """Nobody is asked about oneself while there is a leader to ask."""
    if case.coordinator_id not in {None, looked}:
        return None
    leaders = accounts.all_leaders_of(request.actor.municipality, on=request.actor.on)
    return next((leader for leader in leaders if leader.id != looked), None)


def _question(name: str, found: seen.Seen, words: str) -> str:
    about = {"name": name, "who": found.name[:80], "day": long_date(found.day, "da")}
    asked = _("%(name)s spørger: Hvorfor åbnede %(who)s min sag %(day)s?") % about
    return f"{asked} »{words}«" if words else asked


def _own_case(request: ActorRequest) -> cases.CaseFacts:
    """Only for the citizen's own eyes."""
    if request.actor.side != Side.CITIZEN:
        raise Http404
    return seen_case(request, "looks")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
