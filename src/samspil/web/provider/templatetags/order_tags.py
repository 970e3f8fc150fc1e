"""Small wordings for orders and status notes."""

import datetime as dt

from django import template
from django.utils.translation import gettext, ngettext

from samspil.contexts.orders.api import PartView
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.web.components.shapes import Voice
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
def part_heading(part: PartView) -> str:
    return downloads.heading_of(part)


@register.simple_tag
def part_voices(part: PartView) -> list[Voice]:
    """The newest mark of each side on the part's goal."""
    return [Voice(first_name(mark.by_name), mark.value) for mark in part.goal.latest] if part.goal else []
