"""The form of one card. It works alone; the script uses the same fields."""

import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.contexts.meetings.api import BoardView, CardKind, CardView, Op, OpKind
from samspil.kernel.ids import new_id
from samspil.web.shell.language import long_words

LONGEST_TEXT = 1000


class CardForm(forms.Form):
    """What a card says, who promised it, and where it goes. `do` is the button that was pressed."""

    form_key = forms.UUIDField(required=False)
    card = forms.UUIDField(required=False)
    column = forms.SlugField(required=False)
    version = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    text = forms.CharField(required=False, max_length=LONGEST_TEXT, label=_("Hvad skal der stå?"), strip=True)
    kind = forms.ChoiceField(required=False, choices=CardKind.choices, label=_("Slags"))
    goal = forms.UUIDField(required=False)
    who = forms.CharField(required=False, max_length=120, label=_("Hvem?"))
    when = forms.CharField(required=False, max_length=60, label=_("Hvornår?"))
    value = forms.IntegerField(required=False, min_value=0, max_value=10)
    do = forms.CharField(required=False, max_length=60)

    def ops(self, board: BoardView) -> list[Op]:
        """The changes that the form means, seen against the board as it stands. Empty when there is nothing to do."""
        given = self.cleaned_data
        key = given["form_key"] or new_id()
        if given["do"] == "scale":
            return [_op(key, OpKind.SCALE, value=given["value"])]
        cards = {card.id: card for column in board.columns for card in column.cards}
        if given["do"] == "restore":
            return [_op(key, OpKind.RESTORE, card=given["card"])]
        if given["card"] is None:
            return self._new(key)
        card = cards.get(given["card"])
        if card is None or given["do"] == "remove":
            kind = OpKind.REMOVE if card else OpKind.TEXT  # words for a card that was taken away bring it back
            return [_op(key, kind, card=given["card"], text=given["text"], base_version=given["version"])]
        return [*self._written(key, card), *_moved(key, card, board, given["do"])]

    def _new(self, key: UUID) -> list[Op]:
        given = self.cleaned_data
        if not given["text"]:
            return []
        said = {name: given[name] for name in ("who", "when") if given[name]}
        new = uuid.uuid5(key, "card")
        return [
            _op(
                key,
                OpKind.ADD,
                card=new,
                column=given["column"],
                text=given["text"],
                card_kind=given["kind"] or "",
                **said,
            )
        ]

    def _written(self, key: UUID, card: CardView) -> list[Op]:
        given = self.cleaned_data
        found = []
        if "text" in self.data and given["text"] != card.text:
            found.append(_op(key, OpKind.TEXT, card=card.id, text=given["text"], base_version=given["version"]))
        if given["kind"] and (given["kind"] != card.kind or given["goal"] != card.goal_id):
            goal = given["goal"] if given["kind"] == CardKind.GOAL else None
            found.append(_op(key, OpKind.KIND, card=card.id, card_kind=given["kind"], goal=goal))
        was = {"who": card.who, "when": when_words(card)}
        agreed: dict[str, Any] = {name: given[name] for name in was if name in self.data and given[name] != was[name]}
        if agreed:
            found.append(_op(key, OpKind.AGREE, card=card.id, **agreed))
        return found


def when_words(card: CardView) -> str:
    """The day as it stands in the field, in words that can be read back."""
    return long_words(card.due_on) if card.due_on else ""


def _moved(key: UUID, card: CardView, board: BoardView, do: str) -> list[Op]:
    """The move that the button means: to another column, or up or down among its own."""
    if do.startswith("to:"):
        return [_op(key, OpKind.MOVE, card=card.id, column=do.removeprefix("to:"))]
    if do not in {"up", "down"}:
        return []
    row = next(column.cards for column in board.columns if card in column.cards)
    at = row.index(card) + (-1 if do == "up" else 1)
    if not 0 <= at < len(row):
        return []
    after = row[at].id if do == "down" else row[at - 1].id if at else None
    return [_op(key, OpKind.MOVE, card=card.id, column=card.column, after=after, on_top=after is None)]


def _op(key: UUID, kind: OpKind, **fields: Any) -> Op:
    """The form's own key makes the change's id, so that the same form sent twice counts once."""
    return Op(id=uuid.uuid5(key, kind.value), kind=kind, **fields)
