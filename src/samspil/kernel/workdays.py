"""Danish public holidays and the counting of working days (law.md § 4.1 names the sources).

Two calendars differ. An authority's own limit counts 5 June, 24 and 31 December as working days unless
the municipality keeps them closed; a citizen's limit rolls past them, and past the Friday after Ascension.
"""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

_DAY = dt.timedelta(days=1)
_STORE_BEDEDAG_ENDS = 2024  # BEK 270/2023


@dataclass(frozen=True, slots=True)
class Closed:
    """Which days count as closed beside weekends and public holidays."""

    constitution_day: bool = False
    christmas_eve: bool = False
    new_years_eve: bool = False
    friday_after_ascension: bool = False


AUTHORITY = Closed()
CITIZEN = Closed(
    constitution_day=True, christmas_eve=True, new_years_eve=True, friday_after_ascension=True
)  # fmt: skip


def easter_sunday(year: int) -> dt.date:
    """Gregorian computus (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[dt.date]:
    """The holidays of the national church and New Year's Day."""
    easter = easter_sunday(year)
    offsets = [-3, -2, 0, 1, 39, 49, 50] + ([26] if year < _STORE_BEDEDAG_ENDS else [])
    moving = {easter + dt.timedelta(days=days) for days in offsets}
    return frozenset(moving | {dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)})


@lru_cache(maxsize=128)
def closed_days(year: int, closed: Closed = AUTHORITY) -> frozenset[dt.date]:
    days = set(public_holidays(year))
    if closed.constitution_day:
        days.add(dt.date(year, 6, 5))
    if closed.christmas_eve:
        days.add(dt.date(year, 12, 24))
    if closed.new_years_eve:
        days.add(dt.date(year, 12, 31))
    if closed.friday_after_ascension:
        days.add(easter_sunday(year) + dt.timedelta(days=40))
    return frozenset(days)


def is_workday(day: dt.date, closed: Closed = AUTHORITY) -> bool:
    return day.weekday() < 5 and day not in closed_days(day.year, closed)


def add_workdays(day: dt.date, count: int, closed: Closed = AUTHORITY) -> dt.date:
    """The `count`th working day after `day`, which itself is not counted; negative counts backwards."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_workday(day, closed):
            day += step
    return day


def roll_forward(day: dt.date, closed: Closed = CITIZEN) -> dt.date:
    """The day itself, or the first working day after it. Not for an authority's own limit."""
    while not is_workday(day, closed):
        day += _DAY
    return day


def add_months(day: dt.date, count: int) -> dt.date:
    """Same date `count` months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    after = dt.date(year + month // 11, (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), after - _DAY)
