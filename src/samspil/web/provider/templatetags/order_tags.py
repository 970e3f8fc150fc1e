"""Small wordings for orders and status notes."""

import datetime as dt

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from samspil.contexts.orders.api import LineView, PartView, SourceView
from samspil.kernel import clock
from samspil.kernel.danish_dates import day_and_month
from samspil.kernel.text import first_name
from samspil.web.components.markup import html, joined
from samspil.web.components.shapes import Voice
from samspil.web.components.tags.case import ui_segment
from samspil.web.components.tags.days import language, ui_moment
from samspil.web.components.tags.pages import ui_details
from samspil.web.orders import downloads

register = template.Library()


@register.simple_tag
def question_wait(asked_at: dt.datetime) -> str:
    """As in "har ventet 3 dage"."""
    days = (clock.today() - asked_at.astimezone(clock.DENMARK).date()).days
    if days <= 0:
        return gettext("stillet i dag")
    return ngettext("har ventet %(days)d dag", "har ventet %(days)d dage", days) % {"days": days}


@register.simple_tag
def status_lines(part: PartView) -> SafeString:
    """The lines of a part, each with where it comes from."""
    if not part.lines:
        return html('<p class="quiet">{}</p>', gettext("Der er ikke skrevet noget."))
    return joined(map(_line, part.lines))


def _line(line: LineView) -> SafeString:
    sources = joined(map(_source, line.sources))
    return html('<div class="status-line"><p>{}</p>{}</div>', line.text, sources)


def _source(source: SourceView) -> SafeString:
    whole = html(
        '{}<p class="quiet small">{}, {}</p>',
        ui_segment("", kind=source.kind, text=source.text),  # type: ignore[arg-type]  # the kinds are the same
        ", ".join(filter(None, [source.author_name, source.organisation_name])),
        ui_moment(source.happened_at),
    )
    return ui_details(whole, summary=source_words(source))


def source_words(source: SourceView) -> str:
    """As in "skrevet 3. marts af Jonas"."""
    day = day_and_month(source.happened_at.astimezone(clock.DENMARK).date(), clock.today(), language())
    return gettext("skrevet %(day)s af %(who)s") % {"day": day, "who": first_name(source.author_name)}


@register.simple_tag
def part_heading(part: PartView) -> str:
    return downloads.heading_of(part)


@register.simple_tag
def part_voices(part: PartView) -> list[Voice]:
    """The newest mark of each side on the part's goal."""
    return [Voice(first_name(mark.by_name), mark.value) for mark in part.goal.latest] if part.goal else []
