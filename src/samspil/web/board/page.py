"""The board's page as its template needs it."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.meetings.api import BoardView, CardKind, CardView, Changes, ColumnView
from samspil.kernel.text import and_list, first_name, possessive, spoken_name
from samspil.web.board import wire
from samspil.web.board.forms import CardForm, when_words
from samspil.web.board.kinds import Kind, kinds, shown_kind
from samspil.web.board.memory import memory_key
from samspil.web.board.ticket import ticket_for
from samspil.web.shell.language import language


@dataclass(frozen=True, slots=True)
class CardPage:
    id: UUID | None
    text: str
    kind: str
    quoted: bool
    chip: Kind | None
    byline: str
    is_apart: bool
    form: CardForm | None


@dataclass(frozen=True, slots=True)
class ColumnPage:
    slug: str
    title: str
    prompt: str
    kind: str
    tone: str
    number: int
    cards: tuple[CardPage, ...]
    form: CardForm | None


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`script`, `ticket` and the blank ones are for the script; `removed` is a card that can be brought back."""

    meeting_id: UUID
    heading: str
    names: str
    columns: tuple[ColumnPage, ...]
    people: tuple[str, ...]
    kinds: tuple[Kind, ...]
    scale_question: str
    scale: int | None
    scale_before: int | None
    may_write: bool
    may_close: bool
    back_url: str
    removed: UUID | None
    author: str
    ticket: str
    memory: str
    script: dict[str, Any]
    blank_card: CardPage
    blank_form: CardForm
    numbers: range = range(11)


def page_of(request: HttpRequest, actor: Actor, board: BoardView, form: CardForm | None = None) -> BoardPage:
    """The page; `form` is one that was sent and could not be carried out, shown open where it belongs."""
    may_write = bool(board.may_write)
    return BoardPage(
        meeting_id=board.meeting_id,
        heading=heading_of(board),
        names=names_of(board),
        columns=tuple(
            _column(request, number, column, form if may_write else None)
            for number, column in enumerate(board.columns, 1)
        ),
        people=short_names(board.people),
        kinds=kinds(),
        scale_question=board.scale_question,
        scale=board.scale,
        scale_before=board.scale_before,
        may_write=may_write,
        may_close=bool(board.may_close),
        back_url=reverse("meetings:meeting", args=[board.meeting_id]),
        removed=_uuid(request.GET.get("fjernet")),
        author=first_name(actor.name),
        ticket=ticket_for(actor, board.meeting_id),
        memory=memory_key(actor, board.meeting_id) if may_write else "",
        script={"state": _state(board), "kinds": [asdict(kind) for kind in kinds()]},
        blank_card=BLANK,
        blank_form=CardForm(),
    )


BLANK = CardPage(id=None, text="", kind="", quoted=False, chip=None, byline="", is_apart=False, form=None)


def _state(board: BoardView) -> dict[str, Any]:
    cards = tuple(card for column in board.columns for card in column.cards)
    return wire.answer(Changes(board.seq, board.status, board.scale, cards))


def heading_of(board: BoardView) -> str:
    if language() == "en":
        return f"{board.citizen_first_name}’s board"
    return f"{possessive(board.citizen_first_name)} tavle"


def names_of(board: BoardView) -> str:
    return _("%(names)s er med") % {"names": and_list(board.names, language())}


def short_names(people: tuple[str, ...]) -> tuple[str, ...]:
    """First names, and full names where two people share one."""
    first = [spoken_name(name) for name in people]
    return tuple(short if first.count(short) == 1 else full for short, full in zip(first, people, strict=True))


def _column(request: HttpRequest, number: int, column: ColumnView, sent: CardForm | None) -> ColumnPage:
    wanted = _uuid(request.GET.get("ret"))
    form = None
    if sent is not None and not sent.data.get("card") and sent.data.get("column") == column.slug:
        form = sent
    elif request.GET.get("nyt") == column.slug:
        form = CardForm(initial={"column": column.slug, "kind": column.kind})
    return ColumnPage(
        slug=column.slug,
        title=column.title,
        prompt=column.prompt,
        kind=column.kind,
        tone=column.tone,
        number=number,
        cards=tuple(_card(card, column.kind, wanted, sent) for card in column.cards),
        form=form,
    )


def _card(card: CardView, column_kind: str, wanted: UUID | None, sent: CardForm | None) -> CardPage:
    form = None
    if sent is not None and sent.data.get("card") == str(card.id):
        form = sent
    elif card.id == wanted:
        form = CardForm(
            initial={
                "card": card.id,
                "version": card.version,
                "text": card.text,
                "kind": card.kind,
                "who": card.who,
                "when": when_words(card),
            }
        )
    return CardPage(
        id=card.id,
        text=card.text,
        kind=card.kind,
        quoted=card.kind == CardKind.CITIZEN_WORDS,
        chip=shown_kind(card.kind, column_kind),
        byline=byline_of(card),
        is_apart=card.is_apart,
        form=form,
    )


def byline_of(card: CardView) -> str:
    """Who and when for an agreement, nothing for the citizen's words, else who wrote it."""
    if card.kind == CardKind.AGREEMENT:
        said = [card.who, when_words(card)]
        return " · ".join(filter(None, said)) or _("Hvem? Hvornår?")
    return "" if card.kind == CardKind.CITIZEN_WORDS else card.author


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
