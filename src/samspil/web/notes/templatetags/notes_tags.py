"""Moments as the stream of notes says them."""

import datetime as dt

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samspil.kernel import clock
from samspil.web.notes.chips import short_day
from samspil.web.notes.drafts import moment_words

register = template.Library()


@register.simple_tag
def note_moment(moment: dt.datetime) -> SafeString:
    """i går kl. 14.10"""
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), moment_words(moment, clock.now()))


@register.simple_tag
def note_day(value: dt.datetime | dt.date) -> str:
    """3. dec."""
    return short_day(value.astimezone(clock.DENMARK).date() if isinstance(value, dt.datetime) else value)
