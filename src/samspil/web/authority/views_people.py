"""The people of a case: how to reach the citizen, the contact agreement, relatives, and who stands for the case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.kernel import cpr as cprs
from samspil.kernel.verdict import Refused
from samspil.web.authority.forms_cases import ContactForm, HandOverForm, ReachForm, RelationForm
from samspil.web.authority.forms_sight import AddressForm
from samspil.web.authority.frame import CaseFrame, case_frame, sent_from
from samspil.web.authority.people import people_page
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_EDIT)
@require_GET
def people(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = people_page(request.actor, case_id)
    request.look(citizen_id=page.frame.case.citizen_id, case_id=case_id, what="people")
    return render(request, "authority/people.html", {"page": page, "frame": page.frame})


@access(Capability.CASE_EDIT)
@sent_from("authority:people")
def show_address(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """A protected address, shown once to those who need it; what for stands in the access log."""
    case = cases.case_facts(request.actor, case_id)
    cases.may_see_address(request.actor, case_id, case.coordinator_id).or_raise()
    form = AddressForm(request.POST)
    is_shown = form.is_valid()
    page = people_page(request.actor, case_id, address_shown=is_shown, address_form=form)
    why = form.cleaned_data["words"] if is_shown else ""
    request.look(citizen_id=case.citizen_id, case_id=case_id, what="address" if is_shown else "people", why=why)
    context = {"page": page, "frame": page.frame}
    return render(request, "authority/people.html", context, status=200 if is_shown else 422)


@access(Capability.CASE_EDIT)
@sent_from("authority:people")
def show_cpr(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The CPR number, shown once and logged. It is never in an address and never in a page that is only read."""
    case = cases.case_facts(request.actor, case_id)
    try:
        number = cprs.formatted(citizens.cpr_of(case.citizen_id))
    except citizens.BrokenSeal:
        number = _("Vi kan ikke læse nummeret. Ring til it-afdelingen.")
    page = people_page(request.actor, case_id, cpr=number)
    request.look(citizen_id=case.citizen_id, case_id=case_id, what="cpr")
    return render(request, "authority/people.html", {"page": page, "frame": page.frame})


@access(Capability.CASE_EDIT)
@writes(of="case_id")
def contact(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """A new contact agreement; the old one stays as history."""
    frame = case_frame(request.actor, case_id, tab="people")
    wish = frame.wish
    initial = {name: getattr(wish, name) for name in ContactForm.base_fields} if wish else {}
    form = form_for(request, ContactForm, initial=initial, changes=True)

    def save(found: dict[str, Any]) -> None:
        citizens.agree_contact(
            actor=request.actor,
            at=clock.now(),
            citizen_id=frame.case.citizen_id,
            seen=wish.id if wish else None,
            **found,
        )

    heading = _("Sådan vil %(name)s gerne have kontakt") % {"name": frame.case.first_name}
    return _edit(request, frame, form, save, heading=heading, what="contact")


@access(Capability.CASE_EDIT)
@writes(of="case_id")
def reach(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="people")
    now = citizens.reach_of(frame.case.citizen_id)
    kept = ReachForm.PLACE if now.is_address_protected else ()
    initial = {name: getattr(now, name) for name in ReachForm.base_fields}
    form = form_for(request, ReachForm, initial=initial, changes=True, is_protected=now.is_address_protected)

    def save(found: dict[str, Any]) -> None:
        changes = {name: value for name, value in found.items() if value or name not in kept}
        citizens.change_reach(actor=request.actor, at=clock.now(), citizen_id=frame.case.citizen_id, **changes)

    return _edit(request, frame, form, save, heading=_("Telefon og adresse"), what="reach")


@access(Capability.CASE_EDIT)
@writes
def relation(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="people")
    form = form_for(request, RelationForm)

    def save(found: dict[str, Any]) -> None:
        citizens.add_relation(actor=request.actor, at=clock.now(), citizen_id=frame.case.citizen_id, **found)

    return _edit(request, frame, form, save, heading=_("En pårørende eller ven"), what="relation")


@access(Capability.CASE_EDIT)
@writes(of="case_id")
def hand_over(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Who coordinates the case, in which district, and when to follow up; and the end of the case."""
    frame = case_frame(request.actor, case_id, tab="people")
    case = frame.case
    form = form_for(
        request,
        HandOverForm,
        districts=cases.districts_for(request.actor),
        colleagues=colleagues(request),
        initial={name: getattr(case, name) for name in HandOverForm.base_fields},
        changes=True,
    )

    def save(found: dict[str, Any]) -> None:
        cases.hand_over(
            actor=request.actor,
            at=clock.now(),
            case_id=case_id,
            coordinator_id=UUID(found["coordinator_id"]),
            district_id=UUID(found["district_id"]),
            follow_up_on=found["follow_up_on"],
            version=found["version"],
        )

    return _edit(request, frame, form, save, heading=_("Sagens rammer"), what="frame", may_close=True)


@access(Capability.CASE_EDIT)
@sent_from("authority:case")
@writes(of="case_id")
def move(request: ActorRequest, case_id: UUID, move: str) -> HttpResponse:
    """Close the case, or open it again."""
    moves = {"afslut": "close", "genaabn": "reopen"}
    cases.move_case(actor=request.actor, at=clock.now(), case_id=case_id, move=moves[move])
    said = _("Sagen er afsluttet.") if move == "afslut" else _("Sagen er åben igen.")
    messages.success(request, said)
    return redirect("authority:case", case_id)


def colleagues(request: ActorRequest) -> tuple[accounts.Person, ...]:
    """Those who can coordinate a case."""
    organisation_id = request.actor.organisation_id
    return accounts.colleagues(organisation_id=organisation_id, on=request.actor.on) if organisation_id else ()


def _edit(
    request: ActorRequest,
    frame: CaseFrame,
    form: forms.Form,
    save: Callable[[dict[str, Any]], None],
    *,
    heading: str,
    what: str,
    may_close: bool = False,
) -> HttpResponse:
    """One form on a page of the case: shown, sent, shown again with its errors, or saved."""
    request.look(citizen_id=frame.case.citizen_id, case_id=frame.case.id, what=what)
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Det er gemt."))
            return redirect("authority:people", frame.case.id)
    context = {
        "frame": frame,
        "form": form,
        "heading": heading,
        "may_close": may_close and bool(cases.may_move(request.actor, frame.case.status, "close")),
        "may_reopen": may_close and bool(cases.may_move(request.actor, frame.case.status, "reopen")),
        "people_url": reverse("authority:people", args=[frame.case.id]),
    }
    return render(request, "authority/case_form.html", context, status=422 if form.errors else 200)
