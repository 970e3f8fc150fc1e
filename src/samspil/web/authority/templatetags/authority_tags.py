"""A day in a dense list: short words on the screen, the date itself in the element."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samspil.kernel import clock
from samspil.web.authority.words import due
from samspil.web.components.tags.days import long_words

register = template.Library()


@register.simple_tag
def due_in_short(day: dt.date) -> SafeString:
    """As in "i morgen" or "2 dage over tiden"; the whole date shows when one points at it."""
    words = due(day, clock.today())
    return format_html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), long_words(day), words)
