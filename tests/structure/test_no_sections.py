"""Law is data: no section is named in code, only in the files of the catalogue."""

import re

import pytest

from tests.structure.source_code import SRC, modules

NAMED = re.compile(r"§|[\'\"](?:sel|ael)-?\d", re.IGNORECASE)
# Sections of other laws in texts that come with an order, the typing marks, the invented lives of the demo, and where
# each way into a case has its ground: a source beside a row, which decides nothing.
ELSEWHERE = ("contexts/cases/sight.py", "exchange/ffb_order/words.py", "kernel/", "klartjek/", "jobs/demo/")


def lines_that_name(text: str) -> list[str]:
    """Without comments and docstrings of one line, where a source may stand."""
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if NAMED.search(line) and not line.startswith(('"""', "#")) and "(ux §" not in line]


def test_no_section_is_named_in_code():
    found = {str(path.relative_to(SRC)): lines_that_name(path.read_text("utf-8")) for path in modules()}
    assert len(found) > 100
    assert {name: lines for name, lines in found.items() if lines and not name.startswith(ELSEWHERE)} == {}


@pytest.mark.parametrize("line", ['if basis == "sel-83":', "text = 'efter § 85'", '"ael10"'])
def test_a_section_in_code_is_found(line):
    assert lines_that_name(line) == [line]
