"""The language of the page, and days in its words."""

import datetime as dt

from django.utils.translation import get_language

from samspil.kernel import clock
from samspil.kernel.danish_dates import long_date, long_date_year
from samspil.kernel.text import Language


def language() -> Language:
    return "en" if (get_language() or "da").startswith("en") else "da"


def long_words(day: dt.date) -> str:
    """torsdag den 12. marts; with the year when it is not this one's."""
    return (long_date if day.year == clock.today().year else long_date_year)(day, language())
