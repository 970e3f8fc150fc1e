"""Adgang: who may see what, chosen by the citizen, stopped in two taps, and taken back again if it was a slip."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.citizen import room
from samspil.web.citizen.granting import ChoiceForm, PersonCard, cards, refuse
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.OWN_ROOM)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    return render(request, "citizen/access.html", {"cards": _cards(request)})


@access(Capability.OWN_ROOM)
@writes(of="relation_id")
def choose(request: ActorRequest, relation_id: UUID) -> HttpResponse:
    """What one person may: ticked for the first time, or changed."""
    card = next((one for one in _cards(request) if one.person.relation_id == relation_id), None)
    if card is None:
        raise Http404
    own = next((line.grant for line in card.lines if line.grant.kind == citizens.GrantKind.RELATIVE), None)
    start = citizens.for_a_start(citizens.GrantKind.RELATIVE, (), on=request.actor.on)
    initial = {"scopes": own.scopes if own else sorted(start), "last_day": own.last_day if own else None}
    form = form_for(request, ChoiceForm, initial=initial, changes=True)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, relation_id, own, form)
        except Refused as refusal:
            refuse(form, refusal.reason)
        else:
            messages.success(request, _("Det er gemt. %(name)s kan nu det, du har valgt.") % {"name": card.first_name})
            return redirect("citizen:access")
    context = {"form": form, "card": card, "is_new": own is None}
    return render(request, "citizen/access_choose.html", context, status=422 if form.errors else 200)


def _save(request: ActorRequest, relation_id: UUID, own: citizens.GrantView | None, form: ChoiceForm) -> None:
    said = {**form.cleaned_data, "source": citizens.GrantSource.SELF}
    if own is None:
        citizens.give_access(actor=request.actor, at=clock.now(), relation_id=relation_id, **said)
    else:
        citizens.change_access(actor=request.actor, at=clock.now(), grant_id=own.id, **said)


@access(Capability.OWN_ROOM)
@require_POST
@writes(of="grant_id")
def stop(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    name = _name_of(request, grant_id)
    citizens.take_back(actor=request.actor, at=clock.now(), grant_id=grant_id)
    messages.success(request, _("%(name)s kan ikke se mere nu.") % {"name": name})
    return redirect("citizen:access")


@access(Capability.OWN_ROOM)
@require_POST
@writes(of="grant_id")
def undo(request: ActorRequest, grant_id: UUID) -> HttpResponse:
    name = _name_of(request, grant_id)
    citizens.give_back(actor=request.actor, at=clock.now(), grant_id=grant_id)
    messages.success(request, _("%(name)s kan se det samme som før.") % {"name": name})
    return redirect("citizen:access")


def _cards(request: ActorRequest) -> tuple[PersonCard, ...]:
    case = room.case_of(request.actor)
    request.look(citizen_id=case.citizen_id, case_id=case.id, what="access")
    return cards(citizens.people_with_access(request.actor, case.citizen_id, now=clock.now()))


def _name_of(request: ActorRequest, grant_id: UUID) -> str:
    """Whom a grant is for. Raises Http404 for a grant that is not about this citizen."""
    for card in _cards(request):
        if grant_id in {line.grant.id for line in card.lines + card.over}:
            return card.first_name
    raise Http404
