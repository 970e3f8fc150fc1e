"""Læring: what complaints and letters teach us, by area, legal basis and template. Never about an employee."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.insight import api as insight
from samspil.contexts.insight.api import Figures, Group, Quarter
from samspil.contexts.letters import api as letters
from samspil.web.components.shapes import Link
from samspil.web.leadership.forms import LearningForm
from samspil.web.leadership.words import stop_words
from samspil.web.shell.access import ActorRequest, access

GROUPS: Mapping[str, Group] = {"omraade": Group.AREA, "paragraf": Group.BASIS, "skabelon": Group.TEMPLATE}
LETTERS = "breve"
HEADS: Mapping[Group, Any] = {
    Group.AREA: gettext_lazy("Område"),
    Group.BASIS: gettext_lazy("Paragraf"),
    Group.TEMPLATE: gettext_lazy("Skabelon"),
}
Named = Sequence[tuple[str, Figures]]


@dataclass(frozen=True, slots=True)
class Cell:
    """`head` is said in the cell itself where the screen is too narrow for columns."""

    head: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """`share` is of `of`, and is None where there are none or too few. `lix` is there for letters alone."""

    label: str
    cells: tuple[Cell, ...]
    share: insight.Share | None
    of: int | None
    lix: float | None = None
    lix_words: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    share_head: str
    lix_head: str = ""


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
    rows = [(names.get(one.key) or letters.name_of(one.key), one) for one in found.rows]
    if found.total:
        rows.append((_("I alt"), found.total))
    head = str(HEADS[group])
    return {
        "complaints": _complaint_table(head, rows) if rows else None,
        "board": _board_table(head, rows) if any(one.board != 0 for _label, one in rows) else None,
        "shown": next(slug for slug, one in GROUPS.items() if one == group),
        "several": group != Group.AREA,
    }


def _complaint_table(head: str, rows: Named) -> Table:
    columns = {_("Afgørelser"): "decided", _("Klager"): "complained", _("Vi ændrede selv"): "gave_in"}
    return _table(head, rows, columns, _("Klager i procent"), "complaint_share")


def _board_table(head: str, rows: Named) -> Table:
    columns = {_("Svar"): "board", _("Ændret"): "changed", _("Sendt tilbage"): "remitted"}
    return _table(head, rows, columns, _("Holdt ikke, i procent"), "not_held_share")


def _table(head: str, rows: Named, columns: Mapping[str, str], share_head: str, share: str) -> Table:
    """`columns` says which figure stands under each head; the share is of the first."""
    whole = next(iter(columns.values()))
    made = (
        Row(
            label,
            tuple(Cell(name, getattr(one, figure)) for name, figure in columns.items()),
            getattr(one, share),
            getattr(one, whole),
        )
        for label, one in rows
    )
    return Table((head, *_over_numbers(*columns), share_head), tuple(made), share_head)


def _names(group: Group, *, on: dt.date) -> dict[str, str]:
    """A basis that has ended keeps its key for a name."""
    if group == Group.AREA:
        return {str(value): str(label) for value, label in cases.Area.choices}
    if group == Group.BASIS:
        return {one.key: f"{one.cited}: {gettext(one.name)}" for one in catalogue.legal_bases(at=on)}
    return {}


def _letters(request: ActorRequest) -> dict[str, Any]:
    found = insight.letters_read(request.actor)
    return {
        "quarters": _quarter_table(found.quarters) if any(one.sent != 0 for one in found.quarters) else None,
        "stops": [(stop_words(one.rule), one.letters) for one in found.stops],
        "stop_heads": [_("Det manglede"), *_over_numbers(_("Breve"))],
    }


def _quarter_table(quarters: Sequence[Quarter]) -> Table:
    lix, sent, stopped, share = _("Lixtal"), _("Sendt"), _("Standset"), _("Standset, i procent")
    rows = [
        Row(
            _quarter_words(one.begins_on),
            (Cell(sent, one.sent), Cell(stopped, one.stopped)),
            one.stopped_share,
            one.sent,
            one.lix,
            "" if one.lix is None else localize(one.lix),
        )
        for one in dropwhile(lambda one: one.sent == 0, quarters)
    ]
    return Table((_("Kvartal"), lix, *_over_numbers(sent, stopped), share), tuple(rows), share, lix)


def _quarter_words(begins_on: dt.date) -> str:
    return _("%(number)d. kvartal %(year)d") % {"number": begins_on.month // 3 + 1, "year": begins_on.year}


def _over_numbers(*heads: str) -> tuple[str, ...]:
    return tuple(f"{head}>" for head in heads)


def _tabs(shown: str, year: int) -> list[Link]:
    chosen = shown if shown in GROUPS or shown == LETTERS else next(iter(GROUPS))
    places = [*((slug, HEADS[group]) for slug, group in GROUPS.items()), (LETTERS, _("Breve"))]
    return [Link(str(label), f"?vis={slug}&aar={year}", current=slug == chosen) for slug, label in places]
