"""What a note sets in motion: promises become tasks, marks become ratings, a change reaches the authority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import rules
from samspil.contexts.notes.enums import SegmentKind
from samspil.contexts.notes.models import Segment
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.workdays import add_workdays

_LONGEST_TASK = 400


def follow(
    actor: Actor, at: dt.datetime, case: cases.Case, rows: Sequence[Segment], voices: Mapping[UUID, str]
) -> None:
    """Carry out what the segments of one note mean, in the caller's transaction.

    What is hidden from the citizen stays so: its task is hidden too, and its rating is a number without words.
    `voices` has the side that spoke, for ratings that are not the writer's own.
    """
    agreements = [row for row in rows if row.kind == SegmentKind.AGREEMENT]
    if agreements:
        people = cases.people_of_case(actor, case.id)
        for row in agreements:
            _promise(actor, at, case, row, people)
    ratings = [
        goals.NewRating(row.goal_id, row.value, _open_words(row), side=voices.get(row.id), source_id=row.id)
        for row in rows
        if row.kind == SegmentKind.GOAL_STATUS and row.goal_id is not None and row.value is not None
    ]
    if ratings:
        goals.rate_goals(actor=actor, at=at, case_id=case.id, ratings=ratings)
    if actor.side == Side.PROVIDER:
        for row in rows:
            if row.kind == SegmentKind.CHANGE:
                _tell_authority(actor, at, case, row)


def _open_words(row: Segment) -> str:
    return "" if row.hidden_reason else row.text[:_LONGEST_TASK]


def take_back(actor: Actor, at: dt.datetime, source_ids: Sequence[UUID]) -> None:
    """Undo what the segments set in motion, because they were corrected or their note was withdrawn."""
    for source in (cases.TaskSource.NOTE, cases.TaskSource.BOARD, cases.TaskSource.CHANGE):
        cases.cancel_tasks_of(actor=actor, at=at, source=source, source_ids=source_ids)
    goals.withdraw_ratings_of(actor=actor, at=at, source_ids=source_ids)


def _promise(
    actor: Actor, at: dt.datetime, case: cases.Case, row: Segment, people: Sequence[cases.PersonOfCase]
) -> None:
    owner = person_named(row.who, people)
    cases.add_task(
        actor=actor,
        at=at,
        case_id=case.id,
        text=row.text[:_LONGEST_TASK],
        owner_name=owner.name if owner else row.who,
        owner_id=owner.user_id if owner else None,
        owner_side=owner.side if owner else Side.NOBODY,
        due_on=row.due_on,
        source=cases.TaskSource.BOARD if row.note.meeting_id else cases.TaskSource.NOTE,
        source_id=row.id,
        is_hidden=bool(row.hidden_reason),
    )


def person_named(who: str, people: Sequence[cases.PersonOfCase]) -> cases.PersonOfCase | None:
    """The one person around the case with that name or first name; None when nobody or several fit."""
    wanted = who.strip().casefold()
    for names in (lambda p: p.name, lambda p: first_name(p.name)):
        found = [person for person in people if names(person).casefold() == wanted]
        if len(found) == 1:
            return found[0]
    return None


def _tell_authority(actor: Actor, at: dt.datetime, case: cases.Case, row: Segment) -> None:
    coordinator = case.coordinator
    text = f"Svar på ændring fra {first_name(actor.name)}: {row.text}"
    cases.add_task(
        actor=actor,
        at=at,
        case_id=case.id,
        text=text if len(text) <= _LONGEST_TASK else text[: _LONGEST_TASK - 1] + "…",
        owner_name=coordinator.name if coordinator else "Kommunen",
        owner_id=coordinator.id if coordinator else None,
        owner_side=Side.AUTHORITY,
        due_on=add_workdays(clock.day_of(at), rules.ANSWER_WORKDAYS),
        source=cases.TaskSource.CHANGE,
        source_id=row.id,
        is_hidden=bool(row.hidden_reason),
    )
