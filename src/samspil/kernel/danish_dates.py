"""Dates as people read and write them in Denmark, with English wordings beside."""

import datetime as dt
import re
from enum import Enum
from typing import Literal

from samspil.kernel.text import Language
from samspil.kernel.workdays import add_months

_WEEKDAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "da": ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
           "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
_NEAR_DAYS = 30
_WITHIN_YEARS = 10
_LONGEST = 60

_MONTH_NUMBER = {name[:3].lower(): n for names in _MONTHS.values() for n, name in enumerate(names, 1)}
_WEEKDAY_NUMBER = {name.lower(): n for names in _WEEKDAYS.values() for n, name in enumerate(names)}
_DAYS_FROM_NOW = {
    "i dag": 0, "idag": 0, "today": 0, "i morgen": 1, "imorgen": 1, "tomorrow": 1, "i overmorgen": 2,
    "overmorgen": 2, "i går": -1, "igår": -1, "yesterday": -1, "i forgårs": -2,
}  # fmt: skip
_COUNT = {"en": 1, "et": 1, "one": 1, "a": 1, "to": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4}
_UNIT_DAYS = {"d": 1, "u": 7, "w": 7}

_weekday = "|".join(sorted(_WEEKDAY_NUMBER))
_month = "|".join(
    sorted({name.lower() for names in _MONTHS.values() for name in names} | set(_MONTH_NUMBER) | {"sept"})
)
_near = "|".join(re.escape(words) for words in sorted(_DAYS_FROM_NOW, key=len, reverse=True))
_EXPRESSION = re.compile(
    rf"""(?<![\w/.-])(?<!\bkl\.\ )(?<!\bkl\ )(?:
      (?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?![\w/-])
    | (?:(?:på\ |on\ )?(?P<of>{_weekday}),?\ (?:d\.\ ?|den\ |the\ )?)?
      (?P<day>\d{{1,2}})(?:
          \.?\ (?P<month>{_month})\b\.?(?:\ (?P<year>\d{{4}})(?!\d))?
        | [./-]\ ?(?P<number>\d{{1,2}})(?:\.?[\ ./-]{{1,2}}(?P<short>\d{{4}}|\d{{2}}))?(?![\w/]|[.-]\d)
        | (?P<alone>(?(of)|(?:(?<=\bden\ \d\d)|(?<=\bden\ \d)|(?<=\bd\.\ \d\d)|(?<=\bd\.\ \d)))\.?)(?![\w/])
      )
    | (?<!\bhver\ )(?<!\banden\ )(?<!\bsidste\ )(?<!\bforrige\ )(?<!\bevery\ )(?<!\blast\ )
      (?:på\ |on\ )?(?P<next>næste\ |next\ )?(?P<weekday>{_weekday})\b
    | (?P<near>{_near})\b
    | (?:om|in)\ (?P<count>\d{{1,3}}|{"|".join(_COUNT)})\ (?P<unit>
        dage?|uger?|måned|måneder|days?|weeks?|months?)\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_NOT_ONE_DAY = re.compile(r"(?:i |in )?(?:næste|denne|next|this) (?:uge|måned|week|month)|(?:uge|week) \d{1,2}")


class DateProblem(Enum):
    IMPOSSIBLE = "impossible"
    NOT_UNDERSTOOD = "not_understood"
    TOO_FAR_AWAY = "too_far_away"
    OTHER_WEEKDAY = "other_weekday"
    NOT_ONE_DAY = "not_one_day"


class UnreadableDate(ValueError):
    def __init__(self, reason: DateProblem) -> None:
        super().__init__(reason.value)
        self.reason = reason


def long_date(day: dt.date, language: Language = "da") -> str:
    """As in "torsdag den 26. november" or "Thursday 26 November"."""
    weekday = _WEEKDAYS[language][day.weekday()]
    return f"{weekday} {'den ' if language == 'da' else ''}{_day_and_month(day, language)}"


def long_date_year(day: dt.date, language: Language = "da") -> str:
    return f"{long_date(day, language)} {day.year}"


def day_and_month(day: dt.date, today: dt.date, language: Language = "da") -> str:
    """As in "26. november", with its year unless it is this one."""
    return _day_and_month(day, language) if day.year == today.year else f"{_day_and_month(day, language)} {day.year}"


def short_date(day: dt.date, language: Language = "da") -> str:
    """As in "26.11.2026" or "26/11/2026"."""
    return f"{day:%d.%m.%Y}" if language == "da" else f"{day:%d/%m/%Y}"


def clock_time(moment: dt.datetime | dt.time, language: Language = "da") -> str:
    """As in "10.30" or "10:30"; the moment is shown as it is, in its own zone."""
    return f"{moment:%H.%M}" if language == "da" else f"{moment:%H:%M}"


def relative(day: dt.date, today: dt.date, language: Language = "da") -> str:
    """As in "i morgen, fredag den 13. marts" or "for 6 dage siden".

    Near days ahead are counted and named, near days behind only counted; beyond 30 days the date stands
    alone, with its year unless it is this one.
    """
    away = (day - today).days
    danish = language == "da"
    if abs(away) > _NEAR_DAYS:
        return long_date(day, language) if day.year == today.year else long_date_year(day, language)
    if away == 0:
        return "i dag" if danish else "today"
    if away == -1:
        return "i går" if danish else "yesterday"
    if away < 0:
        return f"for {-away} dage siden" if danish else f"{-away} days ago"
    if away == 1:
        return f"{'i morgen' if danish else 'tomorrow'}, {long_date(day, language)}"
    return f"{f'om {away} dage' if danish else f'in {away} days'}, {long_date(day, language)}"


def parse_date(
    text: str,
    today: dt.date,
    *,
    looking: Literal["ahead", "back"] = "ahead",
    within_years: int = _WITHIN_YEARS,
) -> dt.date:
    """The day that was written: "26.11.2026", "26/11", "torsdag den 26.", "på torsdag", "om en uge".

    Without a year the first such day from 30 days ago is meant (`looking="back"`: the last one until 30 days
    ahead), so that a day just missed is not taken for next year's. A weekday alone is the coming one, never
    today. Raises UnreadableDate.
    """
    words = " ".join(text[:_LONGEST].casefold().split()).strip(" .,;!?")
    for opening in ("d. ", "den ", "the "):
        words = words.removeprefix(opening)
    if _NOT_ONE_DAY.fullmatch(words):
        raise UnreadableDate(DateProblem.NOT_ONE_DAY)
    match = _EXPRESSION.fullmatch(f"den {words}", len("den "))
    if match is None:
        raise UnreadableDate(DateProblem.NOT_UNDERSTOOD)
    return _day_of(match, today, looking, within_years)


def find_date(text: str, today: dt.date) -> dt.date | None:
    """The first readable day mentioned in a sentence, for "Jonas kører med igen torsdag den 26."."""
    for match in _EXPRESSION.finditer(text):
        try:
            return _day_of(match, today)
        except UnreadableDate:
            continue
    return None


def _day_and_month(day: dt.date, language: Language) -> str:
    return f"{day.day}{'.' if language == 'da' else ''} {_MONTHS[language][day.month - 1]}"


def _day_of(match: re.Match[str], today: dt.date, looking: str = "ahead", within_years: int = _WITHIN_YEARS) -> dt.date:
    found = {name: value.casefold() for name, value in match.groupdict().items() if value is not None}
    day = _meant(found, today, looking)
    if abs(day.year - today.year) > within_years:
        raise UnreadableDate(DateProblem.TOO_FAR_AWAY)
    if "of" in found and day.weekday() != _WEEKDAY_NUMBER[found["of"]]:
        raise UnreadableDate(DateProblem.OTHER_WEEKDAY)
    return day


def _meant(found: dict[str, str], today: dt.date, looking: str) -> dt.date:
    if "near" in found:
        return today + dt.timedelta(days=_DAYS_FROM_NOW[found["near"]])
    if "unit" in found:
        return _counted(found["count"], found["unit"], today)
    if "next" in found:  # "næste torsdag" is this week's to some and next week's to others
        raise UnreadableDate(DateProblem.NOT_ONE_DAY)
    if "weekday" in found:
        days = (_WEEKDAY_NUMBER[found["weekday"]] - today.weekday() - 1) % 7 + 1
        return today + dt.timedelta(days=days if looking == "ahead" else days - 7)
    if "iso" in found:
        year, month, day = map(int, found["iso"].split("-"))
        return _existing(year, month, day)
    return _without_or_with_year(found, today, looking)


def _counted(count: str, unit: str, today: dt.date) -> dt.date:
    number = _COUNT[count] if count in _COUNT else int(count)
    if unit.startswith("m"):
        return add_months(today, number)
    return today + dt.timedelta(days=number * _UNIT_DAYS[unit[0]])


def _without_or_with_year(found: dict[str, str], today: dt.date, looking: str) -> dt.date:
    number = int(found["day"])
    if "alone" in found:
        return _this_or_next_month(number, today, looking)
    month = int(found["number"]) if "number" in found else _MONTH_NUMBER[found["month"][:3]]
    if year := found.get("year") or found.get("short"):
        return _existing(int(year) + (2000 if len(year) == 2 else 0), month, number)
    reach = dt.timedelta(days=_NEAR_DAYS if looking == "ahead" else -_NEAR_DAYS)
    years = range(today.year - 1, today.year + 9) if looking == "ahead" else range(today.year + 1, today.year - 9, -1)
    for candidate in years:  # nine years reach the next 29 February
        try:
            day = dt.date(candidate, month, number)
        except ValueError:
            continue
        if (day >= today - reach) if looking == "ahead" else (day <= today - reach):
            return day
    raise UnreadableDate(DateProblem.IMPOSSIBLE)


def _this_or_next_month(number: int, today: dt.date, looking: str) -> dt.date:
    first = today.replace(day=1)
    for months in range(4):
        month = add_months(first, months if looking == "ahead" else -months)
        try:
            day = month.replace(day=number)
        except ValueError:
            continue
        if (day >= today) if looking == "ahead" else (day <= today):
            return day
    raise UnreadableDate(DateProblem.IMPOSSIBLE)


def _existing(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnreadableDate(DateProblem.IMPOSSIBLE) from None
