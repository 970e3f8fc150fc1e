"""Write on the board: many devices at once, in one order, each change counted once."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.goals import api as goals
from samspil.contexts.meetings import policy
from samspil.contexts.meetings.board_rules import Board, CardState, Op, OpKind, Outcome, put, text_in
from samspil.contexts.meetings.models import Attendee, BoardStep, Card, Meeting, ScaleAnswer
from samspil.contexts.meetings.queries.board import cards_of, invited_to
from samspil.kernel import clock
from samspil.kernel.verdict import Verdict

CHANNEL = "samspil_board"


@transaction.atomic
def apply_board_ops(*, actor: Actor, at: dt.datetime, meeting_id: UUID, ops: Sequence[Op]) -> tuple[Outcome, ...]:
    """Put changes on an open board in the order given; a change that cannot be made is refused, the others stand.

    The meeting's row is locked, so that all devices' changes come in one order. Every listener of the database
    channel hears the meeting's id and how far its board has come, once this is committed. The step log is the
    audit: who, when and what. Raises Meeting.DoesNotExist, and Refused when the board is not open or not the actor's.
    """
    meeting = lock(actor, meeting_id)
    (may_join(actor, meeting_id) & policy.is_open(meeting.status)).or_raise()
    board = board_of(meeting, ops)
    author = actor.name
    outcomes = tuple(put(board, op, author=author, today=clock.day_of(at)) for op in ops)
    if board.steps:
        save(meeting, board, actor=actor, at=at)
    return outcomes


def lock(actor: Actor, meeting_id: UUID) -> Meeting:
    """The meeting with its layout; its board stands still until the transaction ends."""
    rows = Meeting.objects.visible_to(actor).select_related("layout", "case__citizen")
    return rows.select_for_update(of=("self",)).get(id=meeting_id)


def may_join(actor: Actor, meeting_id: UUID) -> Verdict:
    if actor.side in {Side.CITIZEN, Side.AUTHORITY}:
        return actor.may(Capability.MEETING_JOIN)
    return policy.may_join(actor, invited=invited_to(meeting_id))


def announce(meeting_id: UUID, seq: int) -> None:
    """Tell every process that the board has come this far; sent by the database when the transaction is committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{meeting_id} {seq}"])


def board_of(meeting: Meeting, ops: Sequence[Op]) -> Board:
    """The locked meeting's board with what is needed to put these changes on it."""
    asked = {op.id for op in ops} | {op.base_op for op in ops if op.base_op}
    known = dict(BoardStep.objects.filter(meeting=meeting, op__in=asked).values_list("op", "change"))
    new = {op.card for op in ops if op.kind == OpKind.ADD and op.card}
    foreign = Card.objects.filter(id__in=new).filter(~Q(meeting=meeting)) if new else Card.objects.none()
    wanted_goals = {op.goal for op in ops if op.goal}
    own_goals = goals.Goal.objects.filter(case_id=meeting.case_id, id__in=wanted_goals) if wanted_goals else None
    cards = cards_of(meeting.id)
    return Board(
        columns={column["slug"]: column["kind"] for column in meeting.layout.columns},
        has_scale=bool(meeting.layout.scale_question),
        seq=meeting.board_seq,
        cards=cards,
        known=known,
        texts=_earlier_texts(meeting, ops, cards),
        foreign=frozenset(foreign.values_list("id", flat=True)),
        people=people_at(meeting) if any(op.who for op in ops) else (),
        goals=frozenset(own_goals.values_list("id", flat=True)) if own_goals is not None else frozenset(),
    )


def people_at(meeting: Meeting) -> tuple[str, ...]:
    """The citizen's full name and those of all who are asked to come."""
    citizen = meeting.case.citizen
    asked = Attendee.objects.filter(meeting=meeting).order_by("side", "name").values_list("name", flat=True)
    return tuple(dict.fromkeys([f"{citizen.first_name} {citizen.last_name}", *asked]))


def _earlier_texts(meeting: Meeting, ops: Sequence[Op], cards: dict[UUID, CardState]) -> dict[tuple[UUID, int], str]:
    """The texts that writers built on where somebody else has written since."""
    behind = {
        (op.card, op.base_version)
        for op in ops
        if op.kind == OpKind.TEXT
        and op.card in cards
        and op.base_version is not None
        and op.base_version < cards[op.card].version
    }
    if not behind:
        return {}
    steps = BoardStep.objects.filter(
        meeting=meeting,
        change__card__in=[str(card) for card, _ in behind],
        change__version__in=[version for _, version in behind],
    )
    changes = steps.values_list("change", flat=True)
    return {(UUID(change["card"]), change["version"]): text_in(change) for change in changes}


def save(meeting: Meeting, board: Board, *, actor: Actor, at: dt.datetime) -> None:
    """Write what `put` changed, number it, and announce it."""
    fresh = [board.cards[card_id] for card_id in board.added]
    Card.objects.bulk_create(
        Card(id=card.id, municipality=meeting.municipality, meeting=meeting, **_fields(card, at)) for card in fresh
    )
    for card_id in board.changed - board.added:
        Card.objects.filter(id=card_id).update(**_fields(board.cards[card_id], at))
    if board.scale is not None:
        ScaleAnswer.objects.create(
            municipality=meeting.municipality,
            meeting=meeting,
            question=meeting.layout.scale_question,
            value=board.scale,
            at=at,
        )
    BoardStep.objects.bulk_create(
        BoardStep(
            municipality=meeting.municipality,
            meeting=meeting,
            seq=seq,
            op=op,
            at=at,
            user_id=actor.user_id,
            change=change,
        )
        for seq, op, change in board.steps
    )
    Meeting.objects.filter(id=meeting.id).update(board_seq=board.seq)
    announce(meeting.id, board.seq)


def _fields(card: CardState, at: dt.datetime) -> dict[str, object]:
    return {
        "column": card.column,
        "position": card.position,
        "kind": card.kind,
        "text": card.text,
        "who": card.who,
        "due_on": card.due_on,
        "goal_id": card.goal_id,
        "author_name": card.author_name,
        "from_preparation": card.from_preparation,
        "version": card.version,
        "seq": card.seq,
        "apart_from": card.apart_from,
        "removed_at": at if card.is_removed else None,
    }
