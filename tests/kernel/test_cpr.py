import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.kernel import cpr
from samspil.kernel.cpr import CprProblem, InvalidCpr


@pytest.mark.parametrize(
    "typed", ["6407790012", "640779-0012", "640779 0012", " 640779 - 0012 ", "64 07 79 - 00 12", "640779–0012"]
)
def test_any_usual_way_of_typing_is_read(typed):
    assert cpr.parse(typed) == "6407790012"
    assert cpr.formatted(typed) == "640779-0012"
    assert cpr.masked(typed) == "640779-••••"


@pytest.mark.parametrize("typed", ["", "640779-001", "640779-00123", "abcdef-0012", "٦٤٠٧٧٩٠٠١٢", "640779_0012"])
def test_other_shapes_are_refused(typed):
    with pytest.raises(InvalidCpr) as caught:
        cpr.parse(typed)
    assert caught.value.reason is CprProblem.NOT_TEN_DIGITS
    assert not cpr.is_valid(typed)


@pytest.mark.parametrize(
    "typed", ["000179-0012", "320179-0012", "310479-0012", "290279-0012", "011379-0012", "600179-0012", "920179-0012",
              "900279-0012", "010079-0012"]
)  # fmt: skip
def test_an_impossible_day_is_refused_without_repeating_the_number(typed):
    with pytest.raises(InvalidCpr) as caught:
        cpr.parse(typed)
    assert caught.value.reason is CprProblem.IMPOSSIBLE_DAY
    assert typed[:6] not in str(caught.value)


def test_numbers_that_fail_modulus_11_are_accepted():
    assert cpr.is_valid("611265-0003")


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("610100-0000", "1900-01-01"), ("610199-3999", "1999-01-01"),
        ("610136-4000", "2036-01-01"), ("610137-4000", "1937-01-01"),
        ("610157-5000", "2057-01-01"), ("610158-5000", "1858-01-01"),
        ("610157-8000", "2057-01-01"), ("610158-8000", "1858-01-01"),
        ("610136-9000", "2036-01-01"), ("610137-9000", "1937-01-01"),
    ],
)  # fmt: skip
def test_the_seventh_digit_tells_the_century(number, born):
    assert cpr.born_on(number) == dt.date.fromisoformat(born)


def test_leap_day_follows_the_century():
    assert cpr.is_valid("890200-4000")  # 2000 was a leap year
    assert not cpr.is_valid("890200-0000")  # 1900 was not


@given(st.dates(dt.date(1858, 1, 1), dt.date(2057, 12, 31)), st.integers(0, 3999))
def test_a_fictitious_number_says_its_birthday_and_can_be_nobodys(born, serial):
    number = cpr.fictitious(born, serial)
    assert cpr.born_on(number) == born
    assert cpr.is_fictitious(number)
    assert 61 <= int(number[:2]) <= 91


def test_fictitious_numbers_of_one_day_differ():
    born = dt.date(1979, 7, 4)
    assert len({cpr.fictitious(born, serial) for serial in range(4000)}) == 4000


@pytest.mark.parametrize(("year", "serial"), [(1979, -1), (1920, 4000), (1857, 0), (2058, 0)])
def test_a_birth_without_a_number_fails_loudly(year, serial):
    with pytest.raises(ValueError, match="no serial"):
        cpr.fictitious(dt.date(year, 1, 1), serial)


def test_a_number_of_the_register_is_not_fictitious():
    assert not cpr.is_fictitious("010179-0012")
