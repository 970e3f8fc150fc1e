"""docs/asvs.yml answers every requirement, and a fault in it is found."""

import pytest

from tests.structure.asvs import ROOT, answers, faults_of, wanted

HERE = "tests/structure/test_asvs.py::test_every_requirement_has_an_answer_that_is_there"


def test_every_requirement_has_an_answer_that_is_there() -> None:
    found, unreadable = answers((ROOT / "docs" / "asvs.yml").read_text(encoding="utf-8"))
    assert unreadable + list(faults_of(found, wanted())) == []
    assert len(found) == 246


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f'V1.1.2: "test {HERE}"', "V1.1.1: no answer"),
        (f'V1.1.1: "test {HERE}x"', f"V1.1.1: no such test: test {HERE}x"),
        ('V1.1.1: "test tests/nowhere.py::test_x"', "V1.1.1: no such test: test tests/nowhere.py::test_x"),
        ('V1.1.1: "document docs/security.md#nowhere"', "V1.1.1: no such section: document docs/security.md#nowhere"),
        ('V1.1.1: "document docs/nowhere.md"', "V1.1.1: no such section: document docs/nowhere.md"),
        ('V1.1.1: "open "', "V1.1.1: no reason: open "),
        ('V1.1.1: "surely"', "V1.1.1: begins with none of test, document, n/a, open: surely"),
        (f'V1.1.1: "test {HERE}"\nV1.1.1: "open not yet"', "V1.1.1: twice"),
        ("V1.1.1: open not yet", "cannot read: V1.1.1: open not yet"),
    ],
)
def test_a_fault_is_found(line: str, fault: str) -> None:
    found, unreadable = answers(line)
    assert fault in unreadable + list(faults_of(found, {"V1.1.1"}))


def test_what_is_there_is_no_fault() -> None:
    found, unreadable = answers(f'# words\n\nV1.1.1: "test {HERE} + document docs/security.md#files"\n')
    assert unreadable + list(faults_of(found, {"V1.1.1"})) == []
