"""Klartjek is right when it speaks: precision on texts marked by hand, and the README says what was measured."""

import pytest

from benchmarks.klartjek_beside import our_rows
from samspil.klartjek import check
from tests.klartjek.evaluation import figures
from tests.klartjek.evaluation.figures import BLOCKING_AIM, DAY, README, SUGGESTING_AIM, Mark, Score, Text

FEWEST, FEWEST_UNSEEN = 60, 15


def test_there_are_texts_enough_good_and_bad() -> None:
    texts = figures.texts()
    assert len(texts) >= FEWEST
    assert sum(text.part == "unseen" for text in texts) >= FEWEST_UNSEEN
    assert {text.kind for text in texts} == {"letter", "message", "note", "page"}
    assert sum(not text.marks for text in texts) >= 10, "good texts are what false alarms show in"


@pytest.mark.parametrize("part", ["tuning", "unseen"])
@pytest.mark.parametrize(("blocking", "aim"), [(True, BLOCKING_AIM), (False, SUGGESTING_AIM)])
def test_it_is_right_when_it_speaks(part: str, blocking: bool, aim: float) -> None:
    score = figures.summed(figures.by_rule(text for text in figures.texts() if text.part == part), blocking=blocking)
    assert score.found
    assert score.precision >= aim


def test_every_rule_is_measured() -> None:
    measured = {rule.removesuffix("+") for rule, score in figures.by_rule(figures.texts()).items() if score.found}
    assert measured == {f"B{number}" for number in range(1, 15)} | {f"R{number:02}" for number in range(1, 21)}


def test_every_mark_names_a_rule_and_words_that_are_there() -> None:
    rules = {finding.rule for text in figures.texts() for finding in check(text.text, kind=text.kind, at=DAY).findings}
    known = rules | {f"B{number}" for number in range(1, 15)} | {f"R{number:02}" for number in range(1, 21)}
    for text in figures.texts():
        for mark in text.marks:
            assert mark.rule.removesuffix("+") in known, text.name
            assert mark.words in text.text, text.name


def test_the_readme_says_what_was_measured() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == figures.with_table(readme), "python -m tests.klartjek.evaluation.figures --write"


def test_the_readme_says_what_was_measured_beside_others() -> None:
    """Not their figures, which need textstat, nor the time."""
    readme = README.read_text(encoding="utf-8")
    assert [row for row in our_rows() if row not in readme] == [], "python -m benchmarks.klartjek_beside --write"


def scored(text: str, *marks: Mark) -> Score:
    return sum(figures.compare(Text("t", "message", "tuning", text, marks))[0].values(), Score())


def test_a_false_alarm_and_a_miss_count_against_it() -> None:
    text = "Kære Karla\n\nSåfremt du ringer, svarer vi."
    assert scored(text, Mark("R11", "Såfremt")) == Score(right=1, found=1, marked=1)
    assert scored(text) == Score(right=0, found=1, marked=0)
    assert scored(text, Mark("R11", "Såfremt"), Mark("R03", "ringer")) == Score(right=1, found=1, marked=2)
    assert scored(text, Mark("R11", "svarer")) == Score(right=0, found=1, marked=1), "the place counts"
