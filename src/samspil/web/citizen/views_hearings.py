"""What others have said about the citizen, and the citizen's word on it before it counts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.access.api import Capability
from samspil.contexts.citizens.api import Scope
from samspil.contexts.decisions import api as decisions
from samspil.contexts.decisions.api import DecisionRefusal
from samspil.kernel import clock
from samspil.web.citizen.views import seen_case
from samspil.web.components.forms import CleanText
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusals import carries_out, placing
from samspil.web.shell.writing import form_for, writes

TEXT = 5000
put_at_field = placing({DecisionRefusal.NOTHING_WRITTEN: "words", DecisionRefusal.TOO_LONG: "words"})


class WordForm(forms.Form):
    words = CleanText(
        label=gettext_lazy("Hvad siger du til det?"),
        limit=TEXT,
        help_text=gettext_lazy("Skriv, som du vil. Du kan også ringe, så skriver vi det for dig."),
        error_messages={"required": gettext_lazy("Skriv, hvad du siger til det")},
    )


@access(Capability.COMPLAIN, scopes=(Scope.DECISIONS,))
@writes(of="hearing_id")
def hearing(request: ActorRequest, hearing_id: UUID) -> HttpResponse:
    """Whoever may only read sees it without the form."""
    page = decisions.hearing_for_citizen(request.actor, hearing_id)
    seen_case(request, "decisions")
    form = form_for(request, WordForm)

    def answer() -> None:
        decisions.speak_at_hearing(actor=request.actor, at=clock.now(), hearing_id=hearing_id, **form.cleaned_data)

    if request.method == "POST":
        page.may_answer.or_raise()
    if carries_out(form, answer, put_at_field):
        messages.success(request, _("Tak. Vi læser det, før vi afgør noget."))
        return redirect("citizen:hearing", hearing_id)
    return render(request, "citizen/hearing.html", {"page": page, "form": form}, status=422 if form.errors else 200)
