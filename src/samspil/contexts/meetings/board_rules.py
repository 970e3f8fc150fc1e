"""What a change does to a board: pure functions on cards in memory, the same for every device.

The server puts all changes of a meeting in one order. Everything but a text is simple: the last one counts. A text
is merged with what others wrote since the writer last saw the card; where that is not possible the words become a
card of their own beside it, so that nothing anybody typed is lost.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from samspil.contexts.meetings.enums import CardKind, MeetingRefusal
from samspil.contexts.meetings.merging import merge
from samspil.kernel.danish_dates import UnreadableDate, parse_date
from samspil.kernel.ids import new_id
from samspil.kernel.text import TooLong, clean, spoken_name
from samspil.kernel.verdict import Refused

LONGEST_TEXT = 1000
LONGEST_NAME = 120
MOST_CARDS = 300
LEAST_GAP = 1e-6
CLOCKS_DIFFER = dt.timedelta(days=31)


class OpKind(StrEnum):
    ADD = "add"
    TEXT = "text"
    MOVE = "move"
    KIND = "kind"
    AGREE = "agree"
    REMOVE = "remove"
    RESTORE = "restore"
    SCALE = "scale"


class State(StrEnum):
    """What became of a change. `apart`: the words stand on a card of their own."""

    DONE = "done"
    AGAIN = "again"
    APART = "apart"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Op:
    """One change from one device. `id` is the device's own, so that a change sent twice counts once.

    `base_version` or `base_op` says what the writer's text was built on: a version of the card, or the device's own
    earlier change. `after` is the card that this one shall stand below; with `on_top` it stands first, with neither
    last. `said_on` is the device's day, against which "torsdag" is read.
    """

    id: UUID
    kind: OpKind
    card: UUID | None = None
    text: str = ""
    base_version: int | None = None
    base_op: UUID | None = None
    column: str = ""
    after: UUID | None = None
    on_top: bool = False
    card_kind: str = ""
    goal: UUID | None = None
    who: str | None = None
    when: str | None = None
    value: int | None = None
    said_on: dt.date | None = None


@dataclass(slots=True)
class CardState:
    id: UUID
    column: str
    position: float
    kind: str
    text: str
    who: str
    due_on: dt.date | None
    goal_id: UUID | None
    author_name: str
    from_preparation: bool
    version: int
    seq: int
    apart_from: UUID | None
    is_removed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """`card` is where the words stand now; `reason` says why a refused change was refused."""

    op: UUID
    state: State
    card: UUID | None = None
    reason: Enum | None = None


@dataclass(slots=True)
class Board:
    """A meeting's cards while changes are put on them.

    `columns` maps the layout's columns to the kind a new card gets there. `known` holds what earlier changes became
    (by the device's id), `texts` the earlier texts that are needed (by card and version), `people` the full names of
    those at the meeting, where a change names somebody.
    """

    columns: Mapping[str, str]
    has_scale: bool
    seq: int
    cards: dict[UUID, CardState]
    known: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    texts: dict[tuple[UUID, int], str] = field(default_factory=dict)
    foreign: frozenset[UUID] = frozenset()
    goals: frozenset[UUID] = frozenset()
    people: tuple[str, ...] = ()
    added: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    scale: int | None = None
    steps: list[tuple[int, UUID, dict[str, Any]]] = field(default_factory=list)

    def column(self, slug: str) -> list[CardState]:
        found = [card for card in self.cards.values() if card.column == slug and not card.is_removed]
        return sorted(found, key=place)


def place(card: CardState) -> tuple[float, UUID]:
    """Cards are sorted by this within their column, on every device."""
    return card.position, card.id


def put(board: Board, op: Op, *, author: str, today: dt.date) -> Outcome:
    """Put one change on the board, or refuse it and leave the board as it was."""
    if op.id in board.known:
        card = board.known[op.id].get("card")
        return Outcome(op.id, State.AGAIN, UUID(card) if card else None)
    try:
        change = _HANDLERS[op.kind](board, op, author, today)
    except Refused as refusal:
        return Outcome(op.id, State.REFUSED, op.card, refusal.reason)
    board.known[op.id] = change
    board.steps.append((board.seq, op.id, change))
    card = change.get("card")
    state = State.APART if change["kind"] == "apart" else State.DONE
    return Outcome(op.id, state, UUID(card) if card else None)


def _add(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    if op.card is None or op.card in board.foreign or op.column not in board.columns:
        raise Refused(MeetingRefusal.NOT_UNDERSTOOD)
    if op.card in board.cards:
        raise Refused(MeetingRefusal.CARD_ALREADY_THERE)
    text = _text(op.text)
    kind = _kind(op.card_kind or board.columns[op.column])
    who, due_on = _agreed(board, op, "", None, today)
    card = _new_card(board, op.card, op.column, text=text, kind=kind, author=author, after=op.after, on_top=op.on_top)
    card.who, card.due_on = who, due_on
    return _written("add", card, text, column=op.column, card_kind=kind)


def _new_card(
    board: Board,
    card_id: UUID,
    column: str,
    *,
    text: str,
    kind: str,
    author: str,
    after: UUID | None = None,
    on_top: bool = False,
    apart_from: UUID | None = None,
) -> CardState:
    if len(board.cards) >= MOST_CARDS:
        raise Refused(MeetingRefusal.BOARD_FULL)
    board.seq += 1
    card = CardState(
        id=card_id,
        column=column,
        position=_position(board, column, after=after, on_top=on_top),
        kind=kind,
        text=text,
        who="",
        due_on=None,
        goal_id=None,
        author_name=author,
        from_preparation=False,
        version=1,
        seq=board.seq,
        apart_from=apart_from,
        is_removed=False,
    )
    board.cards[card_id] = card
    board.added.add(card_id)
    board.texts[card_id, 1] = text
    return card


def _write(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    card = _card(board, op)
    typed = _text(op.text)
    merged = merge(_base(board, op, card), typed, card.text)
    if merged is None:
        apart = _new_card(
            board, new_id(), card.column, text=typed, kind=card.kind, author=author, after=card.id, apart_from=card.id
        )
        return _written("apart", apart, typed, **{"from": str(card.id)})
    _touch(board, card)
    if merged != card.text:
        card.text = merged
        card.version += 1
        card.is_removed = False  # somebody took it away while these words were on their way
        board.texts[card.id, card.version] = merged
    return _written("text", card, typed)


def _base(board: Board, op: Op, card: CardState) -> str:
    """The text that the writer changed; nothing when it is not known, so that the words are kept beside."""
    if op.base_op is not None and op.base_op in board.known:
        return str(board.known[op.base_op].get("typed", ""))
    if op.base_version is None:
        return ""
    return card.text if op.base_version == card.version else board.texts.get((card.id, op.base_version), "")


def _written(kind: str, card: CardState, typed: str, **more: Any) -> dict[str, Any]:
    change = {"kind": kind, "card": str(card.id), "version": card.version, "typed": typed, **more}
    return change if card.text == typed else change | {"text": card.text}


def text_in(change: Mapping[str, Any]) -> str:
    """The card's text after a written change, as the step log keeps it."""
    return str(change.get("text", change["typed"]))


def _move(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    card = _card(board, op)
    if op.column not in board.columns:
        raise Refused(MeetingRefusal.NOT_UNDERSTOOD)
    _touch(board, card)
    card.column = ""  # it must not be its own neighbour
    card.position = _position(board, op.column, after=op.after, on_top=op.on_top)
    card.column = op.column
    return {"kind": "move", "card": str(card.id), "column": card.column, "position": card.position}


def _position(board: Board, column: str, *, after: UUID | None, on_top: bool) -> float:
    cards = board.column(column)
    above = next((n for n, card in enumerate(cards) if card.id == after), len(cards) - 1)
    if on_top:
        above = -1
    low = cards[above].position if above >= 0 else cards[0].position - 2 if cards else 0.0
    high = cards[above + 1].position if above + 1 < len(cards) else low + 2
    if high - low > LEAST_GAP:
        return (low + high) / 2
    for number, card in enumerate(cards):
        card.position = number + 1.0
        card.seq = board.seq
        board.changed.add(card.id)
    return above + 1.5


def _change_kind(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    card = _card(board, op)
    kind = _kind(op.card_kind)
    if op.goal is not None and (kind != CardKind.GOAL or op.goal not in board.goals):
        raise Refused(MeetingRefusal.NOT_UNDERSTOOD)
    _touch(board, card)
    card.kind, card.goal_id = kind, op.goal
    return {"kind": "kind", "card": str(card.id), "card_kind": kind, "goal": str(op.goal) if op.goal else None}


def _agree(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    card = _card(board, op)
    who, due_on = _agreed(board, op, card.who, card.due_on, today)
    _touch(board, card)
    card.who, card.due_on = who, due_on
    return {"kind": "agree", "card": str(card.id), "who": who, "due_on": due_on and due_on.isoformat()}


def _agreed(board: Board, op: Op, who: str, due_on: dt.date | None, today: dt.date) -> tuple[str, dt.date | None]:
    """Who and when; what is not said stays as it is."""
    if op.who is not None:
        who = _called(op.who, board.people)
    if op.when is not None:
        due_on = _day(op.when, said_on=op.said_on, today=today)
    return who, due_on


def _called(who: str, people: tuple[str, ...]) -> str:
    """The first name of somebody at the meeting where it is enough, since a board stands on a wall; else as written."""
    try:
        name = " ".join(clean(who, LONGEST_NAME).split())
    except TooLong:
        raise Refused(MeetingRefusal.TEXT_TOO_LONG) from None
    meant = [person for person in people if person.casefold() == name.casefold()]
    first = spoken_name(meant[0] if meant else name)
    namesakes = [person for person in people if spoken_name(person).casefold() == first.casefold()]
    return first if meant and len(namesakes) == 1 else name


def _day(written: str, *, said_on: dt.date | None, today: dt.date) -> dt.date | None:
    """The day that was written, read on the day it was written: "i morgen" may arrive the day after."""
    if not written.strip():
        return None
    is_near = said_on is not None and abs(said_on - today) <= CLOCKS_DIFFER
    read_on = said_on if is_near and said_on is not None else today
    try:
        day = parse_date(written, read_on)
    except UnreadableDate as unreadable:
        raise Refused(unreadable.reason) from None
    if day < min(read_on, today):
        raise Refused(MeetingRefusal.IN_THE_PAST)
    return day


def _remove(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    card = _card(board, op)
    _touch(board, card)
    card.is_removed = op.kind == OpKind.REMOVE
    return {"kind": op.kind.value, "card": str(card.id)}


def _answer_scale(board: Board, op: Op, author: str, today: dt.date) -> dict[str, Any]:
    if not board.has_scale or op.value not in range(11):
        raise Refused(MeetingRefusal.NOT_UNDERSTOOD)
    board.seq += 1
    board.scale = op.value
    return {"kind": "scale", "value": op.value}


def _card(board: Board, op: Op) -> CardState:
    if op.card is None or op.card not in board.cards:
        raise Refused(MeetingRefusal.CARD_GONE)
    return board.cards[op.card]


def _touch(board: Board, card: CardState) -> None:
    board.seq += 1
    card.seq = board.seq
    board.changed.add(card.id)


def _text(text: str) -> str:
    try:
        return clean(text, LONGEST_TEXT)
    except TooLong:
        raise Refused(MeetingRefusal.TEXT_TOO_LONG) from None


def _kind(kind: str) -> str:
    if kind not in CardKind.values:
        raise Refused(MeetingRefusal.NOT_UNDERSTOOD)
    return kind


_HANDLERS: dict[OpKind, Callable[[Board, Op, str, dt.date], dict[str, Any]]] = {
    OpKind.ADD: _add,
    OpKind.TEXT: _write,
    OpKind.MOVE: _move,
    OpKind.KIND: _change_kind,
    OpKind.AGREE: _agree,
    OpKind.REMOVE: _remove,
    OpKind.RESTORE: _remove,
    OpKind.SCALE: _answer_scale,
}
