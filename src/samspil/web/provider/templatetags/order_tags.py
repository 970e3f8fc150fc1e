"""Small wordings for orders and status notes."""

import datetime as dt

from django import template
from django.utils.translation import gettext, ngettext

from samspil.contexts.orders.api import PartView, SourceView
from samspil.kernel import clock
from samspil.kernel.danish_dates import day_and_month
from samspil.kernel.text import first_name
from samspil.web.components.shapes import Voice
from samspil.web.components.tags.days import language
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
