"""Læring: what complaints and letters teach us, by area, legal basis and template. Never about an employee."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from samspil import klartjek
from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.insight import api as insight
from samspil.contexts.insight.api import Figures, Group, Quarter
from samspil.contexts.letters import api as letters
from samspil.web.components.shapes import Link
from samspil.web.leadership.forms import LearningForm
from samspil.web.shell.access import ActorRequest, access

GROUPS: Mapping[str, Group] = {"omraade": Group.AREA, "paragraf": Group.BASIS, "skabelon": Group.TEMPLATE}
LETTERS = "breve"
HEADS: Mapping[Group, Any] = {
    Group.AREA: gettext_lazy("Område"),
    Group.BASIS: gettext_lazy("Paragraf"),
    Group.TEMPLATE: gettext_lazy("Skabelon"),
}


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class QuarterRow:
    label: str
    quarter: Quarter
    lix_words: str


@access(Capability.LEARNING_READ)
@require_GET
def learning(request: ActorRequest) -> HttpResponse:
    on = request.actor.on
    form = LearningForm({"aar": on.year} | request.GET.dict(), on=on)
    year = form.year if form.is_valid() else on.year
    shown = request.GET.get("vis", "")
    group = GROUPS.get(shown)
    context: dict[str, Any] = {"form": form, "year": year, "tabs": _tabs(shown, year), "least": insight.LEAST}
    if group is None and shown == LETTERS:
        return render(request, "leadership/learning_letters.html", context | _letters(request))
    return render(request, "leadership/learning.html", context | _complaints(request, group or Group.AREA, year))


def _complaints(request: ActorRequest, group: Group, year: int) -> dict[str, Any]:
    found = insight.complaints_by(request.actor, group, year=year)
    names = _names(group, on=request.actor.on)
    rows = [Row(names.get(one.key) or letters.name_of(one.key), one) for one in found.rows]
    total = [Row(_("I alt"), found.total)] if found.total else []
    head = str(HEADS[group])
    return {
        "rows": [*rows, *total],
        "shown": next(slug for slug, one in GROUPS.items() if one == group),
        "several": group != Group.AREA,
        "complaint_heads": [
            head,
            *_over_numbers(_("Afgørelser"), _("Klager"), _("Vi ændrede selv")),
            _("Klager i procent"),
        ],
        "board_heads": [
            head,
            *_over_numbers(_("Svar"), _("Ændret"), _("Sendt tilbage")),
            _("Holdt ikke, i procent"),
        ],
    }


def _names(group: Group, *, on: dt.date) -> dict[str, str]:
    """A basis that has ended keeps its key for a name."""
    if group == Group.AREA:
        return {str(value): str(label) for value, label in cases.Area.choices}
    if group == Group.BASIS:
        return {one.key: f"{one.cited}: {one.name}" for one in catalogue.legal_bases(at=on)}
    return {}


def _letters(request: ActorRequest) -> dict[str, Any]:
    found = insight.letters_read(request.actor)
    return {
        "any_sent": any(one.sent != 0 for one in found.quarters),
        "quarters": [_quarter_row(one) for one in found.quarters],
        "stops": [(klartjek.title_of(one.rule), one.letters) for one in found.stops],
        "quarter_heads": [
            _("Kvartal"),
            *_over_numbers(_("Sendt")),
            _("Lixtal"),
            *_over_numbers(_("Standset")),
            _("Standset, i procent"),
        ],
        "stop_heads": [_("Det manglede"), *_over_numbers(_("Breve"))],
    }


def _over_numbers(*heads: str) -> list[str]:
    return [f"{head}>" for head in heads]


def _quarter_row(one: Quarter) -> QuarterRow:
    which = {"number": one.begins_on.month // 3 + 1, "year": one.begins_on.year}
    lix_words = "" if one.lix is None else localize(one.lix)
    return QuarterRow(_("%(number)d. kvartal %(year)d") % which, one, lix_words)


def _tabs(shown: str, year: int) -> list[Link]:
    chosen = shown if shown in GROUPS or shown == LETTERS else next(iter(GROUPS))
    places = [*((slug, HEADS[group]) for slug, group in GROUPS.items()), (LETTERS, _("Breve"))]
    return [Link(str(label), f"?vis={slug}&aar={year}", current=slug == chosen) for slug, label in places]
