"""Who may see what, written down for a citizen who said it, or from the paper that gives somebody the right."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.frame import CaseFrame, case_frame, sent_from
from samspil.web.citizen.granting import NewGrantForm, PersonCard, SpokenChoiceForm, cards, refuse
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_EDIT)
@writes
def give(request: ActorRequest, case_id: UUID, relation_id: UUID) -> HttpResponse:
    """A new grant: what the citizen said yes to, a power, or a guardianship."""
    frame = case_frame(request.actor, case_id, tab="people")
    card = _card_of(request, frame, relation_id=relation_id)
    start = citizens.for_a_start(citizens.GrantKind.RELATIVE, (), on=request.actor.on)
    form = form_for(request, NewGrantForm, initial={"scopes": sorted(start)})

    def save(found: dict[str, Any]) -> None:
        citizens.give_access(actor=request.actor, at=clock.now(), relation_id=relation_id, **found)

    return _edit(request, frame, card, form, save)


@access(Capability.CASE_EDIT)
@writes(of="grant_id")
def change(request: ActorRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="people")
    card = _card_of(request, frame, grant_id=grant_id)
    grant = next((line.grant for line in card.lines if line.grant.id == grant_id), None)
    if grant is None:
        raise Http404
    form = form_for(
        request,
        SpokenChoiceForm,
        widest=grant.widest,
        initial={"scopes": grant.scopes, "last_day": grant.last_day},
        changes=True,
    )

    def save(found: dict[str, Any]) -> None:
        citizens.change_access(actor=request.actor, at=clock.now(), grant_id=grant_id, **found)

    return _edit(request, frame, card, form, save)


@access(Capability.CASE_EDIT)
@sent_from("authority:people")
@writes(of="grant_id")
def stop(request: ActorRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="people")
    card = _card_of(request, frame, grant_id=grant_id)
    citizens.take_back(actor=request.actor, at=clock.now(), grant_id=grant_id)
    messages.success(request, _("%(name)s kan ikke se mere nu.") % {"name": card.first_name})
    return redirect("authority:people", case_id)


@access(Capability.CASE_EDIT)
@sent_from("authority:people")
@writes(of="grant_id")
def undo(request: ActorRequest, case_id: UUID, grant_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="people")
    card = _card_of(request, frame, grant_id=grant_id)
    citizens.give_back(actor=request.actor, at=clock.now(), grant_id=grant_id)
    messages.success(request, _("%(name)s kan se det samme som før.") % {"name": card.first_name})
    return redirect("authority:people", case_id)


def _card_of(
    request: ActorRequest, frame: CaseFrame, *, relation_id: UUID | None = None, grant_id: UUID | None = None
) -> PersonCard:
    """The person of this case that an address is about. Raises Http404 for those of other cases."""
    people = citizens.people_with_access(request.actor, frame.case.citizen_id, now=clock.now())
    for card in cards(people):
        grants = {line.grant.id for line in card.lines + card.over}
        if card.person.relation_id == relation_id or grant_id in grants:
            return card
    raise Http404


def _edit(request: ActorRequest, frame: CaseFrame, card: PersonCard, form: forms.Form, save: Any) -> HttpResponse:
    request.look(citizen_id=frame.case.citizen_id, case_id=frame.case.id, what="access")
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            refuse(form, refusal.reason)
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("authority:people", frame.case.id)
    context = {
        "frame": frame,
        "form": form,
        "heading": _("Hvad må %(name)s?") % {"name": card.first_name},
        "people_url": reverse("authority:people", args=[frame.case.id]),
    }
    return render(request, "authority/case_form.html", context, status=422 if form.errors else 200)
