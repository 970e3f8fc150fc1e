"""Short words for days in dense lists. Whole dates stand where there is room for them."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.kernel.danish_dates import long_date
from samspil.web.shell.language import language, long_words


def ago(day: dt.date, today: dt.date) -> str:
    """As in "i går", "for 6 dage siden", "for 5 uger siden"."""
    days = (today - day).days
    if days <= 0:
        return _("i dag")
    if days == 1:
        return _("i går")
    if days < 14:
        return _("for %(days)d dage siden") % {"days": days}
    if days < 60:
        return _("for %(weeks)d uger siden") % {"weeks": days // 7}
    return _("for %(months)d måneder siden") % {"months": days // 30}


def due(day: dt.date, today: dt.date) -> str:
    """As in "i morgen", "inden fredag", "2 dage over tiden"."""
    away = (day - today).days
    if away < 0:
        return ngettext("%(days)d dag over tiden", "%(days)d dage over tiden", -away) % {"days": -away}
    if away == 0:
        return _("i dag")
    if away == 1:
        return _("i morgen")
    if away < 7:
        return _("inden %(weekday)s") % {"weekday": long_date(day, language()).split(maxsplit=1)[0]}
    return _("inden %(day)s") % {"day": long_words(day)}
