"""The time in Denmark. Commands and rules get it passed in; only views and jobs ask here."""

import datetime as dt
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> dt.datetime:
    return dt.datetime.now(DENMARK)


def today() -> dt.date:
    return now().date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day it is in Denmark at that moment, wherever the clock stands that told it."""
    return moment.astimezone(DENMARK).date()
