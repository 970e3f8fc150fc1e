"""How a day and a moment are written for people: weekday with an appointment, no leading zeros, dot in the time."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from samspil.kernel import clock as kernel_clock

Day = dt.date | dt.datetime


def local_day(value: Day) -> dt.date:
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def short(value: Day) -> str:
    """12.3.2026"""
    return date_format(local_day(value), pgettext("kort dato", "j.n.Y"))


def long(value: Day, *, today: dt.date | None = None) -> str:
    """torsdag den 12. marts 2026; without the year when it is this year's."""
    day = local_day(value)
    if day.year == (today or kernel_clock.today()).year:
        return date_format(day, pgettext("lang dato uden år", r"l \d\e\n j. F"))
    return date_format(day, pgettext("lang dato", r"l \d\e\n j. F Y"))


def clock(value: dt.datetime) -> str:
    """kl. 10.30, and kl. 10 on the hour."""
    moment = timezone.localtime(value)
    pattern = pgettext("klokkeslæt", r"\k\l. G.i") if moment.minute else pgettext("hel time", r"\k\l. G")
    return date_format(moment, pattern)


def distance(value: Day, *, today: dt.date | None = None) -> str:
    """i dag, i morgen, om 3 dage, for 2 uger siden: only ever shown together with the date itself."""
    days = (local_day(value) - (today or kernel_clock.today())).days
    near = {0: gettext("i dag"), 1: gettext("i morgen"), -1: gettext("i går"), 2: gettext("i overmorgen")}
    if days in near:
        return near[days]
    if abs(days) < 14:
        if days > 0:
            return ngettext("om %(n)d dag", "om %(n)d dage", days) % {"n": days}
        return ngettext("for %(n)d dag siden", "for %(n)d dage siden", -days) % {"n": -days}
    if abs(days) < 60:
        weeks = abs(days) // 7
        if days > 0:
            return ngettext("om %(n)d uge", "om %(n)d uger", weeks) % {"n": weeks}
        return ngettext("for %(n)d uge siden", "for %(n)d uger siden", weeks) % {"n": weeks}
    months = abs(days) // 30
    if days > 0:
        return ngettext("om %(n)d måned", "om %(n)d måneder", months) % {"n": months}
    return ngettext("for %(n)d måned siden", "for %(n)d måneder siden", months) % {"n": months}
