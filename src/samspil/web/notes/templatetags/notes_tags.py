"""Moments as the stream of notes says them, and the themes to choose from."""

import datetime as dt
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.kernel import clock
from samspil.web.components.markup import html, html_join
from samspil.web.notes.chips import short_day
from samspil.web.notes.themes import Theme, Themes
from samspil.web.shell.drafting import moment_words

register = template.Library()


@register.simple_tag
def note_moment(moment: dt.datetime) -> SafeString:
    """i går kl. 14.10"""
    return html('<time datetime="{}">{}</time>', moment.isoformat(), moment_words(moment, clock.now()))


@register.simple_tag
def note_day(value: dt.datetime | dt.date) -> str:
    """3. dec."""
    return short_day(clock.day_of(value) if isinstance(value, dt.datetime) else value)


@register.simple_tag
def theme_options(themes: Themes) -> SafeString:
    """For a datalist: the likely ones first, then all in the order of the standard."""
    often = gettext("Ofte her")
    likely = html_join('<option value="{}">{}</option>', ((theme.name, often) for theme in themes.likely))
    return likely + _options(themes.all)


@lru_cache(maxsize=8)
def _options(themes: tuple[Theme, ...]) -> SafeString:
    return html_join('<option value="{}">{}</option>', ((theme.name, theme.under) for theme in themes))
