"""Kommunens frister: set by a leader, and published for everybody as a page and as JSON, with what held before."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Capability
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import DeadlineRule, Read, RuleRefusal
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.leadership.forms import OwnDeadlineForm
from samspil.web.leadership.rule_rows import length_words
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes

PUBLISHED = "decide"
AT_FIELD = {RuleRefusal.DAY_IS_PAST: "from_on", RuleRefusal.NOT_A_LENGTH: "count"}


@access(Capability.RULES_CHECK)
@writes
def own_deadlines(request: ActorRequest) -> HttpResponse:
    on = request.actor.on
    local = [rule for rule in catalogue.deadline_rules(at=on) if rule.about.read == Read.LOCAL]
    form = form_for(
        request,
        OwnDeadlineForm,
        keys=[(rule.key, gettext(rule.name)) for rule in local if "/" not in rule.key],
        bases=[
            (one.key, f"{one.cited}: {gettext(one.name)}") for one in catalogue.legal_bases(at=on) if one.is_decided
        ],
        initial={"from_on": on},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            catalogue.set_own_deadline(
                actor=request.actor,
                at=clock.now(),
                key=given["key"],
                basis=given["basis"],
                length=form.length,
                from_on=given["from_on"],
            )
        except Refused as refusal:
            form.add_error(AT_FIELD.get(refusal.reason, "key"), text_of(refusal.reason))  # type: ignore[call-overload]
        else:
            messages.success(request, _("Fristen er sat. Frister, der løber, er ikke ændret."))
            return redirect("leadership:own_deadlines")
    municipality = request.actor.municipality
    own = catalogue.own_deadlines(municipality) if municipality else ()
    context = {"form": form, "rows": [_row(rule) for rule in own], "municipality": municipality}
    return render(request, "leadership/own_deadlines.html", context, status=422 if form.errors else 200)


@access.public
@require_GET
def published(request: HttpRequest, municipality: int) -> HttpResponse:
    """How long an answer takes, as the municipality has promised it."""
    rows = [_row(rule) for rule in _promised(municipality) if _holds(rule)]
    context = {"rows": rows, "name": _name(municipality), "municipality": municipality, "on": clock.today()}
    return render(request, "leadership/published.html", context)


@access.public
@require_GET
def published_json(request: HttpRequest, municipality: int) -> JsonResponse:
    """The same for machines, with what held before and what is to come."""
    rows = [
        {
            "key": rule.key,
            "name": rule.name,
            "count": rule.length.count if rule.length else None,
            "unit": rule.length.unit.value if rule.length else None,
            "counts_from": rule.counts_from,
            "valid_from": rule.about.valid_from.isoformat(),
            "valid_until": rule.about.valid_until.isoformat() if rule.about.valid_until else None,
        }
        for rule in _promised(municipality)
    ]
    found = {"municipality": municipality, "name": _name(municipality), "deadlines": rows}
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


def _promised(municipality: int) -> list[DeadlineRule]:
    return [rule for rule in catalogue.own_deadlines(municipality) if rule.key.split("/")[0] == PUBLISHED]


def _holds(rule: DeadlineRule) -> bool:
    today, about = clock.today(), rule.about
    return about.valid_from <= today and (about.valid_until is None or today < about.valid_until)


def _name(municipality: int) -> str:
    name = accounts.municipality_name(municipality)
    if name is None:
        raise Http404
    return name


def _row(rule: DeadlineRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "length": length_words(rule.length) if rule.length else "",
        "counts_from": rule.counts_from,
        "valid_from": rule.about.valid_from,
        "valid_until": rule.about.valid_until,
        "holds": _holds(rule),
    }
