"""A device at a board, as the page's script behaves: it types, queues, sends, and catches up after a silence."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

Exchange = Callable[[list[dict[str, Any]], int], dict[str, Any]]


class Lost(Exception):
    """The line broke; nobody knows whether the change arrived."""


@dataclass
class Device:
    """`local` holds texts that this person typed and that are not yet answered for; `cards` what the server said."""

    exchange: Exchange
    seq: int = 0
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)
    base: dict[str, dict[str, Any]] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)

    def add(self, column: str, text: str, **more: Any) -> str:
        card = str(uuid4())
        self._queue("add", card=card, column=column, text=text, **more)
        self.local[card] = text
        return card

    def type(self, card: str, text: str) -> None:
        self.local[card] = text
        for op in self.waiting:
            if op["card"] == card and op["kind"] in {"add", "text"}:
                op["text"] = text
                return
        if card not in self.base:
            self.base[card] = {"base_version": self.cards[card]["version"]}
        self._queue("text", card=card, text=text, **self.base[card])

    def do(self, kind: str, card: str | None = None, **more: Any) -> None:
        self._queue(kind, card=card, **more)

    def text(self, card: str) -> str:
        return self.local.get(card, self.cards.get(card, {}).get("text", ""))

    def _queue(self, kind: str, **fields: Any) -> None:
        self.waiting.append({"op": str(uuid4()), "kind": kind, **fields})

    def sync(self) -> None:
        """Send what waits, the same again when the last answer was lost. Raises Lost."""
        if not self.sent:
            self.sent, self.waiting = self.waiting, []
            for op in self.sent:
                if op["kind"] in {"add", "text"}:
                    self.base[op["card"]] = {"base_op": op["op"]}
        answer = self.exchange(self.sent, self.seq)
        done, self.sent = self.sent, []
        for op, result in zip(done, answer["results"], strict=True):
            if result["state"] == "apart" or (op["kind"] == "text" and result["card"] not in {op["card"], None}):
                self._follow(op["card"], result["card"], op["op"])
        self.seq = max(self.seq, answer["seq"])
        for card in answer["cards"]:
            if card["seq"] > self.cards.get(card["id"], {"seq": 0})["seq"]:
                self.cards[card["id"]] = card
        busy = {op["card"] for op in self.waiting if op["kind"] in {"add", "text"}}
        for card in list(self.local):
            if card not in busy and card in self.cards:
                del self.local[card]
                self.base.pop(card, None)

    def _follow(self, old: str, new: str, op: str) -> None:
        """These words stand on a card of their own now; what was typed meanwhile belongs there."""
        if old in self.local:
            self.local[new] = self.local.pop(old)
        self.base.pop(old, None)
        self.base[new] = {"base_op": op}
        for waiting in self.waiting:
            if waiting["card"] == old and waiting["kind"] == "text":
                waiting.update(card=new, base_op=op)
                waiting.pop("base_version", None)

    def shown(self) -> list[tuple[Any, ...]]:
        """The board as this person sees it."""
        live = [card for card in self.cards.values() if not card["removed"]]
        live.sort(key=lambda card: (card["column"], card["position"], card["id"]))
        return [(c["column"], c["id"], c["kind"], c["text"], c["who"], c["due_on"]) for c in live]
