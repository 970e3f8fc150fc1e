"""Regler: the law as Samspil knows it, with its days, its source and who has verified it. Shipped, nobody has."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samspil.contexts.access.api import Capability
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import ProvisionKind
from samspil.contexts.deadlines import api as deadlines
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.leadership.forms import RulesForm, VerifyForm
from samspil.web.leadership.rule_rows import is_doubtful, is_verified, row_of
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.RULES_CHECK)
@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    usual = {"vis": ProvisionKind.BASIS.value, "dag": request.actor.on}
    form = RulesForm(usual | request.GET.dict())
    asked = form.cleaned_data if form.is_valid() else {}
    kind = ProvisionKind(asked.get("vis") or ProvisionKind.BASIS)
    on = asked.get("dag") or request.actor.on
    everything = catalogue.provisions(at=on)
    marks = catalogue.verifications(request.actor)
    found = [row for row in everything[kind] if not asked.get("usikre") or is_doubtful(row.about, marks)]
    all_rows = [row.about for rows in everything.values() for row in rows]
    context = {
        "form": form,
        "on": on,
        "rows": [row_of(row, marks) for row in found],
        "number": len(all_rows),
        "verified": sum(is_verified(about, marks) for about in all_rows),
        "doubtful": sum(is_doubtful(about, marks) for about in all_rows),
        "may_verify": request.actor.municipality is not None,
        "counted_by_replaced": deadlines.counted_by_replaced_rules(request.actor),
    }
    return render(request, "leadership/rules.html", context, status=422 if form.errors else 200)


@access(Capability.RULES_CHECK)
@writes
def verify(request: ActorRequest, provision_id: UUID) -> HttpResponse:
    """The municipality's jurist stands for a rule as it reads today: a rule that is changed later has no mark."""
    kind, row = _standing(request, provision_id)
    form = form_for(request, VerifyForm)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            catalogue.verify_rule(actor=request.actor, at=clock.now(), provision_id=provision_id, **said)
        except Refused as refusal:
            form.add_error("jurist", text_of(refusal.reason))
        else:
            messages.success(request, _("Reglen er bekræftet."))
            return redirect(_list_of(kind))
    with translation.override("da"):  # what is signed for is the Danish
        shown = row_of(row, catalogue.verifications(request.actor))
    context = {"row": shown, "form": form, "back": _list_of(kind)}
    return render(request, "leadership/rule_verify.html", context, status=422 if form.errors else 200)


@access(Capability.RULES_CHECK)
@require_POST
@writes
def unverify(request: ActorRequest, provision_id: UUID) -> HttpResponse:
    kind, _row = _standing(request, provision_id)
    catalogue.unverify_rule(actor=request.actor, at=clock.now(), provision_id=provision_id)
    messages.success(request, _("Bekræftelsen er taget tilbage."))
    return redirect(_list_of(kind))


def _standing(request: ActorRequest, provision_id: UUID) -> tuple[ProvisionKind, Any]:
    """The rule and the list it is on, while it holds."""
    for kind, rows in catalogue.provisions(at=request.actor.on).items():
        for row in rows:
            if row.about.id == provision_id:
                return kind, row
    raise Http404


def _list_of(kind: ProvisionKind) -> str:
    return f"{reverse('leadership:rules')}?{urlencode({'vis': kind.value})}"
