"""What is unusual, and what is drawn. Plain Python: the thresholds are handed in."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from statistics import median

LISTS = frozenset({"caseload", "my_day", "search", "meetings", "questions", "log_review", "referral"})
"""Pages that show many people: whoever only passed by on a list has not opened anything."""


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def month_after(month: dt.date) -> dt.date:
    return (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def month_before(month: dt.date) -> dt.date:
    return month_of(month_of(month) - dt.timedelta(days=1))


def lot(*parts: object) -> bytes:
    """The number an item has in the draw: the same for the same item, and nobody can choose it."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).digest()


def usual(earlier: Sequence[int]) -> int:
    """How many citizens a person usually sees on a day of work: the median, so that one busy day changes nothing."""
    return round(median(earlier)) if earlier else 0


def is_far_beyond(count: int, usual_count: int, *, factor: int, least: int) -> bool:
    return count >= least and count > factor * usual_count


def is_night(hour: int, *, begins: int, ends: int) -> bool:
    return hour >= begins or hour < ends


def surname(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else ""
