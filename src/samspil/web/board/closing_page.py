"""The page before closing: what becomes what, and fields for what is still missing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.meetings.api import CardKind, ClosingRow, ClosingView, MeetingRefusal, Op, OpKind
from samspil.kernel.danish_dates import DateProblem
from samspil.kernel.ids import new_id
from samspil.web.board.forms import when_words
from samspil.web.board.page import heading_of, short_names
from samspil.web.shell.refusal_texts import text_of

NEW, WISH = "new", "wish"
Problems = Mapping[UUID, Enum]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """`who_problem` and `when_problem` stand at their fields."""

    id: UUID
    text: str
    who: str
    when: str
    who_problem: str
    when_problem: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    id: UUID
    text: str
    choices: tuple[Choice, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    text: str
    quoted: bool
    segment: str


@dataclass(frozen=True, slots=True)
class ClosingPage:
    meeting_id: UUID
    heading: str
    agreements: tuple[AgreementRow, ...]
    goals: tuple[GoalRow, ...]
    said: tuple[SaidRow, ...]
    scale: str
    people: tuple[str, ...]
    missing: int


def closing_page(view: ClosingView, posted: Mapping[str, str] | None = None, problems: Problems = {}) -> ClosingPage:  # noqa: B006
    """The page; `posted` holds what was just typed, `problems` why a card's change was refused."""
    typed = posted or {}
    agreements = tuple(_agreement(row, typed, problems.get(row.card.id)) for row in view.agreements)
    goals = tuple(_goal(row, view, typed) for row in view.goals)
    board = view.board
    missing = sum(bool(row.who_problem or row.when_problem) for row in agreements)
    return ClosingPage(
        meeting_id=board.meeting_id,
        heading=heading_of(board),
        agreements=agreements,
        goals=goals,
        said=tuple(SaidRow(row.text, row.card.kind == CardKind.CITIZEN_WORDS, row.segment) for row in view.said),
        scale="" if board.scale is None else _scale(board.scale_question, board.scale, board.scale_before),
        people=short_names(board.people),
        missing=missing + sum(bool(row.problem) for row in goals),
    )


def changes_of(view: ClosingView, posted: Mapping[str, str]) -> list[Op]:
    """What the page's fields change on the board before it is closed."""
    key = _key(posted)
    found = []
    for row in view.agreements:
        was = {"who": row.card.who, "when": when_words(row.card)}
        given = {name: posted.get(f"{name}-{row.card.id}", was[name]).strip() for name in was}
        agreed = {name: value for name, value in given.items() if value != was[name]}
        if agreed:
            found.append(Op(uuid.uuid5(key, f"agree-{row.card.id}"), OpKind.AGREE, row.card.id, **agreed))  # type: ignore[arg-type]
    for row in view.goals:
        chosen = posted.get(f"goal-{row.card.id}", "")
        running = {str(goal.id): goal.id for goal in view.running_goals}
        if chosen == WISH:
            found.append(Op(uuid.uuid5(key, f"goal-{row.card.id}"), OpKind.KIND, row.card.id, card_kind=CardKind.WISH))
        elif chosen == NEW or chosen in running:
            goal = running.get(chosen)
            if goal != row.card.goal_id:
                op_id = uuid.uuid5(key, f"goal-{row.card.id}")
                found.append(Op(op_id, OpKind.KIND, row.card.id, card_kind=CardKind.GOAL, goal=goal))
    return found


def _key(posted: Mapping[str, str]) -> UUID:
    try:
        return UUID(posted.get("form_key", ""))
    except ValueError:
        return new_id()


def _agreement(row: ClosingRow, typed: Mapping[str, str], refused: Enum | None) -> AgreementRow:
    card = row.card
    who = typed.get(f"who-{card.id}", card.who)
    when = typed.get(f"when-{card.id}", when_words(card))
    about_the_day = refused is not None and (isinstance(refused, DateProblem) or refused == MeetingRefusal.IN_THE_PAST)
    return AgreementRow(
        id=card.id,
        text=card.text,
        who=who,
        when=when,
        who_problem=_("Skriv, hvem der gør det.")
        if not who.strip()
        else text_of(refused)
        if refused is not None and not about_the_day
        else "",
        when_problem=text_of(refused)
        if refused is not None and about_the_day
        else _("Skriv, hvornår. Fx torsdag eller 26.11.")
        if card.due_on is None
        else "",
    )


def _goal(row: ClosingRow, view: ClosingView, typed: Mapping[str, str]) -> GoalRow:
    chosen = typed.get(f"goal-{row.card.id}") or (str(row.card.goal_id) if row.card.goal_id else NEW)
    choices = [
        (NEW, _("Et nyt mål")),
        *((str(goal.id), _("Nye ord til målet: %(title)s") % {"title": goal.title}) for goal in view.running_goals),
        (WISH, _("Lad det blive et ønske")),
    ]
    return GoalRow(
        id=row.card.id,
        text=row.card.text,
        choices=tuple(Choice(value, label, value == chosen) for value, label in choices),
        problem=text_of(row.problem) if row.problem else "",
    )


def _scale(question: str, value: int, before: int | None) -> str:
    said = f"{question} {value}"
    return said if before is None else f"{said}. {_('Sidst:')} {before}"
