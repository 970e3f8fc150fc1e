"""Regler: the law as Samspil knows it, with its days, its source and who has verified it. So far nobody has."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import ProvisionKind
from samspil.contexts.deadlines import api as deadlines
from samspil.web.leadership.forms import RulesForm
from samspil.web.leadership.rule_rows import is_doubtful, row_of
from samspil.web.shell.access import ActorRequest, access


@access(Capability.RULES_CHECK)
@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    usual = {"vis": ProvisionKind.BASIS.value, "dag": request.actor.on}
    form = RulesForm(usual | request.GET.dict())
    asked = form.cleaned_data if form.is_valid() else {}
    kind = ProvisionKind(asked.get("vis") or ProvisionKind.BASIS)
    on = asked.get("dag") or request.actor.on
    everything = catalogue.provisions(at=on)
    found = [row for row in everything[kind] if not asked.get("usikre") or is_doubtful(row.about)]
    all_rows = [row.about for rows in everything.values() for row in rows]
    context = {
        "form": form,
        "on": on,
        "rows": [row_of(row) for row in found],
        "number": len(all_rows),
        "verified": sum(about.is_verified for about in all_rows),
        "doubtful": sum(map(is_doubtful, all_rows)),
        "counted_by_replaced": deadlines.counted_by_replaced_rules(request.actor),
    }
    return render(request, "leadership/rules.html", context, status=422 if form.errors else 200)
