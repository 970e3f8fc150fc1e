"""People on a page: by name, and where they want it by picture."""

from collections.abc import Sequence
from typing import Literal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.kernel.text import initials
from samspil.web.components.markup import html, html_join
from samspil.web.components.tags.actions import NOTHING, ui_asset

register = template.Library()
AvatarSize = Literal["small", "medium", "large"]


def picture_url(picture: str) -> str:
    """A name like "p3" is one of our own drawn portraits; anything with a slash is an address already."""
    return picture if "/" in picture else ui_asset(f"portraits/{picture}.svg")


@register.simple_tag
def ui_avatar(name: str, *, picture: str = "", size: AvatarSize = "medium") -> SafeString:
    """Decoration: the name stands beside it in words."""
    if picture:
        return html('<img class="avatar avatar-{}" src="{}" alt="" width="60" height="60">', size, picture_url(picture))
    return html('<span class="avatar avatar-{}" aria-hidden="true">{}</span>', size, initials(name))


@register.simple_block_tag(end_name="end_ui_person")
def ui_person(
    content: str,
    *,
    name: str,
    title: str = "",
    picture: str = "",
    phone: str = "",
    hours: str = "",
    heading: str = "",
) -> SafeString:
    """A person one can reach. `heading` replaces the bare name: "Mette hjælper dig". The block holds more lines."""
    lines = [line for line in (title, hours) if line]
    return html(
        '<div class="person">{}<div class="person-body"><p class="person-name">{}</p>{}{}{}</div></div>',
        ui_avatar(name, picture=picture, size="large"),
        heading or name,
        html_join('<p class="person-line">{}</p>', ((line,) for line in lines)),
        phone_link(phone) if phone else NOTHING,
        content,
    )


def phone_link(phone: str) -> SafeString:
    digits = "".join(c for c in phone if c.isdigit() or c == "+")
    return html('<p class="person-phone"><a href="tel:{}">{} {}</a></p>', digits, gettext("Ring"), phone)


@register.simple_block_tag(end_name="end_ui_citizen_head")
def ui_citizen_head(
    content: str,
    *,
    name: str,
    age: int | None = None,
    facts: Sequence[str] = (),
    alerts: Sequence[str] = (),
    picture: str = "",
) -> SafeString:
    """The top of a citizen's page for professionals: name as the page's heading, facts in words, at most four alerts.

    The block holds the two buttons on the right.
    """
    shown, rest = list(alerts[:4]), len(alerts) - 4
    if rest > 0:
        shown.append(f"+{rest}")
    return html(
        '<div class="citizen-head">{}<div class="citizen-head-words"><h1>{}{}</h1>{}{}</div>'
        '<div class="citizen-head-actions">{}</div></div>',
        ui_avatar(name, picture=picture, size="large"),
        name,
        gettext(", %(age)d år") % {"age": age} if age is not None else NOTHING,
        _list("facts", facts),
        _list("alerts", shown),
        content,
    )


def _list(name: str, words: Sequence[str]) -> SafeString:
    if not words:
        return NOTHING
    return html('<ul class="{}">{}</ul>', name, html_join("<li>{}</li>", ((word,) for word in words)))
