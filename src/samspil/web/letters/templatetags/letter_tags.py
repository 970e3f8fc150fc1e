"""A letter as it is read on a screen; one function for its reader and for the preview of the one who writes it."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from samspil.contexts.letters.api import Block, Change, Line
from samspil.web.components.markup import html, html_join, joined
from samspil.web.components.tags.citizen import ui_pictogram
from samspil.web.letters.reading import Page, ReadPart

register = template.Library()
_DANISH = mark_safe(' lang="da"')
_NOTHING = mark_safe("")
_PICTURES = ("helper", "yes", "phone")
"""Beside the sections of the short version: what you get, what you must do, call us."""


@register.simple_tag
def letter_body(page: Page, *, level: int = 1) -> SafeString:
    """The whole of it. `level` is that of the headline; the parts stand one below."""
    inner = _short(page, level) if page.edition == "easy" else _whole(page, level)
    return html(
        '<article class="letter letter-{}" lang="{}">{}<p class="letter-day">{}</p>{}</article>',
        page.edition,
        page.lang,
        html('<p class="letter-mark">{}</p>', page.mark) if page.mark else _NOTHING,
        page.day,
        inner,
    )


def _whole(page: Page, level: int) -> SafeString:
    return html(
        '<h{0} class="letter-title">{1}</h{0}>{2}'
        '<div class="letter-contact"><h{3} class="letter-heading">{4}</h{3}>{5}</div>',
        level,
        page.headline,
        joined(_part(page, part, level + 1) for part in page.parts),
        level + 1,
        page.contact_heading,
        html_join("<p>{}</p>", ((line,) for line in page.contact)),
    )


def _part(page: Page, part: ReadPart, level: int) -> SafeString:
    return html(
        '<h{0} class="letter-heading">{1}</h{0}>{2}',
        level,
        part.heading,
        joined(_block(page, block) for block in part.blocks),
    )


def _block(page: Page, block: Block) -> SafeString:
    rows = [(_language(page, line), line.en if page.lang == "en" and line.en else line.text) for line in block.lines]
    match block.kind:
        case "list":
            return html("<ul>{}</ul>", html_join("<li{}>{}</li>", rows))
        case "steps":
            return html("<ol>{}</ol>", html_join("<li{}>{}</li>", rows))
        case "quote":
            return html_join(
                "<blockquote><p{}>“{}”</p></blockquote>", ((lang, text.strip('“”"')) for lang, text in rows)
            )
    return html_join("<p{}>{}</p>", rows)


def _language(page: Page, line: Line) -> SafeString:
    return _DANISH if page.lang == "en" and not line.en else _NOTHING


def _short(page: Page, level: int) -> SafeString:
    """One sentence a line, a picture for each block that says the same as its words."""
    (_, first), *rest = page.sections
    sections = zip(rest, _PICTURES, strict=False)
    return html(
        '<h{0} class="letter-title">{1}</h{0}>{2}{3}',
        level,
        first[0],
        html_join("<p>{}</p>", ((line,) for line in first[1:])),
        html_join(
            '<div class="letter-section">{0}<div><h{1} class="letter-heading">{2}</h{1}>{3}</div></div>',
            (
                (ui_pictogram(picture, label=""), level + 1, title, html_join("<p>{}</p>", ((line,) for line in lines)))
                for (title, lines), picture in sections
            ),
        ),
    )


@register.simple_tag
def letter_sources(lines: Iterable[Line]) -> SafeString:
    """Where the lines of a part come from, so that the caseworker can look there and not in memory."""
    rows = [(line.text.lstrip("-> "), line.source) for line in lines if line.source]
    return html_join('<li>{} <span class="quiet">{}</span></li>', rows)


@register.simple_tag
def letter_changes(changes: Iterable[Change]) -> SafeString:
    """Sentences that are new, and those that are gone; by mark and word, not by colour alone."""
    return html_join(
        "<li><{0}>{1}</{0}></li>", (("ins" if one.is_new else "del", one.text.lstrip("-> ")) for one in changes)
    )
