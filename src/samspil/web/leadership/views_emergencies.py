"""Nødadgang: what colleagues have opened in an emergency, and what the leader found when looking into it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.citizen.words import words_for
from samspil.web.components.forms import CleanText, GrowingText
from samspil.web.leadership.words import purpose_words
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("Hvad fandt du?"),
        choices=accounts.Finding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvad du fandt.")},
    )
    words = CleanText(
        limit=600,
        label=gettext_lazy("Skriv kort, hvad du har set på"),
        widget=GrowingText(rows=3, wording=""),
        error_messages={"required": gettext_lazy("Skriv kort, hvad du har set på.")},
    )


@access(Capability.ACCESS_REVIEW)
@require_GET
def emergencies(request: ActorRequest) -> HttpResponse:
    found = cases.emergencies(request.actor)
    for one in found:
        request.look(citizen_id=one.citizen_id, case_id=one.case_id, what="emergency")
    waiting = [one for one in found if one.reviewed_at is None]
    context = {"waiting": waiting, "done": [one for one in found if one.reviewed_at is not None]}
    return render(request, "leadership/emergencies.html", context)


@access(Capability.ACCESS_REVIEW)
@writes
def emergency(request: ActorRequest, emergency_id: UUID) -> HttpResponse:
    found = cases.emergency(request.actor, emergency_id)
    form = form_for(request, ReviewForm)
    if request.method == "POST" and form.is_valid():
        try:
            cases.review_emergency(actor=request.actor, at=clock.now(), emergency_id=emergency_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Det er skrevet ned."))
            return redirect("emergencies:list")
    request.look(citizen_id=found.citizen_id, case_id=found.case_id, what="emergency")
    closed_by = found.may_review.refusal if found.reviewed_at is None else None
    looks = accounts.looks_during(found.citizen_id, user_id=found.user_id, begins=found.begun_at, ends=found.ended_at)
    context = {
        "found": found,
        "form": form,
        "seen": [
            (look.at, words_for(look.what), purpose_words((look.purpose,) if look.purpose else ())) for look in looks
        ],
        "refusal": text_of(closed_by) if closed_by else "",
    }
    return render(request, "leadership/emergency.html", context, status=422 if form.errors else 200)
