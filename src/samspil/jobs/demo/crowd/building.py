"""Fill the large municipality, table by table, in one transaction with whatever the caller has begun."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from samspil.jobs.demo.codes import Codes
from samspil.jobs.demo.crowd.cases import MONTHS, Cases
from samspil.jobs.demo.crowd.months import NOTES, Months
from samspil.jobs.demo.crowd.people import CASELOAD, DISTRICTS, Register, Townsperson, helpers_of, hire
from samspil.jobs.demo.crowd.shapes import patterns
from samspil.jobs.demo.crowd.tables import Ids, made_ready
from samspil.jobs.demo.moments import Moments
from samspil.jobs.demo.town import Town

AT_A_TIME = 10_000
"""Citizens whose rows are kept in memory at once."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many rows went to each table, and in how many seconds all of it was ready."""

    citizens: int
    caseworkers: int
    rows: dict[str, int]
    seconds: float

    @property
    def rows_in_all(self) -> int:
        return sum(self.rows.values())


def fill_crowd(
    count: int, *, town: Town, codes: Codes, moments: Moments, tell: Callable[[str], object] = lambda line: None
) -> Crowd:
    """Write `count` citizens with their cases beside those that are there. `tell` hears how far it has come."""
    started = time.monotonic()
    ids, today = Ids(), moments.today
    staff = hire(town, max(DISTRICTS, -(-count // CASELOAD)), today=today)
    register = Register(patterns(codes), staff, helpers_of(town), ids)
    cases, months = Cases(ids, today), Months(ids, today)
    tables = (register.citizens, *cases.tables(), *months.tables())
    people: list[Townsperson] = []
    with made_ready(sorted({table.name for table in tables})):
        coming = register.people(count, today=today)
        while batch := list(islice(coming, AT_A_TIME)):
            people += batch
            cases.write(batch)
            for table in tables:
                table.flush()
        tell(f"  {count} borgere med sager efter {time.monotonic() - started:.0f} s")
        for round_ in range(NOTES):
            for part in _parts(people):
                months.write_notes(part, round_)
                for table in months.tables():
                    table.flush()
            if (round_ + 1) % 10 == 0:
                tell(f"  {round_ + 1} notater til hver efter {time.monotonic() - started:.0f} s")
        for month in range(MONTHS, -1, -1):
            for part in _parts(people):
                months.write_marks(part, month)
                months.ratings.flush()
        tell(f"  alle rækker efter {time.monotonic() - started:.0f} s, nu indekserne")
    rows: dict[str, int] = {}
    for table in tables:
        rows[table.name] = rows.get(table.name, 0) + table.count
    return Crowd(count, len(staff), rows, time.monotonic() - started)


def _parts(people: Sequence[Townsperson]) -> Iterator[Sequence[Townsperson]]:
    for at in range(0, len(people), AT_A_TIME):
        yield people[at : at + AT_A_TIME]
