"""Open the board: what the citizen answered at home stands there already."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.meetings import policy, rules, standing
from samspil.contexts.meetings.board_rules import Op, OpKind, put
from samspil.contexts.meetings.commands.board import board_of, lock, save
from samspil.contexts.meetings.enums import CardKind
from samspil.contexts.meetings.models import Meeting, Preparation
from samspil.kernel import clock
from samspil.kernel.ids import new_id

WANTED_KINDS = (CardKind.WISH, CardKind.CITIZEN_WORDS, CardKind.WORKS)
QUESTION_KINDS = (CardKind.QUESTION, CardKind.IDEA, CardKind.WORRY)


@transaction.atomic
def open_meeting(*, actor: Actor, at: dt.datetime, meeting_id: UUID) -> None:
    """Open the board of a meeting. The citizen's answers become cards: what is hoped for is marked as a wish where its
    column does not say so."""
    meeting = lock(actor, meeting_id)
    policy.may_open(actor, status=meeting.status).or_raise()
    meeting.status, meeting.status_since = rules.MEETING.after(meeting.status, "open"), at
    meeting.opened_at = meeting.opened_at or at
    meeting.save(update_fields=["status", "status_since", "opened_at"])
    preparation = Preparation.objects.filter(meeting=meeting, answered_at__isnull=False).first()
    if preparation:
        _lay_out(meeting, preparation, actor=actor, at=at)
    access.record(
        actor=actor,
        at=at,
        kind="meeting.opened",
        case_id=meeting.case_id,
        subject="meeting",
        subject_id=meeting.id,
        municipality=meeting.municipality,
    )


def _lay_out(meeting: Meeting, preparation: Preparation, *, actor: Actor, at: dt.datetime) -> None:
    ops = list(_answers(meeting, preparation))
    board = board_of(meeting, ops)
    citizen = meeting.case.citizen
    author = f"{citizen.first_name} {citizen.last_name}"
    for op in ops:
        outcome = put(board, op, author=author, today=clock.day_of(at))
        if outcome.card in board.cards:
            board.cards[outcome.card].from_preparation = True
    if board.steps:
        save(meeting, board, actor=actor, at=at)


def _answers(meeting: Meeting, preparation: Preparation) -> Iterator[Op]:
    for step in standing.steps():
        if not step.column:
            continue
        answer = preparation.answers.get(step.slug) or {}
        wanted = step.column == "wanted"
        column = _column(meeting, WANTED_KINDS if wanted else QUESTION_KINDS)
        own = [line.strip() for line in answer.get("words", "").splitlines() if line.strip()]
        chosen = standing.lines_of(step, {**answer, "words": ""})
        is_wish_column = any(c["slug"] == column and c["kind"] == CardKind.WISH for c in meeting.layout.columns)
        own_kind = CardKind.CITIZEN_WORDS if is_wish_column else CardKind.WISH
        kinds = (own_kind, CardKind.WISH) if wanted else (CardKind.QUESTION, CardKind.QUESTION)
        for kind, texts in zip(kinds, (own, chosen), strict=True):
            for text in texts:
                yield Op(new_id(), OpKind.ADD, new_id(), text=text, column=column, card_kind=kind)


def _column(meeting: Meeting, kinds: tuple[str, ...]) -> str:
    """The layout's column for these kinds, best kind first; else its first column."""
    columns = meeting.layout.columns
    return next((c["slug"] for kind in kinds for c in columns if c["kind"] == kind), columns[0]["slug"])
