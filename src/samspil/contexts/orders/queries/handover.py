"""What a provider is told with an order: drawn from the case, shown before it is sent, kept as it was sent."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.goals import api as goals
from samspil.contexts.orders.enums import Handover

DEFAULT = (Handover.PURPOSE, Handover.CONTACT, Handover.REACH)
_NAME, _GOALS, _MORE = "name", "goals", "more"
_HEADINGS: Mapping[str, str | Promise] = {
    _NAME: _("Navn"),
    _GOALS: _("Mål"),
    _MORE: _("Mere, udføreren skal vide"),
    **{kind.value: kind.label for kind in Handover},
}


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandoverView:
    """`goal_ids` are those of the chosen goals that are running in the case."""

    citizen_id: UUID
    sections: tuple[Section, ...]
    goal_ids: tuple[UUID, ...]

    def as_json(self) -> list[dict[str, Any]]:
        return [{"key": section.key, "lines": list(section.lines)} for section in self.sections]


def case_of(actor: Actor, case_id: UUID) -> cases.Case:
    """The case with its citizen. Raises Case.DoesNotExist."""
    return cases.Case.objects.acted_on_by(actor).select_related("citizen").get(id=case_id)


def handover_for(
    actor: Actor, case_id: UUID, *, goal_ids: Sequence[UUID], tell: Collection[str], more: str = ""
) -> HandoverView:
    """The record is Danish whatever language the sender reads. Raises Case.DoesNotExist."""
    case = case_of(actor, case_id)
    plan = goals.goals_for(actor, case_id)
    chosen = [goal for goal in plan.running if goal.id in set(goal_ids)]
    citizen = case.citizen
    with translation.override("da"):
        parts: dict[str, Iterable[str]] = {_NAME: [f"{citizen.first_name} {citizen.last_name}"]}
        if Handover.PURPOSE in tell and plan.purpose:
            parts[Handover.PURPOSE] = [f"“{plan.purpose.citizen_words}”", plan.purpose.wording]
        parts[_GOALS] = [_goal_line(goal) for goal in chosen]
        if Handover.CONTACT in tell and (wish := citizens.contact_wish(citizen.id)):
            parts[Handover.CONTACT] = [f"{wish}.", wish.words]
        if Handover.REACH in tell:
            parts[Handover.REACH] = _reach(citizen.id)
        if Handover.PEOPLE in tell:
            people = citizens.relations_of(citizen.id)
            parts[Handover.PEOPLE] = [", ".join(filter(None, [p.name, p.kind.lower(), p.phone])) for p in people]
        parts[_MORE] = [more]
    told = {key: tuple(line for line in lines if line.strip()) for key, lines in parts.items()}
    sections = tuple(Section(key, str(_HEADINGS[key]), lines) for key, lines in told.items() if lines)
    return HandoverView(citizen.id, sections, tuple(goal.id for goal in chosen))


def sections_of(stored: Sequence[Mapping[str, Any]], citizen: citizens.Citizen) -> tuple[Section, ...]:
    """What was told with an order, as it stands on the order; without an address that has been protected since."""
    return tuple(
        Section(
            row["key"],
            str(_HEADINGS[row["key"]]),
            tuple(citizens.without_address(line, citizen) for line in row["lines"]),
        )
        for row in stored
    )


def _goal_line(goal: goals.GoalView) -> str:
    words = f" “{goal.citizen_words}”" if goal.citizen_words else ""
    wording = f" {goal.wording}" if goal.wording and goal.wording != goal.title else ""
    return f"{goal.title}.{words}{wording}"


def _reach(citizen_id: UUID) -> list[str]:
    reach = citizens.reach_of(citizen_id)
    hidden = "Adressen er beskyttet. Ring til borgerens rådgiver, når I har brug for den."
    return [reach.phone, hidden if reach.is_address_protected else reach.whole_address]
