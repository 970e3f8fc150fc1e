"""The locked requirements agree with each other."""

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PIN = re.compile(r"^([a-z0-9.-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str]]:
    return set(PIN.findall((REQUIREMENTS / name).read_text()))


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    assert len(pins("run.txt")) > 10
    assert pins("run.txt") <= pins("test.txt")


def test_no_registry_is_named() -> None:
    for file in REQUIREMENTS.iterdir():
        assert "://" not in file.read_text(), file.name
        assert "index-url" not in file.read_text(), file.name
