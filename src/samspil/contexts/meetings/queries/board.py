"""The board as it stands: for those at the meeting, and what is newer than a device has seen."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.citizens import api as citizens
from samspil.contexts.meetings import policy
from samspil.contexts.meetings.board_rules import Board, CardState, place
from samspil.contexts.meetings.models import Attendee, Card, Meeting, ScaleAnswer
from samspil.kernel.text import first_name, spoken_name
from samspil.kernel.verdict import Verdict

_FIELDS = (
    "id", "column", "position", "kind", "text", "who", "due_on", "goal_id", "author_name", "from_preparation",
    "version", "seq", "apart_from", "is_removed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as every device shows it. Names are first names: a board stands on a wall."""

    id: UUID
    column: str
    position: float
    kind: str
    text: str
    who: str
    due_on: dt.date | None
    goal_id: UUID | None
    author: str
    from_preparation: bool
    version: int
    seq: int
    is_apart: bool
    is_removed: bool


@dataclass(frozen=True, slots=True)
class ColumnView:
    slug: str
    title: str
    prompt: str
    kind: str
    tone: str
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class BoardView:
    """A meeting's board. `people` are the full names an agreement may be given to, `names` those who are there."""

    meeting_id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_first_name: str
    municipality: int
    status: str
    purpose: str
    starts_at: dt.datetime
    closed_at: dt.datetime | None
    names: tuple[str, ...]
    people: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    scale_question: str
    scale: int | None
    scale_before: int | None
    seq: int
    may_open: Verdict
    may_write: Verdict
    may_close: Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """What a device has not seen yet. `seq` is what it has seen once it has this."""

    seq: int
    status: str
    scale: int | None
    cards: tuple[CardView, ...]


def board_for(actor: Actor, meeting_id: UUID) -> BoardView:
    """The board for somebody at the meeting.

    Raises Meeting.DoesNotExist for those who have no part in the case, Refused for those who are not asked to it.
    """
    meeting = _with_layout.get(actor, meeting_id)
    return board_of_meeting(actor, meeting)


def board_of_meeting(actor: Actor, meeting: Meeting) -> BoardView:
    """The board of a meeting that is at hand with its layout, case and citizen. Raises Refused."""
    asked = _asked(meeting.id)
    policy.may_join(actor, invited={user_id for user_id, _ in asked}).or_raise()
    citizen = meeting.case.citizen
    people = tuple(dict.fromkeys([f"{citizen.first_name} {citizen.last_name}", *(name for _, name in asked)]))
    scale, before = _scales(meeting)
    return BoardView(
        meeting_id=meeting.id,
        case_id=meeting.case_id,
        citizen_id=citizen.id,
        citizen_first_name=citizen.first_name,
        municipality=meeting.municipality,
        status=meeting.status,
        purpose=meeting.purpose,
        starts_at=meeting.starts_at,
        closed_at=meeting.closed_at,
        names=tuple(dict.fromkeys(spoken_name(name) for name in people)),
        people=people,
        columns=columns_of(meeting, cards_of(meeting.id)),
        scale_question=meeting.layout.scale_question,
        scale=scale,
        scale_before=before,
        seq=meeting.board_seq,
        may_open=policy.may_open(actor, status=meeting.status),
        may_write=policy.is_open(meeting.status),
        may_close=policy.may_close(actor, status=meeting.status),
    )


def changes_since(actor: Actor, meeting_id: UUID, after: int) -> Changes:
    """What is newer than `after`, removed cards too, as they stand now. Two queries, however long the device was away.

    Raises Meeting.DoesNotExist for those who have no part in the case.
    """
    seq, status, scale = _standing.get(actor, meeting_id)
    newer = Card.objects.filter(meeting_id=meeting_id, seq__gt=after) if seq > after else Card.objects.none()
    return Changes(seq, status, scale, tuple(view_of(CardState(*row)) for row in _states(newer)))


@prepared
def _with_layout(actor: Actor, meeting_id: UUID) -> "QuerySet[Meeting]":
    return Meeting.objects.visible_to(actor).filter(id=meeting_id).select_related("layout", "case__citizen")


@prepared
def _asked(meeting_id: UUID) -> "QuerySet[Attendee, tuple[Any, ...]]":
    return Attendee.objects.filter(meeting_id=meeting_id).order_by("side", "name").values_list("user_id", "name")


