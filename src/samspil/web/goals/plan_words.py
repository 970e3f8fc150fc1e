"""The differences between two plans, in words a reader understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.goals.api import PlanChange

_WHAT = {
    "purpose_citizen_words": gettext_lazy("Det vigtigste, med egne ord"),
    "purpose_wording": gettext_lazy("Formålet"),
    "new_goal": gettext_lazy("Målet er nyt"),
    "goal_gone": gettext_lazy("Målet er ikke i planen længere"),
    "title": gettext_lazy("Navnet"),
    "citizen_words": gettext_lazy("Egne ord"),
    "wording": gettext_lazy("Målet med fagets ord"),
    "status": gettext_lazy("Hvor det står"),
    "theme": gettext_lazy("Tema"),
    "goal_type_words": gettext_lazy("Hvad der skal ske"),
    "expected_level_words": gettext_lazy("Forventet niveau"),
    "if_reached": gettext_lazy("Når målet er nået"),
    "if_not_reached": gettext_lazy("Hvis det ikke bliver nået"),
    "follow_up_on": gettext_lazy("Opfølgning"),
    "new_sub_goal": gettext_lazy("Nyt delmål"),
    "sub_goal_title": gettext_lazy("Delmålet har fået et andet navn"),
    "sub_goal_gone": gettext_lazy("Delmålet er ikke med længere"),
    "sub_goal_proposed": gettext_lazy("Delmålet er foreslået"),
    "sub_goal_active": gettext_lazy("Delmålet er i gang igen"),
    "sub_goal_paused": gettext_lazy("Delmålet har pause"),
    "sub_goal_reached": gettext_lazy("Delmålet er nået"),
    "sub_goal_ended": gettext_lazy("Delmålet er afsluttet"),
}
_ONE_TEXT = {"new_goal", "goal_gone", "new_sub_goal", "sub_goal_gone"}


@dataclass(frozen=True, slots=True)
class Difference:
    """`now` alone where there is nothing to compare with."""

    what: str
    before: str
    now: str
    has_both: bool


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    differences: tuple[Difference, ...]


def changes_in_words(changes: Iterable[PlanChange]) -> tuple[Group, ...]:
    return tuple(
        Group(goal or _("Formålet"), tuple(map(_difference, found)))
        for goal, found in groupby(changes, key=lambda change: change.goal)
    )


def _difference(change: PlanChange) -> Difference:
    alone = change.what in _ONE_TEXT or (change.before == change.after)
    return Difference(
        what=str(_WHAT[change.what]),
        before="" if alone else change.before or _("(ingenting)"),
        now=change.after or change.before or _("(ingenting)") if alone else change.after or _("(ingenting)"),
        has_both=not alone,
    )
