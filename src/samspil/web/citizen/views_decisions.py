"""What the citizen gets, what was decided and why, and a way to disagree: for the citizen, and for whoever acts for the
citizen."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability, Side
from samspil.contexts.citizens.api import Scope
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import ComplaintStatus
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.citizen.views import seen_case
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

TEXT = 6000
STANDS = {
    ComplaintStatus.RECEIVED: gettext_lazy("Vi ser på din sag igen."),
    ComplaintStatus.ANSWERED: gettext_lazy("Vi har set på din sag igen. Du har fået ret i noget af det."),
    ComplaintStatus.KEPT: gettext_lazy("Du vil stadig klage. Nu sender vi klagen til Ankestyrelsen."),
    ComplaintStatus.FORWARDED: gettext_lazy("Klagen er hos Ankestyrelsen. De bestemmer nu, hvem der har ret."),
    ComplaintStatus.REMITTED: gettext_lazy("Ankestyrelsen har sendt sagen tilbage til os. Vi ser på den igen."),
    ComplaintStatus.SETTLED: gettext_lazy("Der er svaret på klagen."),
    ComplaintStatus.WITHDRAWN: gettext_lazy("Du har trukket klagen tilbage."),
}
"""How a complaint stands, said to the one whose it is."""
STANDS_FOR_ANOTHER = STANDS | {
    ComplaintStatus.RECEIVED: gettext_lazy("Kommunen ser på sagen igen."),
    ComplaintStatus.ANSWERED: gettext_lazy("Kommunen har set på sagen igen. Klagen gav ret i noget af det."),
    ComplaintStatus.KEPT: gettext_lazy("Klagen gælder stadig. Nu sender kommunen den til Ankestyrelsen."),
    ComplaintStatus.WITHDRAWN: gettext_lazy("Klagen er trukket tilbage."),
}
"""The same, said to whoever acts for that person."""
SPEAKS = (Scope.DECISIONS, Scope.COMPLAIN)
"""What somebody must be let do to answer the authority for the citizen."""
KEEPS = {"yes": True, "no": False}


class ComplaintForm(forms.Form):
    """The citizen's own words, and nothing else to fill in."""

    words = CleanText(
        label=gettext_lazy("Hvad er du uenig i?"),
        limit=TEXT,
        help_text=gettext_lazy("Skriv, som du vil. Du kan også ringe, så skriver vi det for dig."),
        error_messages={"required": gettext_lazy("Skriv, hvad du er uenig i")},
    )


@access(Capability.COMPLAIN, scopes=(Scope.DECISIONS,))
@require_GET
def mine(request: ActorRequest) -> HttpResponse:
    case = seen_case(request, "decisions")
    context = {
        "grants": decisions.given_in(request.actor, case.id),
        "decisions": decisions.told_in(request.actor, case.id),
        "hearings": decisions.hearings_in(request.actor, case.id),
    }
    return render(request, "citizen/decisions.html", context)


@access(Capability.COMPLAIN, scopes=(Scope.DECISIONS,))
@require_GET
def decision(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    return _page(request, decision_id)


@access(Capability.COMPLAIN, scopes=SPEAKS)
@require_POST
@writes
def complain(request: ActorRequest, decision_id: UUID) -> HttpResponse:
    """In the citizen's own words; also when the time is up, for then it is sent on."""
    form = form_for(request, ComplaintForm)
    if form.is_valid():
        try:
            decisions.receive_complaint(
                actor=request.actor,
                at=clock.now(),
                decision_id=decision_id,
                channel=decisions.Channel.ONLINE,
                received_on=request.actor.on,
                words=form.cleaned_data["words"],
            )
        except Refused as refusal:
            form.add_error(None, text_of(refusal.reason))
        else:
            messages.success(request, _("Tak. Vi ser på sagen igen og svarer."))
            return redirect("citizen:decision", decision_id)
    return _page(request, decision_id, form)


@access(Capability.COMPLAIN, scopes=SPEAKS)
@require_POST
@writes
def answer_partial(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    """After a part of a win: the rest goes on to the appeals board, or it is enough."""
    decision_id = decisions.decision_of_complaint(request.actor, complaint_id)
    keeps = KEEPS.get(request.POST.get("keeps", ""))
    if keeps is None:
        messages.error(request, _("Vælg, om klagen skal videre."))
        return redirect("citizen:decision", decision_id)
    decisions.answer_partial_win(
        actor=request.actor, at=clock.now(), complaint_id=complaint_id, keeps=keeps, on=request.actor.on
    )
    said = _("Tak. Vi sender klagen videre.") if keeps else _("Tak. Så er klagen slut her.")
    messages.success(request, said)
    return redirect("citizen:decision", decision_id)


@access(Capability.COMPLAIN, scopes=SPEAKS)
@require_POST
@writes
def withdraw(request: ActorRequest, complaint_id: UUID) -> HttpResponse:
    decision_id = decisions.decision_of_complaint(request.actor, complaint_id)
    decisions.withdraw_complaint(actor=request.actor, at=clock.now(), complaint_id=complaint_id)
    messages.success(request, _("Klagen er trukket tilbage. Du kan klage igen, hvis du fortryder."))
    return redirect("citizen:decision", decision_id)


def _page(request: ActorRequest, decision_id: UUID, form: ComplaintForm | None = None) -> HttpResponse:
    page = decisions.decision_for_citizen(request.actor, decision_id)
    seen_case(request, "decisions")
    to = reverse("citizen:complain", args=[decision_id])
    said = STANDS if request.actor.side == Side.CITIZEN else STANDS_FOR_ANOTHER
    stands = said[ComplaintStatus(page.complaint.status)] if page.complaint else ""
    context = {"page": page, "stands": stands, "form": form or form_for(request, ComplaintForm, to=to)}
    return render(request, "citizen/decision.html", context, status=422 if form else 200)
