import contextlib
import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samspil.kernel import danish_dates
from samspil.kernel.danish_dates import DateProblem, UnreadableDate, find_date, parse_date

TODAY = dt.date(2026, 11, 20)  # a Friday
days = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


def date(text):
    return dt.date.fromisoformat(text)


def test_wordings():
    day = dt.date(2026, 11, 26)
    assert danish_dates.long_date(day) == "torsdag den 26. november"
    assert danish_dates.long_date_year(day) == "torsdag den 26. november 2026"
    assert danish_dates.short_date(dt.date(2026, 3, 5)) == "05.03.2026"
    assert danish_dates.day_and_month(day, TODAY) == "26. november"
    assert danish_dates.day_and_month(day, dt.date(2027, 1, 1)) == "26. november 2026"
    assert danish_dates.long_date(day, "en") == "Thursday 26 November"
    assert danish_dates.long_date_year(day, "en") == "Thursday 26 November 2026"
    assert danish_dates.short_date(dt.date(2026, 3, 5), "en") == "05/03/2026"


def test_clock_time():
    at = dt.datetime(2026, 11, 26, 9, 5, tzinfo=dt.UTC)
    assert danish_dates.clock_time(at) == "09.05"
    assert danish_dates.clock_time(at, "en") == "09:05"
    assert danish_dates.clock_time(dt.time(10, 30)) == "10.30"


@pytest.mark.parametrize(
    ("away", "danish", "english"),
    [
        (0, "i dag", "today"),
        (1, "i morgen, lørdag den 21. november", "tomorrow, Saturday 21 November"),
        (-1, "i går", "yesterday"),
        (-6, "for 6 dage siden", "6 days ago"),
        (4, "om 4 dage, tirsdag den 24. november", "in 4 days, Tuesday 24 November"),
        (30, "om 30 dage, søndag den 20. december", "in 30 days, Sunday 20 December"),
        (31, "mandag den 21. december", "Monday 21 December"),
        (60, "tirsdag den 19. januar 2027", "Tuesday 19 January 2027"),
        (-31, "tirsdag den 20. oktober", "Tuesday 20 October"),
    ],
)
def test_relative(away, danish, english):
    day = TODAY + dt.timedelta(days=away)
    assert danish_dates.relative(day, TODAY) == danish
    assert danish_dates.relative(day, TODAY, "en") == english


@pytest.mark.parametrize(
    "written",
    ["26.11.2026", "26/11", "26. november", "26. nov.", "26 nov", "torsdag", "på torsdag", "torsdag den 26.",
     "torsdag d. 26. november", "den 26.", "26.", "26", "26.11.26", "26-11-2026", "26/11-2026", "26/11 2026",
     "26. 11. 2026", "26.11.", "2026-11-26", "  Torsdag  den 26. ", "om 6 dage", "Thursday", "on Thursday",
     "Thursday 26 November", "26 November 2026", "in 6 days", "d. 26/11", "den 26. november 2026."],
)  # fmt: skip
def test_the_same_day_in_many_writings(written):
    assert parse_date(written, TODAY) == dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("i dag", "2026-11-20"), ("i morgen", "2026-11-21"), ("i overmorgen", "2026-11-22"), ("i går", "2026-11-19"),
        ("fredag", "2026-11-27"),  # today is a Friday: the coming one is meant
        ("lørdag", "2026-11-21"), ("om 14 dage", "2026-12-04"), ("om en uge", "2026-11-27"),
        ("om to måneder", "2027-01-20"), ("tomorrow", "2026-11-21"),
        ("1/11", "2026-11-01"),  # just missed, not next year's
        ("20/10", "2027-10-20"), ("21/10", "2026-10-21"), ("5. januar", "2027-01-05"),
        ("19.", "2026-12-19"), ("31.", "2026-12-31"), ("29. februar", "2028-02-29"),
        ("3. maj", "2027-05-03"), ("3. sept.", "2027-09-03"), ("26.11.1998", None),
    ],
)  # fmt: skip
def test_readable_days(written, expected):
    if expected is None:
        assert parse_date(written, TODAY, within_years=100) == dt.date(1998, 11, 26)
    else:
        assert parse_date(written, TODAY) == date(expected)


