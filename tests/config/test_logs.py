"""What a line of the log holds, as text in the demo and as JSON in production."""

import json
import logging

import pytest

from samspil.config.logs import Discreet, DiscreetLines

SENT = "første\nCRITICAL alt er slettet\r\nanden"

COMPLAINT = "brød reglen\nDETAIL:  Failing row contains (Karla, Havnegade 4)."


def entry(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("samspil", logging.WARNING, "x.py", 1, message, arguments, None)


def test_what_somebody_sent_begins_no_line() -> None:
    assert Discreet().format(entry("kendte ikke %s", SENT)).count("\n") == 0
    assert DiscreetLines().format(entry("kendte ikke %s", SENT)).count("\n") == 0
    assert logging.Formatter().format(entry("kendte ikke %s", SENT)).count("\n") == 2  # the control


def test_a_line_is_json_with_its_trace_in_utc() -> None:
    record = entry("gik galt for %s", "010203-9996")
    try:
        raise ValueError("010203-9996")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = DiscreetLines().format(record)
    found = json.loads(line)
    assert found["level"] == "WARNING"
    assert found["at"].endswith("+00:00")
    assert "ValueError" in found["trace"]
    assert "9996" not in line


@pytest.mark.parametrize("formatter", [Discreet(), DiscreetLines()])
def test_rows_that_postgresql_repeats_are_left_out(formatter: logging.Formatter) -> None:
    record = entry("x")
    try:
        raise ValueError(COMPLAINT)
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    assert "brød reglen" in formatter.format(record)
    assert "Havnegade" not in formatter.format(record)
