import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel import workdays
from samspil.kernel.workdays import AUTHORITY, CITIZEN, Closed

days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))


def date(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("year", "holidays"),
    [
        (2026, "1/1 2/4 3/4 5/4 6/4 14/5 24/5 25/5 25/12 26/12"),
        (2027, "1/1 25/3 26/3 28/3 29/3 6/5 16/5 17/5 25/12 26/12"),
        (2028, "1/1 13/4 14/4 16/4 17/4 25/5 4/6 5/6 25/12 26/12"),
        (2023, "1/1 6/4 7/4 9/4 10/4 5/5 18/5 28/5 29/5 25/12 26/12"),  # the last store bededag, 5 May
        (2024, "1/1 28/3 29/3 31/3 1/4 9/5 19/5 20/5 25/12 26/12"),
    ],
)
def test_public_holidays(year, holidays):
    expected = {dt.date(year, int(month), int(day)) for day, month in (h.split("/") for h in holidays.split())}
    assert workdays.public_holidays(year) == expected


@pytest.mark.parametrize(
    ("easter"), ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2038-04-25", "2285-03-22"]
)
def test_easter(easter):
    assert workdays.easter_sunday(int(easter[:4])) == date(easter)


@pytest.mark.parametrize(
    ("ends", "rolled"),
    [
        ("2026-11-30", "2026-11-30"), ("2026-12-24", "2026-12-28"), ("2026-12-26", "2026-12-28"),
        ("2027-03-25", "2027-03-30"), ("2027-06-05", "2027-06-07"), ("2026-12-31", "2027-01-04"),
        ("2026-05-14", "2026-05-18"), ("2026-05-15", "2026-05-18"),
    ],
)  # fmt: skip
def test_a_citizens_limit_rolls_forward(ends, rolled):
    assert workdays.roll_forward(date(ends)) == date(rolled)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-11-23", 7, "2026-12-02"), ("2026-12-18", 7, "2026-12-30"), ("2027-03-19", 7, "2027-04-02"),
        ("2026-11-23", 6, "2026-12-01"), ("2026-11-21", 0, "2026-11-21"), ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-23", -1, "2026-11-20"),
    ],
)  # fmt: skip
def test_working_days_are_counted_from_the_day_after(start, count, expected):
    assert workdays.add_workdays(date(start), count) == date(expected)


@pytest.mark.parametrize("day", ["2026-06-05", "2026-12-24", "2026-12-31", "2026-05-15"])
def test_the_municipality_and_the_citizen_count_some_days_differently(day):
    assert workdays.is_workday(date(day), AUTHORITY)
    assert not workdays.is_workday(date(day), CITIZEN)


def test_each_closed_day_is_a_choice_of_its_own():
    assert not workdays.is_workday(date("2026-06-05"), Closed(constitution_day=True))
    assert workdays.is_workday(date("2026-12-24"), Closed(constitution_day=True))
    assert workdays.add_workdays(date("2026-12-23"), 1, Closed(christmas_eve=True)) == date("2026-12-28")


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-11-30", 3, "2027-02-28"),
        ("2026-11-15", 1, "2026-12-15"), ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"), ("2026-12-31", 12, "2027-12-31"), ("2026-05-31", 0, "2026-05-31"),
    ],
)  # fmt: skip
def test_months_keep_the_date_or_end_with_the_month(start, count, expected):
    assert workdays.add_months(date(start), count) == date(expected)


@given(days, st.integers(1, 40))
def test_adding_n_working_days_passes_exactly_n(day, count):
    end = workdays.add_workdays(day, count)
    between = (day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1))
    assert workdays.is_workday(end)
    assert sum(map(workdays.is_workday, between)) == count


@given(days)
def test_rolling_stops_at_the_first_working_day(day):
    end = workdays.roll_forward(day)
    assert workdays.is_workday(end, CITIZEN)
    assert not any(workdays.is_workday(day + dt.timedelta(days=n), CITIZEN) for n in range((end - day).days))


@given(days)
def test_easter_is_a_sunday_in_its_five_weeks(day):
    easter = workdays.easter_sunday(day.year)
    assert easter.weekday() == 6
    assert dt.date(day.year, 3, 22) <= easter <= dt.date(day.year, 4, 25)
