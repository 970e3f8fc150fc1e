"""Close a meeting: the board becomes note, tasks, goals, plan and picture, all or nothing. And take it back."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import closing_rules, policy, rules
from samspil.contexts.meetings.board_rules import CardState
from samspil.contexts.meetings.commands.board import announce, lock
from samspil.contexts.meetings.enums import CardKind, MeetingKind
from samspil.contexts.meetings.models import Attendee, BoardPicture, Card, Meeting
from samspil.contexts.meetings.picture import draw, in_danish
from samspil.contexts.meetings.queries.board import BoardView, board_of_meeting, cards_of
from samspil.contexts.meetings.queries.closing import picture_of
from samspil.contexts.notes import api as notes


@transaction.atomic
def close_meeting(*, actor: Actor, at: dt.datetime, meeting_id: UUID) -> None:
    """Close an open meeting: in one transaction the board becomes a note with a segment per card, agreements become
    tasks, goal cards goals, the plan gets a new version, and the board's picture is frozen as PDF.

    Refused while an agreement lacks a person or a day, and for a fourth goal. Everything can be taken back with
    `undo_close` for 24 hours.
    """
    meeting = lock(actor, meeting_id)
    policy.may_close(actor, status=meeting.status).or_raise()
    board = board_of_meeting(actor, meeting)
    order = {card.id: n for n, card in enumerate(card for column in board.columns for card in column.cards)}
    live = [card for card in cards_of(meeting.id).values() if card.id in order and card.text]
    live.sort(key=lambda card: order[card.id])
    for card in live:
        closing_rules.is_whole(card).or_raise()
    made = _goals(actor, at, meeting, live)
    made["note"] = _note(actor, at, meeting, board, live)
    made["plan"] = str(goals.make_plan_version(actor=actor, at=at, case_id=meeting.case_id, meeting_id=meeting.id))
    made["picture"] = _picture(at, meeting, board)
    _move(meeting, "close", at, closed_at=at, made=made)
    _record(actor, at, "meeting.closed", meeting, cards=len(live))


def _goals(actor: Actor, at: dt.datetime, meeting: Meeting, cards: list[CardState]) -> dict[str, Any]:
    """New goals and new words for old ones; what they were before is kept for the undo."""
    new: list[str] = []
    changed: list[dict[str, str]] = []
    for card in cards:
        if card.kind != CardKind.GOAL:
            continue
        title = closing_rules.goal_title(card.text)
        if card.goal_id is None:
            card.goal_id = goals.add_goal(
                actor=actor, at=at, case_id=meeting.case_id, title=title, citizen_words=card.text
            )
            new.append(str(card.goal_id))
        else:
            before = goals.Goal.objects.only("title", "citizen_words").get(id=card.goal_id)
            was = {"title": before.title, "citizen_words": before.citizen_words}
            changed.append({"id": str(card.goal_id), "became": title, **was})
            goals.change_goal(actor=actor, at=at, goal_id=card.goal_id, title=title, citizen_words=card.text)
        Card.objects.filter(id=card.id).update(goal_id=card.goal_id)
    return {"goals": new, "changed": changed}


def _note(actor: Actor, at: dt.datetime, meeting: Meeting, board: BoardView, cards: list[CardState]) -> str | None:
    """The note; its agreements become tasks. None when nothing was said that could stand in a note."""
    pieces = list(_pieces(board, cards))
    if not pieces:
        return None
    provider_was_there = Attendee.objects.filter(meeting=meeting, side=Side.PROVIDER).exists()
    note_id = notes.write_note(
        actor=actor,
        at=at,
        case_id=meeting.case_id,
        kind=notes.NoteKind.MEETING,
        title=in_danish(MeetingKind(meeting.kind).label),
        happened_at=meeting.opened_at or meeting.starts_at,
        pieces=pieces,
        meeting_id=meeting.id,
        for_provider=provider_was_there,
    )
    return str(note_id)


def _pieces(board: BoardView, cards: list[CardState]) -> Iterator[notes.NewSegment]:
    for card in cards:
        yield notes.NewSegment(
            kind=closing_rules.BECOMES[card.kind].segment,
            text=closing_rules.text_in_note(card),
            goal_id=card.goal_id if card.kind == CardKind.GOAL else None,
            who=card.who,
            due_on=card.due_on,
            source_card=card.id,
        )
    if board.scale is not None:
        said = closing_rules.scale_in_note(board.scale_question, board.scale, board.scale_before)
        yield notes.NewSegment(kind="observation", text=said)


def _picture(at: dt.datetime, meeting: Meeting, board: BoardView) -> str:
    picture = picture_of(meeting, board, today=at.date())
    pdf = draw(picture, at=at)
    row = BoardPicture.objects.create(
        municipality=meeting.municipality,
        meeting=meeting,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        content=picture.as_json(),
        made_at=at,
    )
    return str(row.id)


@transaction.atomic
def undo_close(*, actor: Actor, at: dt.datetime, meeting_id: UUID) -> None:
    """Open the board again and take back what the closing made: note, tasks, goals, plan version and picture.

    Refused later than 24 hours after the closing. A goal that got other words since keeps them.
    """
    meeting = lock(actor, meeting_id)
    policy.may_undo(actor, status=meeting.status, closed_at=meeting.closed_at, now=at).or_raise()
    made = meeting.made
    if made.get("note") and notes.Note.objects.filter(id=made["note"], withdrawn_at__isnull=True).exists():
        notes.withdraw_note(actor=actor, at=at, note_id=UUID(made["note"]))
    _take_goals_back(actor, at, made)
    if made.get("plan") and goals.PlanVersion.objects.filter(id=made["plan"], withdrawn_at__isnull=True).exists():
        goals.withdraw_plan_version(actor=actor, at=at, plan_id=UUID(made["plan"]))
    BoardPicture.objects.filter(meeting=meeting, withdrawn_at__isnull=True).update(withdrawn_at=at)
    _move(meeting, "undo", at, closed_at=None, made={})
    _record(actor, at, "meeting.reopened", meeting)


def _take_goals_back(actor: Actor, at: dt.datetime, made: dict[str, Any]) -> None:
    new = [UUID(goal_id) for goal_id in made.get("goals", ())]
    Card.objects.filter(goal_id__in=new).update(goal_id=None)
    standing = goals.Goal.objects.filter(id__in=new).exclude(status=goals.GoalStatus.ENDED)
    for goal_id in standing.values_list("id", flat=True):
        goals.withdraw_goal(actor=actor, at=at, goal_id=goal_id)
    for was in made.get("changed", ()):
        now = goals.Goal.objects.filter(id=was["id"]).exclude(status="ended").values_list("title", flat=True).first()
        if now == was["became"]:
            goals.change_goal(
                actor=actor,
                at=at,
                goal_id=UUID(was["id"]),
                title=was["title"],
                citizen_words=was["citizen_words"],
            )


def _move(meeting: Meeting, move: str, at: dt.datetime, **changes: Any) -> None:
    """The next status; every device hears of it."""
    seq = meeting.board_seq + 1
    status = rules.MEETING.after(meeting.status, move)
    Meeting.objects.filter(id=meeting.id).update(status=status, status_since=at, board_seq=seq, **changes)
    announce(meeting.id, seq)


def _record(actor: Actor, at: dt.datetime, kind: str, meeting: Meeting, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=meeting.case_id,
        subject="meeting",
        subject_id=meeting.id,
        municipality=meeting.municipality,
        data=data,
    )
