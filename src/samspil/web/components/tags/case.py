"""What a case is made of: segments, voices on a goal, whose turn it is, next steps."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from samspil.web.components.markup import html, html_join
from samspil.web.components.shapes import Lane, Step, Voice
from samspil.web.components.tags.actions import NOTHING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

register = template.Library()
SegmentKind = Literal[
    "citizen_words", "observation", "assessment", "agreement", "wish", "resource", "goal_status", "change"
]
SEGMENTS: dict[str, "tuple[str, StrPromise]"] = {
    "citizen_words": ("“", _("Borgerens ord")),
    "observation": ("", _("Observation")),
    "assessment": ("=", _("Vurdering")),
    "agreement": (">", _("Aftale")),
    "wish": ("*", _("Ønske")),
    "resource": ("+", _("Ressource")),
    "goal_status": ("#", _("Målstatus")),
    "change": ("!", _("Ændring")),
}
Pill = Literal["waiting", "running", "done", "paused", "late", "you"]
LATE = mark_safe(' class="is-late"')
_SHAPES: dict[str, str] = {"waiting": "○", "running": "◐", "done": "●", "paused": "‖", "late": "▲", "you": "→"}


@register.simple_tag
def ui_chip(kind: SegmentKind, *, detail: str = "") -> SafeString:
    """Mark, word and colour together; `detail` as in "Aftale · Jonas · 26. nov."."""
    return _chip(kind, get_language() or "") if not detail else _chip_with(kind, detail)


@cache
def _chip(kind: SegmentKind, language: str) -> SafeString:
    """In the language that is active; there are sixteen of them."""
    return _chip_with(kind, "")


def _chip_with(kind: SegmentKind, detail: str) -> SafeString:
    mark, word = SEGMENTS[kind]
    return html(
        '<span class="chip chip-{}">{}{}{}</span>',
        kind,
        html('<span aria-hidden="true">{}</span> ', mark) if mark else NOTHING,
        word,
        html(" · {}", detail) if detail else NOTHING,
    )


@register.simple_block_tag(end_name="end_ui_segment")
def ui_segment(content: str, *, kind: SegmentKind, text: str, hidden_because: str = "") -> SafeString:
    """One sentence of a note. The block says what it became: "Bliver til ændringsmeddelelse"."""
    quoted = kind == "citizen_words" and not text.startswith(("“", '"', "”"))
    return html(
        '<div class="segment">{}<div class="segment-body"><p class="segment-text">{}</p>{}{}</div></div>',
        ui_chip(kind),
        f"“{text}”" if quoted else text,
        html('<p class="segment-hidden">{} {}</p>', gettext("Borgeren kan ikke se dette:"), hidden_because)
        if hidden_because
        else NOTHING,
        content,
    )


@register.simple_tag
def ui_quote(text: str, *, source: str = "") -> SafeString:
    """The citizen's own words, as they were said. `source` as in "Sagt på tavlen den 3. november"."""
    return html(
        '<figure class="quote"><blockquote>“{}”</blockquote>{}</figure>',
        text.strip('“”" '),
        html("<figcaption>{}</figcaption>", source) if source else NOTHING,
    )


@register.simple_tag
def ui_status(label: str, *, kind: Pill) -> SafeString:
    """A state in shape and word; never red."""
    return html(
        '<span class="status status-{}"><span aria-hidden="true">{}</span> {}</span>', kind, _SHAPES[kind], label
    )


@register.simple_tag
def ui_meter(voices: Sequence[Voice], *, unasked: str = "") -> SafeString:
    """Up to three voices on one goal, 0 to 10, side by side and never averaged.

    The first fills the blocks, the second is a frame, the third a dot. The sentence below says the same in words.
    """
    first, second, third = ([v.value for v in voices] + [None, None, None])[:3]
    filled = 0 if first is None else first
    blocks = "".join(_block(n <= filled, n == second, n == third) for n in range(1, 11))
    said = " ".join(
        gettext("%(who)s siger %(value)d.") % {"who": v.who, "value": v.value} for v in voices if v.value is not None
    )
    return html(
        '<div class="meter"><div class="meter-blocks" aria-hidden="true">{}</div><p class="meter-words">{}</p></div>',
        mark_safe(blocks),  # noqa: S308 only words of our own
        said or unasked or gettext("Ingen har svaret endnu."),
    )


