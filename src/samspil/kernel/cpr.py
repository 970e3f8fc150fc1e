"""Danish person numbers. Text, never a number: a leading zero counts.

Modulus 11 is not checked, because numbers given out since 2007 may fail it. A day raised by 60 is how
test persons and replacement numbers are written; such a number belongs to no one in the register.
"""

import datetime as dt
import re
from enum import Enum

_SHAPE = re.compile(r"[0-9]{10}")
_FICTITIOUS_DAY = 60


class CprProblem(Enum):
    NOT_TEN_DIGITS = "not_ten_digits"
    IMPOSSIBLE_DAY = "impossible_day"


class InvalidCpr(ValueError):
    """Never carries the number itself: messages end up in logs."""

    def __init__(self, reason: CprProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason


def parse(text: str) -> str:
    """The ten digits of "DDMMÅÅ-XXXX", typed with or without hyphen and spaces. Raises InvalidCpr."""
    digits = re.sub(r"[\s\-\u2010-\u2015]", "", text)
    if not _SHAPE.fullmatch(digits):
        raise InvalidCpr(CprProblem.NOT_TEN_DIGITS)
    _date_of(digits)
    return digits


def is_valid(text: str) -> bool:
    try:
        parse(text)
    except InvalidCpr:
        return False
    return True


def formatted(cpr: str) -> str:
    digits = parse(cpr)
    return f"{digits[:6]}-{digits[6:]}"


def masked(cpr: str) -> str:
    return f"{parse(cpr)[:6]}-••••"


def born_on(cpr: str) -> dt.date:
    """The date of birth; the seventh digit tells the century (the register's own table)."""
    return _date_of(parse(cpr))


def is_fictitious(cpr: str) -> bool:
    return int(parse(cpr)[:2]) > _FICTITIOUS_DAY


def fictitious(born_on: dt.date, serial: int) -> str:
    """A number that cannot be anyone's: the day raised by 60. `serial` 0–3999 tells same-day people apart."""
    centuries = [digit for digit in range(10) if _century(digit, born_on.year % 100) == born_on.year // 100]
    thousand, rest = divmod(serial, 1000)
    if serial < 0 or thousand >= len(centuries):
        raise ValueError(f"no serial {serial} for a birth in {born_on.year}")
    return f"{born_on.day + _FICTITIOUS_DAY}{born_on:%m%y}{centuries[thousand]}{rest:03d}"


def _date_of(digits: str) -> dt.date:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > _FICTITIOUS_DAY:
        day -= _FICTITIOUS_DAY
    try:
        return dt.date(_century(int(digits[6]), year) * 100 + year, month, day)
    except ValueError:
        raise InvalidCpr(CprProblem.IMPOSSIBLE_DAY) from None


def _century(seventh: int, year: int) -> int:
    if seventh <= 3:
        return 19
    if seventh in (4, 9):
        return 20 if year <= 36 else 19
    return 20 if year <= 57 else 18
