"""The parts that a page is laid out with."""

from collections.abc import Iterable, Sequence
from typing import Literal

from django import template
from django.core.paginator import Page
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samspil.web.components.markup import html, html_join
from samspil.web.components.shapes import Link
from samspil.web.components.tags.actions import NOTHING, hidden_keys, ui_icon
from samspil.web.components.tags.wording import wording_of
from samspil.web.shell.drafting import DraftNotice
from samspil.web.shell.writing import STATE, written_to

register = template.Library()
CURRENT = mark_safe(' aria-current="page"')


@register.simple_block_tag(end_name="end_ui_card")
def ui_card(
    content: str,
    *,
    heading: str = "",
    level: int = 2,
    id: str = "",  # noqa: A002
    kind: Literal["plain", "calm", "accent"] = "plain",
) -> SafeString:
    """White on the quiet ground. Without a heading a plain box, with one a named section."""
    if not heading:
        return html('<div class="card card-{}"{}>{}</div>', kind, _id(id), content)
    heading_id = f"{id or 'kort-' + _slug(heading)}-overskrift"
    return html(
        '<section class="card card-{0}"{1} aria-labelledby="{2}"><h{3} id="{2}">{4}</h{3}>{5}</section>',
        kind,
        _id(id),
        heading_id,
        level,
        heading,
        content,
    )


def _id(value: str) -> SafeString:
    return html(' id="{}"', value) if value else NOTHING


def _slug(text: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in text.lower())[:40].strip("-")


@register.simple_tag
def ui_skip_link(target: str = "main") -> SafeString:
    return html('<a class="skip-link" href="#{}">{}</a>', target, gettext("Gå til indholdet"))


@register.simple_tag
def ui_back_link(url: str, label: str = "") -> SafeString:
    """One step back. Never on a page that has breadcrumbs."""
    return html(
        '<nav class="back" aria-label="{}"><a class="back-link" href="{}">{}{}</a></nav>',
        gettext("Tilbage"),
        url,
        ui_icon("arrow-back"),
        label or gettext("Tilbage"),
    )


@register.simple_tag
def ui_breadcrumb(links: Sequence[Link]) -> SafeString:
    """Where the page lies; the last one is the page itself and no link."""
    rows = (
        (
            html("<span{}>{}</span>", CURRENT, link.label)
            if link is links[-1]
            else html('<a href="{}">{}</a>', link.url, link.label),
        )
        for link in links
    )
    return html(
        '<nav class="breadcrumbs" aria-label="{}"><ol>{}</ol></nav>',
        gettext("Du er her"),
        html_join("<li>{}</li>", rows),
    )


@register.simple_tag
def ui_tabs(links: Iterable[Link], *, label: str) -> SafeString:
    """Pages beside each other, as links: each tab has an address. `label` names the group for screen readers."""
    rows = ((link.url, CURRENT if link.current else NOTHING, link.label, count_of(link.count)) for link in links)
    return html(
        '<nav class="tabs" aria-label="{}"><ul>{}</ul></nav>',
        label,
        html_join('<li><a href="{}"{}>{}{}</a></li>', rows),
    )


def count_of(count: int) -> SafeString:
    return html(' <b class="count">{}</b>', count) if count else NOTHING


@register.simple_tag
def ui_stepper(step: int, of: int, *, label: str = "") -> SafeString:
    """Trin 2 af 5, and a quiet line that shows the same."""
    dots = ((" is-done" if n < step else " is-now" if n == step else "",) for n in range(1, of + 1))
    words = gettext("Trin %(step)d af %(of)d") % {"step": step, "of": of}
    return html(
        '<div class="stepper"><p class="stepper-words">{}{}</p>'
        '<div class="stepper-line" aria-hidden="true">{}</div></div>',
        words,
        f": {label}" if label else "",
        html_join('<span class="stepper-dot{}"></span>', dots),
    )


