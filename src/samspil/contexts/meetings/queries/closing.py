"""What a meeting's board becomes before it is closed, and its picture afterwards."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import QuerySet

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import closing_rules, policy
from samspil.contexts.meetings.enums import CardKind
from samspil.contexts.meetings.models import BoardPicture, Meeting
from samspil.contexts.meetings.picture import (
    Picture,
    PictureCard,
    PictureColumn,
    facts_of,
    heading_of,
    note_of,
    picture_from,
)
from samspil.contexts.meetings.queries.board import (
    BoardView,
    CardView,
    board_for,
    cards_of,
    invited_to,
)
from samspil.kernel.verdict import ALLOWED, Verdict


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One card, and the kind of segment and the text it becomes. `problem` says what is missing."""

    card: CardView
    segment: str
    text: str
    problem: Enum | None


@dataclass(frozen=True, slots=True)
class RunningGoal:
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class ClosingView:
    """The one page before closing. `said` is everything that is neither an agreement nor a goal."""

    board: BoardView
    agreements: tuple[ClosingRow, ...]
    goals: tuple[ClosingRow, ...]
    said: tuple[ClosingRow, ...]
    running_goals: tuple[RunningGoal, ...]
    may_close: Verdict


@dataclass(frozen=True, slots=True)
class PictureView:
    meeting_id: UUID
    case_id: UUID
    citizen_id: UUID
    picture: Picture
    made_at: dt.datetime
    sha256: str
    may_undo: Verdict


def closing_for(actor: Actor, meeting_id: UUID) -> ClosingView:
    """What the board becomes, card by card, with what is missing. Raises like `board_for`."""
    board = board_for(actor, meeting_id)
    plan = goals.goals_for(actor, board.case_id)
    waiting = sum(goal.proposed_by_side == Side.AUTHORITY for goal in plan.proposed)
    room = goals.MOST_GOALS - len(plan.running) - waiting
    states = cards_of(meeting_id)
    shown = [card for column in board.columns for card in column.cards if card.text]
    problems = closing_rules.problems(
        [states[card.id] for card in shown], room_for_goals=room, no_room=goals.GoalRefusal.FOUR_GOALS
    )
    rows = [
        ClosingRow(
            card,
            closing_rules.BECOMES[card.kind].segment,
            closing_rules.text_in_note(states[card.id]),
            problems.get(card.id),
        )
        for card in shown
    ]
    first_problem = next((row.problem for row in rows if row.problem), None)
    return ClosingView(
        board=board,
        agreements=tuple(row for row in rows if row.card.kind == CardKind.AGREEMENT),
        goals=tuple(row for row in rows if row.card.kind == CardKind.GOAL),
        said=tuple(row for row in rows if row.card.kind not in {CardKind.AGREEMENT, CardKind.GOAL}),
        running_goals=tuple(RunningGoal(goal.id, goal.title) for goal in plan.running + plan.proposed),
        may_close=board.may_close & (Verdict(first_problem) if first_problem else ALLOWED),
    )


def picture_of(meeting: Meeting, board: BoardView, *, today: dt.date) -> Picture:
    """The board as it stands, in words that will not change."""

    def pictured(card: CardView, column_kind: str) -> PictureCard:
        note = note_of(
            kind=card.kind,
            column_kind=column_kind,
            who=card.who,
            due_on=card.due_on,
            author=card.author,
            today=today,
        )
        return PictureCard(card.text, card.kind, card.kind == CardKind.CITIZEN_WORDS, note)

    columns = tuple(
        PictureColumn(
            column.title, column.tone, tuple(pictured(card, column.kind) for card in column.cards if card.text)
        )
        for column in board.columns
    )
    scale = (
        closing_rules.scale_in_note(board.scale_question, board.scale, board.scale_before)
        if board.scale is not None
        else ""
    )
    authority = access.Organisation.objects.filter(municipality_code=meeting.municipality).values_list("name").first()
    return Picture(
        heading=heading_of(board.citizen_first_name),
        facts=facts_of(meeting.opened_at or meeting.starts_at, board.names),
        sender=authority[0] if authority else "",
        columns=columns,
        scale=scale,
        agreements=tuple(card for column in columns for card in column.cards if card.kind == CardKind.AGREEMENT),
    )


def picture_for(actor: Actor, meeting_id: UUID, *, now: dt.datetime) -> PictureView:
    """The picture that everybody at the meeting got. Raises Meeting.DoesNotExist or BoardPicture.DoesNotExist for
    those who have no part in it, Refused for those who see the case but were not asked to the meeting."""
    meeting = Meeting.objects.visible_to(actor).select_related("case").get(id=meeting_id)
    policy.may_join(actor, invited=invited_to(meeting_id)).or_raise()
    row = _newest(meeting_id).defer("pdf").get()
    return PictureView(
        meeting_id=meeting.id,
        case_id=meeting.case_id,
        citizen_id=meeting.case.citizen_id,
        picture=picture_from(row.content),
        made_at=row.made_at,
        sha256=row.sha256,
        may_undo=policy.may_undo(actor, status=meeting.status, closed_at=meeting.closed_at, now=now),
    )


def picture_pdf(actor: Actor, meeting_id: UUID) -> bytes:
    """The frozen bytes. Raises like `picture_for`."""
    Meeting.objects.visible_to(actor).only("id").get(id=meeting_id)
    policy.may_join(actor, invited=invited_to(meeting_id)).or_raise()
    return bytes(_newest(meeting_id).only("pdf").get().pdf)


def _newest(meeting_id: UUID) -> "QuerySet[BoardPicture]":
    """At most one, since taking a closing back withdraws its picture."""
    return BoardPicture.objects.filter(meeting_id=meeting_id, withdrawn_at__isnull=True)
