"""docs/rules.toml answers for every rule of the rule table, and a fault in it is found."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.structure.asvs import ROOT
from tests.structure.rules import answers, demanded_of_drafts, faults_of, wanted

DOCUMENT = ROOT / "docs/generated/rules.md"
HERE = "tests/structure/test_rules.py::test_every_rule_has_an_answer_that_is_there"
GOOD = {"stands": "whole", "where": ["contexts/letters/rules.py::may_leave"], "tests": [HERE]}
NOT = {"stands": "no", "lacks": "Not built yet."}


def test_every_rule_has_an_answer_that_is_there() -> None:
    assert list(faults_of(answers(), wanted())) == []
    assert len(answers()) == 64


def test_the_document_is_up_to_date(tmp_path: Path) -> None:
    call_command("docs_rules", to=tmp_path / "generated" / "rules.md")
    assert (tmp_path / "generated" / "rules.md").read_text("utf-8") == DOCUMENT.read_text("utf-8")


def test_what_is_there_is_no_fault() -> None:
    assert list(faults_of({"R99": GOOD}, {"R99"})) == []
    assert list(faults_of({"R99": NOT}, {"R99"})) == []
    assert "R25" in demanded_of_drafts()


@pytest.mark.parametrize(
    ("key", "answer", "fault"),
    [
        ("R98", GOOD, "R99: no answer"),
        ("R98", GOOD, "R98: no such rule"),
        ("R99", GOOD | {"where": ["contexts/letters/rules.py::may_stay"]}, "no such place"),
        ("R99", GOOD | {"where": ["contexts/letters/nowhere.py::may_leave"]}, "no such place"),
        ("R99", GOOD | {"where": ["contexts/catalogue/data/law/deadlines.toml::nothing"]}, "no such place"),
        ("R99", GOOD | {"tests": [f"{HERE}x"]}, "no such test"),
        ("R99", GOOD | {"tests": []}, "no place or no test"),
        ("R99", GOOD | {"where": []}, "no place or no test"),
        ("R99", GOOD | {"lacks": "Something lacks."}, "whole, and yet something lacks"),
        ("R99", GOOD | {"stands": "part"}, "does not say what lacks"),
        ("R99", NOT | {"lacks": ""}, "does not say what lacks"),
        ("R99", NOT | {"tests": [HERE]}, "what is not enforced has no place"),
        ("R99", GOOD | {"stands": "surely"}, "stands as none of"),
        ("R99", GOOD | {"why": "because"}, "nobody reads why"),
        ("R25", GOOD, "a gap in contexts/decisions/examined.py"),
    ],
)
def test_a_fault_is_found(key: str, answer: dict[str, Any], fault: str) -> None:
    assert any(fault in one for one in faults_of({key: answer}, {"R99"}))
