"""Days and moments. A distance in days never stands without the date itself."""

import datetime as dt
from typing import Literal

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time, relative
from samspil.web.components.markup import html
from samspil.web.components.tags.actions import NOTHING
from samspil.web.shell.language import language, long_words

register = template.Library()
Day = dt.date | dt.datetime


def day_of(value: Day) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


@register.simple_tag
def ui_date(value: Day | None, *, style: Literal["short", "long"] = "short") -> SafeString:
    """12.3.2026 in tables, "torsdag den 12. marts" in sentences. Nothing for None."""
    if value is None:
        return NOTHING
    day = day_of(value)
    mark = "." if language() == "da" else "/"
    words = f"{day.day}{mark}{day.month}{mark}{day.year}" if style == "short" else long_words(day)
    return html('<time datetime="{}">{}</time>', day.isoformat(), words)


@register.simple_tag
def ui_moment(value: dt.datetime) -> SafeString:
    """torsdag den 12. marts kl. 10.30"""
    local = timezone.localtime(value)
    return html(
        '<time datetime="{}">{} {} {}</time>',
        local.isoformat(),
        long_words(local.date()),
        gettext("kl."),
        clock_time(local, language()),
    )


@register.simple_tag
def ui_deadline(value: Day | None) -> SafeString:
    """The distance together with the date: "i morgen, fredag den 13. marts". A passed one is marked and says so."""
    if value is None:
        return NOTHING
    day, today = day_of(value), clock.today()
    words = relative(day, today, language())
    if today >= day and abs((day - today).days) <= 30:
        words = f"{words}, {long_words(day)}"
    return html(
        '<time class="deadline{}" datetime="{}">{}</time>',
        " is-late" if day < today else " is-soon" if (day - today).days <= 2 else "",
        day.isoformat(),
        words,
    )