@register.simple_tag(takes_context=True)
def ui_pager(context: RequestContext, page: Page, *, parameter: str = "side") -> SafeString:
    """Previous, where one is, next. Other search words in the address are kept."""
    if page.paginator.num_pages < 2:
        return NOTHING
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return html(
        '<nav class="pager" aria-label="{}">{}<span>{}</span>{}</nav>',
        gettext("Sider"),
        html('<a rel="prev" href="{}">{}</a>', address(page.number - 1), gettext("Forrige"))
        if page.has_previous()
        else NOTHING,
        gettext("Side %(page)d af %(pages)d") % {"page": page.number, "pages": page.paginator.num_pages},
        html('<a rel="next" href="{}">{}</a>', address(page.number + 1), gettext("Næste"))
        if page.has_next()
        else NOTHING,
    )


@register.simple_block_tag(end_name="end_ui_details")
def ui_details(content: str, *, summary: str, open: bool = False) -> SafeString:  # noqa: A002
    """More for those who want it. Never hide what is needed."""
    return html(
        '<details class="details"{}><summary>{}</summary><div class="details-body">{}</div></details>',
        " open" if open else "",
        summary,
        content,
    )


@register.simple_block_tag(end_name="end_ui_modal")
def ui_modal(content: str, *, id: str, heading: str, opener: str) -> SafeString:  # noqa: A002
    """A question that must be answered before going on. Without script its content stands open on the page."""
    return html(
        '<div class="modal-place" data-samspil-modal="{0}">'
        '<button type="button" class="button button-secondary" data-samspil-open="{0}" hidden>{3}</button>'
        '<dialog class="modal" id="{0}" aria-labelledby="{0}-overskrift" open><h2 id="{0}-overskrift">{1}</h2>{2}'
        '<form method="dialog" hidden><button class="button button-quiet">{4}</button></form></dialog></div>',
        id,
        heading,
        content,
        opener,
        gettext("Luk"),
    )


@register.simple_block_tag(end_name="end_ui_table")
def ui_table(content: str, *, caption: str, heads: Sequence[str], hide_caption: bool = False) -> SafeString:
    """Rows are written in the block. A head that ends in ">" stands over numbers and is set to the right."""
    cells = ((' class="number"' if h.endswith(">") else "", h.removesuffix(">")) for h in heads)
    return html(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="{0}" data-allow-scroll>'
        '<table class="table"><caption{1}>{0}</caption><thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>',
        caption,
        mark_safe(' class="sr-only"') if hide_caption else "",
        html_join('<th scope="col"{}>{}</th>', ((mark_safe(c), h) for c, h in cells)),  # noqa: S308
        content,
    )


@register.simple_block_tag(takes_context=True, end_name="end_ui_form")
def ui_form(
    context: RequestContext,
    content: str,
    *,
    action: str = "",
    draft: str = "",
    id: str = "",  # noqa: A002
    files: bool = False,
    css: str = "",
) -> SafeString:
    """A posted form: guarded against forgery and double sending, errors in our words and not the browser's.

    Around a form made by `form_for`, found by the address it is sent to: what was being written is announced, what is
    typed is kept, what stands is marked, and the wording is checked. `draft` is an address that keeps it for a form
    made otherwise.
    """
    written = written_to(context.get("request"), action)
    state = written.state if written else ""
    draft = draft or (written.draft_url if written else "")
    notice = ui_draft_notice(context, written.notice) if written and written.notice else NOTHING
    return html(
        '{}<form method="post" action="{}"{}{}{}{} novalidate data-samspil-once>{}{}{}{}</form>',
        notice,
        action,
        _id(id),
        html(' class="{}"', css) if css else NOTHING,
        html(' data-samspil-draft="{}"', draft) if draft else NOTHING,
        mark_safe(' enctype="multipart/form-data"') if files else "",
        hidden_keys(context),
        html('<input type="hidden" name="{}" value="{}">', STATE, state) if state else NOTHING,
        content,
        wording_of(context, written.wording) if written else NOTHING,
    )


def ui_draft_notice(context: RequestContext, notice: DraftNotice) -> SafeString:
    around = {"notice": notice, "next_url": context["request"].get_full_path(), "csrf_token": context.get("csrf_token")}
    return mark_safe(render_to_string("shell/draft_notice.html", around))  # noqa: S308
