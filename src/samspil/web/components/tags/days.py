"""Days and moments. A distance in days never stands without the date itself."""

import datetime as dt
from typing import Literal

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time, long_date, long_date_year, relative
from samspil.kernel.text import Language
from samspil.web.components.markup import html
from samspil.web.components.tags.actions import NOTHING

register = template.Library()
Day = dt.date | dt.datetime


def language() -> Language:
    return "en" if (get_language() or "da").startswith("en") else "da"


def day_of(value: Day) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def long_words(day: dt.date) -> str:
    """torsdag den 12. marts; with the year when it is not this one's."""
    return (long_date if day.year == clock.today().year else long_date_year)(day, language())


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