@pytest.mark.parametrize(
    ("written", "expected"), [("torsdag", "2026-11-19"), ("26/12", "2025-12-26"), ("1/12", "2026-12-01"),
     ("21.", "2026-10-21")],
)  # fmt: skip
def test_looking_back(written, expected):
    assert parse_date(written, TODAY, looking="back") == date(expected)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/2", DateProblem.IMPOSSIBLE), ("31. april", DateProblem.IMPOSSIBLE), ("29.2.2027", DateProblem.IMPOSSIBLE),
        ("12/13", DateProblem.IMPOSSIBLE), ("32.", DateProblem.IMPOSSIBLE), ("0000-01-01", DateProblem.IMPOSSIBLE),
        ("26.11.2062", DateProblem.TOO_FAR_AWAY), ("1.1.1900", DateProblem.TOO_FAR_AWAY),
        ("fredag den 26.", DateProblem.OTHER_WEEKDAY), ("mandag den 26. november", DateProblem.OTHER_WEEKDAY),
        ("næste uge", DateProblem.NOT_ONE_DAY), ("uge 48", DateProblem.NOT_ONE_DAY),
        ("næste torsdag", DateProblem.NOT_ONE_DAY), ("i næste måned", DateProblem.NOT_ONE_DAY),
        ("", DateProblem.NOT_UNDERSTOOD), ("snart", DateProblem.NOT_UNDERSTOOD), ("26/11/", DateProblem.NOT_UNDERSTOOD),
        ("kl. 10.30", DateProblem.NOT_UNDERSTOOD), ("26. november og 3. december", DateProblem.NOT_UNDERSTOOD),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(written, reason):
    with pytest.raises(UnreadableDate) as caught:
        parse_date(written, TODAY)
    assert caught.value.reason is reason


@given(days, st.sampled_from(["da", "en"]))
def test_what_we_write_we_can_read(day, language):
    for write in (danish_dates.long_date_year, danish_dates.short_date):
        assert parse_date(write(day, language), TODAY, within_years=100) == day


@given(days, st.integers(-30, 300))
def test_a_day_without_its_year_is_found_again(today, away):
    day = today + dt.timedelta(days=away)
    assert parse_date(f"{day.day}/{day.month}", today) == day
    assert parse_date(danish_dates.long_date(day), today) == day


@given(st.text(max_size=30))
@example("99999 dage")
def test_any_text_gives_a_day_or_a_reason(text):
    with contextlib.suppress(UnreadableDate):
        assert abs(parse_date(text, TODAY).year - TODAY.year) <= 10


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Jonas kører med igen torsdag den 26.", "2026-11-26"), ("Jonas, 26/11: kører med", "2026-11-26"),
        ("Mette ringer kl. 9.10 på mandag.", "2026-11-23"), ("Vi ses i morgen kl. 10", "2026-11-21"),
        ("Karla spørger den 3. december", "2026-12-03"), ("Vi taler om det om 14 dage", "2026-12-04"),
        ("Mødet er den 31/2, nej den 1/3", "2027-03-01"), ("Hun går tur hver torsdag", None),
        ("Hun var her sidste torsdag", None), ("Hun kørte 3 stop", None), ("Hun kørte 3. Det gik", None),
        ("Om torsdagen er hun træt", None), ("Karla er 47", None), ("Der var 12-14 personer", None), ("", None),
        ("Vi tager det næste torsdag", None), ("Betalt den 1.1.1987", None),
    ],
)  # fmt: skip
def test_a_day_in_a_sentence(sentence, expected):
    assert find_date(sentence, TODAY) == (expected and date(expected))