@prepared
def _standing(actor: Actor, meeting_id: UUID) -> "QuerySet[Meeting, tuple[Any, ...]]":
    rows = Meeting.objects.visible_to(actor).filter(id=meeting_id).annotate(scale=_newest_scale())
    return rows.values_list("board_seq", "status", "scale")


def may_join_board(actor: Actor, meeting_id: UUID) -> Verdict:
    """Whether somebody who sees the meeting is asked to it. Raises Meeting.DoesNotExist."""
    Meeting.objects.visible_to(actor).only("id").get(id=meeting_id)
    return policy.may_join(actor, invited=invited_to(meeting_id))


def boards_open_to(actor: Actor, meeting_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the meetings that one sees whose board, and its picture, one gets. At most one query."""
    let_in = citizens.may(actor, citizens.Scope.MEETINGS) & policy.may_join(actor, invited=[actor.user_id])
    if not meeting_ids or actor.user_id is None or not let_in:
        return frozenset()
    if policy.may_join(actor, invited=[]):
        return frozenset(meeting_ids)
    return frozenset(_invitations(actor.user_id, frozenset(meeting_ids)))


@prepared
def _invitations(user_id: UUID, meeting_ids: frozenset[UUID]) -> "QuerySet[Attendee, UUID]":
    return Attendee.objects.filter(user_id=user_id, meeting_id__one_of=meeting_ids).values_list("meeting_id", flat=True)


def invited_to(meeting_id: UUID) -> set[UUID | None]:
    return set(Attendee.objects.filter(meeting_id=meeting_id).values_list("user_id", flat=True))


def cards_of(meeting_id: UUID) -> dict[UUID, CardState]:
    """All cards of a meeting, removed ones too."""
    return {row[0]: CardState(*row) for row in _cards(meeting_id)}


@prepared
def _cards(meeting_id: UUID) -> "QuerySet[Card, tuple[Any, ...]]":
    return _states(Card.objects.filter(meeting_id=meeting_id))


def _states(rows: "QuerySet[Card]") -> "QuerySet[Card, tuple[Any, ...]]":
    return rows.annotate(is_removed=Q(removed_at__isnull=False)).values_list(*_FIELDS)


def columns_of(meeting: Meeting, cards: dict[UUID, CardState]) -> tuple[ColumnView, ...]:
    """The layout's columns with their cards. A card whose column the layout lost stands in the first."""
    layout = meeting.layout.columns
    board = Board({column["slug"]: column["kind"] for column in layout}, False, 0, cards)
    homeless = [card for card in cards.values() if card.column not in board.columns and not card.is_removed]
    return tuple(
        ColumnView(
            slug=column["slug"],
            title=column["title"],
            prompt=column.get("prompt", ""),
            kind=column["kind"],
            tone=column.get("tone", "next"),
            cards=tuple(
                view_of(card) for card in sorted(board.column(column["slug"]) + ([] if number else homeless), key=place)
            ),
        )
        for number, column in enumerate(layout)
    )


def view_of(card: CardState) -> CardView:
    return CardView(
        id=card.id,
        column=card.column,
        position=card.position,
        kind=card.kind,
        text=card.text,
        who=card.who,
        due_on=card.due_on,
        goal_id=card.goal_id,
        author=first_name(card.author_name),
        from_preparation=card.from_preparation,
        version=card.version,
        seq=card.seq,
        is_apart=card.apart_from is not None,
        is_removed=card.is_removed,
    )


@prepared
def _answers(case_id: UUID, question: str) -> "QuerySet[ScaleAnswer, tuple[Any, ...]]":
    answers = ScaleAnswer.objects.filter(meeting__case_id=case_id, question=question)
    newest = answers.order_by("meeting_id", "-at", "-id").distinct("meeting_id")
    return newest.values_list("meeting_id", "value", "meeting__starts_at")


def _newest_scale() -> Subquery:
    return Subquery(ScaleAnswer.objects.filter(meeting=OuterRef("pk")).order_by("-at", "-id").values("value")[:1])


def _scales(meeting: Meeting) -> tuple[int | None, int | None]:
    """Today's answer, and the last one to the same question at an earlier meeting. One query."""
    found = _answers(meeting.case_id, meeting.layout.scale_question)
    today = next((value for meeting_id, value, _ in found if meeting_id == meeting.id), None)
    earlier = [(starts_at, value) for _, value, starts_at in found if starts_at < meeting.starts_at]
    return today, max(earlier)[1] if earlier else None
