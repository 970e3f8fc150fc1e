"""Every template, filled from a case: the order, the words, the guidance, and how hard it is to read."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from samspil import klartjek
from samspil.contexts import catalogue
from samspil.contexts.letters import clarity, content, rules, wording
from samspil.contexts.letters.composing import EASY_WORDS, MISSING, Composed, compose
from samspil.contexts.letters.enums import Appeal, PartKind, Result
from samspil.contexts.letters.wording import Template
from samspil.klartjek import Severity
from tests.letter_facts import DECIDED_ON, NOT_APPEALABLE, facts_of

LAST = dt.date(2026, 12, 18)
HOLDING = [one for one in wording.templates() if wording.template(one.key, on=DECIDED_ON) is one]
every = pytest.mark.parametrize("template", HOLDING, ids=lambda one: one.key)
BEGINS = ("Du får ", "Du kan ikke få ", "Vi ændrer ", "Vi stopper ")


def composed(template: Template) -> Composed:
    return compose(facts_of(template), template, complaint_by=LAST)


def texts(letter: Composed) -> dict[str, str]:
    return {part.kind: part.text for part in letter.parts}


def test_there_are_at_least_thirty_and_no_two_for_the_same():
    assert len(HOLDING) >= 30
    assert len({(one.basis, one.result, one.is_transition) for one in HOLDING}) == len(HOLDING)
    assert {one.result for one in HOLDING} == set(Result)


@every
def test_nothing_is_missing_and_it_may_leave(template: Template):
    letter = composed(template)
    appeal = facts_of(template).appeal
    assert letter.missing == ()
    assert MISSING not in "".join(texts(letter).values())
    assert rules.may_leave(texts(letter), result=template.result, appeal=appeal, last_day=LAST, missing=())


@every
def test_the_decision_is_told_first_and_in_few_words(template: Template):
    letter = composed(template)
    assert [part.kind for part in letter.parts] == list(PartKind)
    assert letter.headline.da.startswith(BEGINS)
    assert len(letter.headline.da.split()) <= 12
    first_sixty = " ".join(letter.parts[0].text.split()[:60])
    assert any(verb.strip() in first_sixty for verb in BEGINS)


@every
def test_klartjek_lets_it_leave_and_finds_it_easy(template: Template):
    facts, kept = facts_of(template), content.keep(composed(template))
    report = clarity.report(kept, facts, on=DECIDED_ON)
    assert [(one.rule, one.reason) for one in report.findings if one.severity == Severity.ERROR] == []
    assert report.parts["rules"].value <= 45
    assert report.lix.value <= 32
    without_rules = content.with_texts(kept, {PartKind.RULES: ""})
    assert clarity.report(without_rules, facts, on=DECIDED_ON).lix.value <= 32


@every
def test_the_short_version_is_shorter_still(template: Template):
    lines = [line.da for section in composed(template).easy for line in section.lines]
    ours = [line for line in lines if "Bostøtte" not in line and "gange om ugen" not in line]
    assert max(len(line.split()) for line in ours) <= EASY_WORDS
    assert klartjek.check("\n".join(lines), kind="message", at=DECIDED_ON).lix.value <= 22
    assert len(lines) <= 16


@every
def test_every_sentence_of_ours_has_its_english(template: Template):
    letter = composed(template)
    untold = [line.text for part in letter.parts for line in part.lines if line.origin == "fixed" and not line.en]
    assert untold == []
    assert letter.headline.en


@every
def test_it_says_where_it_is_from(template: Template):
    assert "https://www.retsinformation.dk/" in template.source
    assert template.verified_by == "", "no jurist has read them yet, and it must not be said that one has"


def test_whoever_may_not_complain_hears_nothing_of_the_appeals_board():
    silent = [one for one in HOLDING if facts_of(one).appeal == Appeal.NO]
    assert {one.basis for one in silent} == NOT_APPEALABLE
    for template in silent:
        assert "Ankestyrelsen" not in "".join(texts(composed(template)).values())


@every
def test_whoever_gets_help_reads_what_must_be_told(template: Template):
    gives = template.result in {Result.FULL, Result.PARTIAL, Result.CHANGE}
    rules = texts(composed(template))[PartKind.RULES]
    assert ("hvis noget ændrer sig" in rules) is gives
    assert ("betale penge tilbage" in rules) is gives


def test_the_old_help_that_the_new_act_ends_is_told_apart():
    letter = texts(composed(wording.template("ael10-transition", on=DECIDED_ON)))
    assert "Du kan ikke klage over, at den gamle hjælp stopper." in letter[PartKind.COMPLAIN]
    assert "Ankestyrelsen" in letter[PartKind.COMPLAIN]


def test_a_hard_letter_is_stopped_and_found_hard():
    """The control of the measure: the same facts in the officialese that the sources quote."""
    template = wording.template("sel83-refusal", on=DECIDED_ON)
    hard = (
        "I henhold til kommunens kvalitetsstandard meddeles hermed afslag på kompenserende "
        "hjemmehjælpsforanstaltninger, idet funktionsevnen efter en konkret og individuel vurdering findes "
        "tilstrækkelig."
    )
    kept = content.with_texts(content.keep(composed(template)), {PartKind.BECAUSE: hard, PartKind.DO_NOW: "Intet."})
    report = clarity.report(kept, facts_of(template), on=DECIDED_ON)
    assert report.blocks
    assert {"B4", "B6"} <= {one.rule for one in report.findings if one.severity == Severity.ERROR}
    assert report.parts["because"].value > 55


def test_every_basis_that_is_decided_on_is_told_in_english_too():
    """But for those that have ended. What the letter says of a rule would else stay Danish in its translation."""
    folder = Path(catalogue.__file__).parent / "data" / "law"
    rows = [row for path in sorted(folder.glob("bases_*.toml")) for row in tomllib.loads(path.read_text())["basis"]]
    decided = {row["key"] for row in rows if row.get("guidance") != "no_decision"}
    ended = {row["key"] for row in rows if row.get("valid_until", dt.date.max) <= DECIDED_ON}
    assert len(decided) > 40
    assert decided - ended - wording.rules_in_english().keys() == set()
    assert wording.rules_in_english().keys() <= {row["key"] for row in rows}