def _block(is_filled: bool, is_second: bool, is_third: bool) -> str:
    state = (
        (" is-filled" if is_filled else "") + (" is-second" if is_second else "") + (" is-third" if is_third else "")
    )
    return f'<span class="meter-block{state}"></span>'


@register.simple_tag
def ui_scale(
    name: str,
    legend: str,
    *,
    value: int | None = None,
    last: int | None = None,
    id: object = "",  # noqa: A002
) -> SafeString:
    """0 to 10 as eleven large choices in a fieldset, to be put into a form. Says what the answer was last time.

    Two scales on one page need an `id` each, otherwise a press on the second one counts for the first.
    """
    own = id or name
    choices = ((name, n, own, n, " checked" if n == value else "", own, n, n) for n in range(11))
    return html(
        '<fieldset class="scale"><legend>{}</legend><div class="scale-choices">{}</div>{}</fieldset>',
        legend,
        html_join(
            '<input class="scale-input" type="radio" name="{}" value="{}" id="{}-{}"{}>'
            '<label class="scale-number" for="{}-{}">{}</label>',
            choices,
        ),
        html('<p class="scale-last">{} {}</p>', gettext("Sidst:"), last) if last is not None else NOTHING,
    )


@register.simple_tag
def ui_lanes(lanes: Iterable[Lane]) -> SafeString:
    """ "Hvis tur er det?": a lane per party, the one who moves next in full colour. The words are there for all."""
    return html('<ol class="lanes">{}</ol>', html_join("{}", ((_lane(lane),) for lane in lanes)))


def _lane(lane: Lane) -> SafeString:
    inside = lane.length >= 25
    after = lane.start + lane.length
    x = lane.start + 4 if inside else (after + 3 if after < 70 else lane.start - 3)
    label = (
        html(
            '<text class="{}" x="{}%" y="50%" dominant-baseline="central"{}>{}</text>',
            "lane-label-inside" if inside else "lane-label",
            x,
            NOTHING if inside or after < 70 else html(' text-anchor="{}"', "end"),
            lane.label,
        )
        if lane.label
        else NOTHING
    )
    return html(
        '<li class="lane{}"><span class="lane-who">{}</span>'
        '<svg class="lane-track" role="img" aria-label="{}">'
        '<rect class="lane-bar" x="{}%" width="{}%" height="100%" rx="4"></rect>{}</svg></li>',
        " is-now" if lane.is_now else "",
        lane.who,
        " ".join(filter(None, [gettext("har turen nu") if lane.is_now else gettext("venter"), lane.label])),
        lane.start,
        lane.length,
        label,
    )


@register.simple_tag
def ui_steps(steps: Iterable[Step]) -> SafeString:
    """Next steps as sentences: what, and when in grey. Late ones say so in words."""
    rows = (
        (
            LATE if s.is_late else NOTHING,
            html('<a href="{}">{}</a>', s.url, s.text) if s.url else s.text,
            html(' <span class="step-when">{}</span>', s.when) if s.when else NOTHING,
        )
        for s in steps
    )
    return html('<ul class="next-steps">{}</ul>', html_join("<li{}>{}{}</li>", rows))


@register.simple_block_tag(end_name="end_ui_board_card")
def ui_board_card(
    content: str,
    *,
    text: str,
    quoted: bool = False,
    byline: str = "",
    is_current: bool = False,
    id: str = "",  # noqa: A002
) -> SafeString:
    """A card on the board: few words, the citizen's in quotation marks; an agreement has a person and a day below.

    The block holds its controls (move, change).
    """
    return html(
        '<article class="board-card{}"{}><p class="board-card-text">{}</p>{}{}</article>',
        " is-current" if is_current else "",
        html(' id="{}"', id) if id else NOTHING,
        f"“{text}”" if quoted else text,
        html('<p class="board-card-byline">{}</p>', byline) if byline else NOTHING,
        content,
    )
