"""From the day something was received to the last day to act on it (law.md § 4.1 names the sources).

The day of receipt is not counted. A unit is counted as it is written. A citizen's last day rolls to the next working
day; an authority's own does not: in doubt it has the shorter time.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from samspil.kernel import workdays
from samspil.kernel.clock import DENMARK
from samspil.kernel.workdays import AUTHORITY, CITIZEN, Closed

PAPER_PRESUMED_DAYS = 6
"""Working days from the date on a paper letter to its presumed receipt (Ankestyrelsen 2018; to be checked again)."""


class Unit(StrEnum):
    DAYS = "days"
    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"
    MONTH_ENDS = "month_ends"
    """Nought is the last day of the month itself, one that of the next."""


class Whose(StrEnum):
    """Who must keep the deadline, and so who is given the doubt."""

    CITIZEN = "citizen"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Length:
    """So many of a unit. A negative count is for what must be done so long before a day, such as a birthday."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", Unit(self.unit))


def last_day(received_on: dt.date, length: Length, whose: Whose, *, closed: Closed | None = None) -> dt.date:
    """The last day on which it is in time. `closed` is the municipality's own calendar, for its own deadlines."""
    calendar = closed or (CITIZEN if whose == Whose.CITIZEN else AUTHORITY)
    match length.unit:
        case Unit.WORKDAYS:
            day = workdays.add_workdays(received_on, length.count, calendar)
        case Unit.WEEKS:
            day = received_on + dt.timedelta(weeks=length.count)
        case Unit.MONTHS:
            day = workdays.add_months(received_on, length.count)
        case Unit.MONTH_ENDS:
            day = workdays.add_months(received_on.replace(day=1), length.count + 1) - dt.timedelta(days=1)
        case _:
            day = received_on + dt.timedelta(days=length.count)
    return workdays.roll_forward(day, calendar) if whose == Whose.CITIZEN else day


def effective_from(received_on: dt.date, notice: Length) -> dt.date:
    """The first day on which help may be cut after a notice that counts from the citizen's receipt."""
    return last_day(received_on, notice, Whose.AUTHORITY)


def presumed_received(
    dated_on: dt.date, *, paper_days: int = PAPER_PRESUMED_DAYS, proved_on: dt.date | None = None
) -> dt.date:
    """The day a paper letter counts as received; what the citizen can show to be later wins."""
    presumed = workdays.add_workdays(dated_on, paper_days)
    return max(presumed, proved_on) if proved_on else presumed


def ends_at(day: dt.date) -> dt.datetime:
    """The last second of a deadline's last day, in Danish time."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), DENMARK)


def warning_day(received_on: dt.date, due_on: dt.date, share: float) -> dt.date:
    """The day on which `share` of the time has gone; never after the last day."""
    return min(received_on + (due_on - received_on) * share, due_on)
