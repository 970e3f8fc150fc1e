"""The vectors of law.md § 4.1 one by one, and what holds for any day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel.day_counting import (
    Length,
    Unit,
    Whose,
    effective_from,
    ends_at,
    last_day,
    presumed_received,
    warning_day,
)
from samspil.kernel.workdays import AUTHORITY, CITIZEN, Closed, is_workday

FOUR_WEEKS = Length(4, Unit.WEEKS)
SEVEN_WORKDAYS = Length(7, Unit.WORKDAYS)
days = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
lengths = st.builds(Length, st.integers(1, 60), st.sampled_from(Unit))


def date(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("available", "ends"),
    [
        ("2026-11-02", "2026-11-30"),
        ("2026-11-26", "2026-12-28"),  # Christmas Eve, and on past the holidays and the weekend
        ("2026-11-28", "2026-12-28"),  # available on a Saturday all the same
        ("2027-02-25", "2027-03-30"),  # Maundy Thursday
        ("2027-05-08", "2027-06-07"),  # Constitution Day on a Saturday
    ],
)
def test_a_citizen_has_four_weeks_to_complain(available, ends):
    assert last_day(date(available), FOUR_WEEKS, Whose.CITIZEN) == date(ends)


@pytest.mark.parametrize(
    ("received", "ends"),
    [("2026-11-23", "2026-12-02"), ("2026-12-18", "2026-12-30"), ("2027-03-19", "2027-04-02")],
)
def test_the_authority_has_seven_working_days_for_access_to_the_file(received, ends):
    assert last_day(date(received), SEVEN_WORKDAYS, Whose.AUTHORITY) == date(ends)


def test_a_cut_waits_fourteen_weeks_from_receipt():
    assert effective_from(date("2026-11-23"), Length(14, Unit.WEEKS)) == date("2027-03-01")


def test_reassessment_does_not_roll():
    assert last_day(date("2027-01-29"), FOUR_WEEKS, Whose.AUTHORITY) == date("2027-02-26")
    assert last_day(date("2026-11-28"), FOUR_WEEKS, Whose.AUTHORITY) == date("2026-12-26")  # Boxing Day stays


def test_paper_is_presumed_received_after_six_working_days():
    assert presumed_received(date("2026-11-23")) == date("2026-12-01")
    assert presumed_received(date("2026-11-23"), paper_days=2) == date("2026-11-25")


def test_proof_of_later_receipt_wins_and_of_earlier_does_not():
    assert presumed_received(date("2026-11-23"), proved_on=date("2026-12-05")) == date("2026-12-05")
    assert presumed_received(date("2026-11-23"), proved_on=date("2026-11-24")) == date("2026-12-01")


@pytest.mark.parametrize(
    ("received", "length", "ends"),
    [
        ("2026-12-31", Length(1, Unit.MONTHS), "2027-02-01"),  # 31 January is a Sunday
        ("2027-01-31", Length(1, Unit.MONTHS), "2027-03-01"),  # the last day of February is a Sunday
        ("2026-11-21", Length(14, Unit.DAYS), "2026-12-07"),  # a Saturday rolls to Monday
        ("2026-12-23", Length(1, Unit.WORKDAYS), "2026-12-28"),
    ],
)
def test_a_citizens_days_months_and_working_days(received, length, ends):
    assert last_day(date(received), length, Whose.CITIZEN) == date(ends)


def test_a_deadline_before_a_day_counts_backwards():
    assert last_day(date("2031-08-31"), Length(-6, Unit.MONTHS), Whose.AUTHORITY) == date("2031-02-28")


@pytest.mark.parametrize(("count", "ends"), [(0, "2028-02-29"), (1, "2028-03-31"), (10, "2028-12-31")])
def test_a_month_is_counted_to_its_end(count, ends):
    assert last_day(date("2028-02-10"), Length(count, Unit.MONTH_ENDS), Whose.AUTHORITY) == date(ends)


def test_a_municipality_may_keep_its_own_days_closed():
    at_christmas = Closed(christmas_eve=True)
    assert last_day(date("2026-12-18"), SEVEN_WORKDAYS, Whose.AUTHORITY, closed=at_christmas) == date("2026-12-31")


@pytest.mark.parametrize(("day", "offset"), [("2026-12-28", 1), ("2027-06-07", 2)])
def test_a_day_ends_with_its_last_second_in_denmark(day, offset):
    end = ends_at(date(day))
    assert (end.time(), end.utcoffset()) == (dt.time(23, 59, 59), dt.timedelta(hours=offset))


def test_a_warning_comes_when_three_quarters_have_gone():
    assert warning_day(date("2026-11-02"), date("2026-11-30"), 0.75) == date("2026-11-23")
    assert warning_day(date("2026-11-02"), date("2026-11-02"), 0.75) == date("2026-11-02")


def test_an_unknown_unit_is_no_length():
    with pytest.raises(ValueError, match="fortnights"):
        Length(1, "fortnights")


@given(days, lengths)
def test_the_day_of_receipt_is_never_counted(received, length):
    assert last_day(received, length, Whose.AUTHORITY) > received


@given(days, lengths)
def test_a_citizens_last_day_is_a_working_day_and_never_earlier_than_the_authoritys(received, length):
    ends = last_day(received, length, Whose.CITIZEN)
    assert is_workday(ends, CITIZEN)
    assert ends >= last_day(received, length, Whose.AUTHORITY)


@given(days, lengths)
def test_a_citizens_deadline_rolls_only_over_closed_days(received, length):
    plain = last_day(received, length, Whose.AUTHORITY, closed=CITIZEN)
    ends = last_day(received, length, Whose.CITIZEN)
    assert not any(is_workday(plain + dt.timedelta(days=n), CITIZEN) for n in range((ends - plain).days))


@given(days, st.integers(1, 60))
def test_weeks_keep_the_weekday(received, count):
    assert last_day(received, Length(count, Unit.WEEKS), Whose.AUTHORITY).weekday() == received.weekday()


@given(days, st.integers(1, 60))
def test_the_authoritys_working_days_are_working_days(received, count):
    assert is_workday(last_day(received, Length(count, Unit.WORKDAYS), Whose.AUTHORITY), AUTHORITY)


@given(days, days, lengths, st.sampled_from(Whose))
def test_who_receives_later_has_until_later(one, other, length, whose):
    first, second = sorted((one, other))
    assert last_day(first, length, whose) <= last_day(second, length, whose)


@given(days, days, st.floats(0, 1))
def test_a_warning_lies_between_receipt_and_the_last_day(one, other, share):
    received, due = sorted((one, other))
    assert received <= warning_day(received, due, share) <= due
