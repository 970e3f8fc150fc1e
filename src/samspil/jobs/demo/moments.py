"""Days and times of the demo, all counted from the moment it is filled."""

import datetime as dt
from dataclasses import dataclass

from samspil.kernel import clock
from samspil.kernel.clock import DENMARK
from samspil.kernel.workdays import is_workday

SKETCH_MEETING = dt.date(2026, 12, 9)
"""The day of Karla's status meeting on the sketches."""
_A_WHILE_AGO = dt.timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Moments:
    """`now` is when the demo is filled. `ago` counts whole days back from that day, negative days lie ahead."""

    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return clock.day_of(self.now)

    def day(self, ago: int) -> dt.date:
        return self.today - dt.timedelta(days=ago)

    def past(self, ago: int, clock: str, *, any_day: bool = False) -> dt.datetime:
        """That day at that time, or the workday before it; never later than a while ago."""
        day = self.day(ago)
        if not any_day:
            day = workday_until(day)
        return min(at(day, clock), self.now - _A_WHILE_AGO)

    def ahead(self, days: int, clock: str) -> dt.datetime:
        """So many days from today at that time, or the workday after it."""
        return at(workday_from(self.today + dt.timedelta(days=days)), clock)

    def hours_ago(self, hours: int) -> dt.datetime:
        """About so many hours ago, within the working hours of a workday."""
        moment = (self.now - dt.timedelta(hours=hours)).astimezone(DENMARK)
        if not is_workday(moment.date()) or moment.hour < 8:
            day = workday_until(moment.date() - dt.timedelta(days=1))
            return at(day, f"{14 + hours % 2}.{10 + hours % 40}")
        return moment.replace(hour=min(moment.hour, 15))


def at(day: dt.date, clock: str) -> dt.datetime:
    """`clock` as in "9.30"."""
    hour, minute = map(int, clock.split("."))
    return dt.datetime.combine(day, dt.time(hour, minute), DENMARK)


def workday_until(day: dt.date) -> dt.date:
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def workday_from(day: dt.date) -> dt.date:
    while not is_workday(day):
        day += dt.timedelta(days=1)
    return day
