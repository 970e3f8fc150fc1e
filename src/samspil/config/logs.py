"""Lines for a log, which is read by people who have no business with the citizens."""

import logging
import re

_CPR = re.compile(r"(?<![0-9A-Za-z])(?:[0-2]\d|3[01]|[6-8]\d|9[01])(?:0[1-9]|1[0-2])\d\d[-\s]?\d{4}(?![0-9A-Za-z])")
_ROW = re.compile(r"\nDETAIL:.*?(?=\n\n(?:The above exception|During handling)|\Z)", flags=re.DOTALL)


class Discreet(logging.Formatter):
    """Without CPR numbers, and without the rows and values that PostgreSQL repeats in its complaints."""

    def format(self, record: logging.LogRecord) -> str:
        return _CPR.sub("••••••-••••", _ROW.sub("", super().format(record)))
