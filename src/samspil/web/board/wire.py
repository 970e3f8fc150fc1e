"""How changes and cards travel between the server and the devices, as JSON."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from samspil.contexts.meetings.api import CardView, Changes, Op, OpKind, Outcome
from samspil.web.shell.language import long_words
from samspil.web.shell.refusal_texts import text_of

MOST_OPS = 200
_TEXTS = ("text", "column", "card_kind")
_MAYBE_TEXTS = ("who", "when")
_IDS = ("card", "base_op", "after", "goal")
_NUMBERS = ("base_version", "value")


class BadChange(ValueError):
    """What was sent is not a change that a device of ours sends."""


def ops_from(body: Any) -> tuple[int, list[Op]]:
    """The step a device has seen, and its changes in order. Raises BadChange."""
    if not isinstance(body, dict) or not isinstance(body.get("ops"), list) or len(body["ops"]) > MOST_OPS:
        raise BadChange("ops")
    return _number(body, "seq") or 0, [op_from(raw) for raw in body["ops"]]


def op_from(raw: Any) -> Op:
    """One change. Raises BadChange."""
    if not isinstance(raw, dict):
        raise BadChange("op")
    try:
        kind = OpKind(str(raw.get("kind")))
    except ValueError as error:
        raise BadChange("kind") from error
    op_id = _id(raw, "op")
    if op_id is None:
        raise BadChange("op")
    fields: dict[str, Any] = {name: _text(raw, name) or "" for name in _TEXTS}
    fields |= {name: _text(raw, name) for name in _MAYBE_TEXTS}
    fields |= {name: _id(raw, name) for name in _IDS}
    fields |= {name: _number(raw, name) for name in _NUMBERS}
    return Op(id=op_id, kind=kind, on_top=raw.get("on_top") is True, said_on=_day(raw, "said_on"), **fields)


def answer(changes: Changes, outcomes: Iterable[Outcome] = ()) -> dict[str, Any]:
    """What a device gets back: everything newer than it has seen, and what became of its own changes."""
    return {
        "seq": changes.seq,
        "status": changes.status,
        "scale": changes.scale,
        "cards": [card_json(card) for card in changes.cards],
        "results": [result_json(outcome) for outcome in outcomes],
    }


def card_json(card: CardView) -> dict[str, Any]:
    return {
        "id": str(card.id),
        "column": card.column,
        "position": card.position,
        "kind": card.kind,
        "text": card.text,
        "who": card.who,
        "due_on": card.due_on and card.due_on.isoformat(),
        "due_words": long_words(card.due_on) if card.due_on else "",
        "author": card.author,
        "version": card.version,
        "seq": card.seq,
        "apart": card.is_apart,
        "prepared": card.from_preparation,
        "removed": card.is_removed,
    }


def result_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "op": str(outcome.op),
        "state": outcome.state.value,
        "card": str(outcome.card) if outcome.card else None,
        "problem": text_of(outcome.reason) if outcome.reason else "",
    }


def _text(raw: dict[str, Any], name: str) -> str | None:
    value = raw.get(name)
    if value is not None and not isinstance(value, str):
        raise BadChange(name)
    return value


def _number(raw: dict[str, Any], name: str) -> int | None:
    value = raw.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31):
        raise BadChange(name)
    return value


def _id(raw: dict[str, Any], name: str) -> UUID | None:
    value = _text(raw, name)
    if value is None:
        return None
    try:
        return UUID(value)
    except ValueError as error:
        raise BadChange(name) from error


def _day(raw: dict[str, Any], name: str) -> dt.date | None:
    value = _text(raw, name)
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise BadChange(name) from error
