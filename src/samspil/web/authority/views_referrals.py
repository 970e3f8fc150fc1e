"""First contacts: the inbox, writing one down, and answering it with a case or with advice."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority import lookups
from samspil.web.authority.forms_cases import AdviseForm, OpenCaseForm, ReferralForm
from samspil.web.authority.frame import sent_from
from samspil.web.authority.views_people import colleagues
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_OPEN)
@require_GET
def referrals(request: ActorRequest) -> HttpResponse:
    opened = cases.referrals(request.actor, status="opened", limit=10)
    for citizen_id, case_id in sorted({(one.citizen_id, one.case_id) for one in opened if one.citizen_id}):
        request.look(citizen_id=citizen_id, case_id=case_id, what="referral")
    context = {
        "waiting": cases.referrals(request.actor),
        "opened": opened,
        "advised": cases.referrals(request.actor, status="advised", limit=10),
        "today": request.actor.on,
    }
    return render(request, "authority/referrals.html", context)


@access(Capability.CASE_OPEN)
@lookups.counted("cpr")
@writes
def new_referral(request: ActorRequest) -> HttpResponse:
    districts = cases.districts_for(request.actor)
    only = str(districts[0].id) if len(districts) == 1 else ""
    form = form_for(request, ReferralForm, districts=districts, initial={"district_id": only})
    lookups.refuse(form, request.stopped)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            referral_id = cases.receive_referral(
                actor=request.actor,
                at=clock.now(),
                **{name: found[name] for name in ReferralForm.base_fields if name != "district_id"},
                district_id=UUID(found["district_id"]) if found["district_id"] else None,
            )
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Henvendelsen er skrevet ned."))
            return redirect("authority:referral", referral_id)
    return render(request, "authority/referral_new.html", {"form": form}, status=422 if form.errors else 200)


@access(Capability.CASE_OPEN)
@require_GET
def referral(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    return _page(request, cases.referral(request.actor, referral_id))


@access(Capability.CASE_OPEN)
@sent_from("authority:referral")
@lookups.counted("cpr")
@writes
def open_case(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    """The referral becomes a case, or joins the one that the citizen has already."""
    found = cases.referral(request.actor, referral_id)
    form = _open_form(request, found)
    lookups.refuse(form, request.stopped)
    if form.is_valid():
        given = form.cleaned_data
        try:
            case_id = cases.open_case(
                actor=request.actor,
                at=clock.now(),
                referral_id=referral_id,
                cpr=given.get("cpr", ""),
                coordinator_id=UUID(given["coordinator_id"]),
                area=given["area"],
                district_id=UUID(given["district_id"]),
                contact=form.contact() if form.has_contact else None,
            )
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Sagen er åbnet. Det, der blev sagt, står i den."))
            return redirect("authority:case", case_id)
    return _page(request, found, open_form=form)


@access(Capability.CASE_OPEN)
@sent_from("authority:referral")
@writes
def advise(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    found = cases.referral(request.actor, referral_id)
    form = form_for(request, AdviseForm)
    if form.is_valid():
        try:
            cases.advise_referral(
                actor=request.actor, at=clock.now(), referral_id=referral_id, outcome=form.cleaned_data["outcome"]
            )
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Henvendelsen er afsluttet med et råd."))
            return redirect("authority:referrals")
    return _page(request, found, advise_form=form)


def _open_form(request: ActorRequest, found: cases.ReferralView) -> OpenCaseForm:
    districts = cases.districts_for(request.actor)
    only = districts[0].id if len(districts) == 1 else ""
    return form_for(
        request,
        OpenCaseForm,
        to=reverse("authority:open_case", args=[found.id]),
        districts=districts,
        colleagues=colleagues(request),
        has_cpr=bool(found.masked_cpr),
        initial={
            "area": found.area,
            "district_id": str(found.district_id or only),
            "coordinator_id": str(request.actor.user_id),
        },
    )


def _page(
    request: ActorRequest,
    found: cases.ReferralView,
    *,
    open_form: OpenCaseForm | None = None,
    advise_form: AdviseForm | None = None,
) -> HttpResponse:
    if open_form or advise_form:
        found.may_answer.or_raise()
    known = cases.known_citizen(request.actor, found.id) if found.masked_cpr and not found.case_id else None
    earlier = cases.cases_of_citizen(request.actor, known) if known else ()
    for citizen_id in {one for one in (found.citizen_id, known) if one}:
        request.look(citizen_id=citizen_id, case_id=found.case_id, what="referral")
    context = {
        "referral": found,
        "is_known": known is not None,
        "earlier": earlier,
        "open_form": open_form or _open_form(request, found),
        "advise_form": advise_form or form_for(request, AdviseForm, to=reverse("authority:advise", args=[found.id])),
    }
    return render(request, "authority/referral.html", context, status=422 if open_form or advise_form else 200)
