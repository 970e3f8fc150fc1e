"""Lines for a log, which is read by people who have no business with the citizens, and by machines."""

import datetime as dt
import json
import logging
import re

_CPR = re.compile(r"(?<![0-9A-Za-z])(?:[0-2]\d|3[01]|[6-8]\d|9[01])(?:0[1-9]|1[0-2])\d\d[-\s]?\d{4}(?![0-9A-Za-z])")
_ROW = re.compile(r"\nDETAIL:.*?(?=\n\n(?:The above exception|During handling)|\Z)", flags=re.DOTALL)


class Discreet(logging.Formatter):
    """Without CPR numbers, and without the rows and values that PostgreSQL repeats in its complaints.

    What a message repeats begins no line of its own.
    """

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


class DiscreetLines(Discreet):
    """The same as JSON, a line an entry: at (UTC), level, logger, message and, for a fault, trace."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": discreet(record.getMessage()),
        }
        if record.exc_info:
            entry["trace"] = discreet(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def discreet(words: str) -> str:
    return _CPR.sub("••••••-••••", _ROW.sub("", words))
