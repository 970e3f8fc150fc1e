"""A card, drawn by a function: a board has many, and each is small."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samspil.web.board.page import CardPage
from samspil.web.components.markup import html

register = template.Library()
NOTHING = mark_safe("")
HIDDEN = mark_safe(" hidden")


@register.simple_block_tag(end_name="end_board_card")
def board_card(content: str, card: CardPage, *, writes: bool) -> SafeString:
    """A card with its kind, its line of who and when, and the link that opens it. The block is its open form.

    The script fills a copy of the same markup, made of a card without id.
    """
    return html(
        '<li class="board-item{}"{} data-kind="{}"><article class="board-card">'
        '<p class="board-card-text" data-text>{}</p>'
        '<p class="board-card-line"><span class="board-kind board-kind-{}" data-chip{}>'
        '<span aria-hidden="true" data-mark>{}</span> <span data-word>{}</span></span>'
        '<span class="board-card-byline" data-byline{}>{}</span>'
        '<span class="board-apart" data-apart{}>{}</span>{}</p></article>{}</li>',
        " is-open" if card.form else "",
        html(' id="kort-{0}" data-card="{0}"', card.id) if card.id else NOTHING,
        card.kind,
        f"“{card.text}”" if card.quoted else card.text,
        card.kind,
        NOTHING if card.chip else HIDDEN,
        card.chip.mark if card.chip else "",
        card.chip.word if card.chip else "",
        NOTHING if card.byline else HIDDEN,
        card.byline,
        NOTHING if card.is_apart else HIDDEN,
        gettext("skrevet samtidig"),
        _open_link(card) if writes else NOTHING,
        content,
    )


def _open_link(card: CardPage) -> SafeString:
    return html(
        '<a class="board-open" href="{}" data-open>{}<span class="sr-only">: <span data-open-text>{}</span></span></a>',
        f"?ret={card.id}#kort-{card.id}" if card.id else "#tavle",
        gettext("Ret"),
        card.text,
    )
