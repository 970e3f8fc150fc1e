"""A whole, well-examined decision has no gaps; taking one thing away gives exactly the gap of that thing."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspil.contexts.decisions.enums import (
    Cause,
    CriterionFinding,
    Form,
    GapCode,
    Level,
    NeedOutcome,
    Step,
    StepFinding,
)
from samspil.contexts.decisions.examined import (
    FIRM,
    Draft,
    Effect,
    ExaminedNeed,
    PlannedGrant,
    Section,
    gaps,
    last_day_of_help,
    standing_blocks,
)
from samspil.kernel.day_counting import Length

DAY = dt.date(2026, 11, 24)
NEED = UUID(int=1)
RULES = (
    *("R01", "R03", "R05", "R06", "R07", "R12", "R13", "R14", "R15", "R16", "R25", "R28", "R29", "R31"),
    *("R42", "R43", "R48", "R49", "R50", "R51", "R57", "R67", "R76"),
)
TABLE = {rule: Effect(Level.BLOCK) for rule in RULES} | {
    rule: Effect(Level.WARN) for rule in ("R03", "R12", "R14", "R15", "R67")
}
SECTION = Section(
    key="main",
    law="one",
    criteria=("reduced", "extent"),
    neighbours=("near",),
    first=("training",),
    excludes=("other",),
    must_be_written=True,
    needs_goals=True,
    needs_purpose=True,
    needs_end=True,
    needs_long_view=True,
    longest=Length(6, "months"),
    notice=Length(14, "weeks"),
    notice_is_law=True,
)
GRANT = PlannedGrant(
    service="Støtte",
    extent="2 timer om ugen",
    starts_on=DAY,
    ends_on=DAY + dt.timedelta(days=100),
    purpose="At køre selv",
    goals="Bus alene",
    follow_up_on=DAY + dt.timedelta(days=80),
)
YES = ExaminedNeed(
    id=NEED,
    outcome=NeedOutcome.GRANTED,
    section=SECTION,
    steps=dict.fromkeys(Step, StepFinding.TRIED),
    criteria={"reduced": CriterionFinding.MET, "extent": CriterionFinding.MET},
    weighed=frozenset({"near", "training"}),
    reasons="Fordi",
    quotes=2,
    said=1,
    grants=(GRANT,),
)
NO = replace(YES, outcome=NeedOutcome.REFUSED, grants=(), criteria=YES.criteria | {"extent": CriterionFinding.UNMET})
LESS = replace(NO, outcome=NeedOutcome.ENDED, cause=Cause.CITIZEN_CHANGED, criteria=YES.criteria)
WHOLE = Draft(
    on=DAY, form=Form.WRITTEN, needs=(YES,), involvement="Talt hjemme", long_view="Om tre år", law="one",
    effective_on=DAY + dt.timedelta(weeks=14),
)  # fmt: skip


def draft(need=YES, **changes):
    return replace(WHOLE, needs=(need,), **changes)


def codes(one, table=TABLE):
    return [gap.code for gap in gaps(one, table)]


@pytest.mark.parametrize("need", [YES, NO, LESS], ids=["yes", "no", "end"])
def test_a_well_examined_decision_lacks_nothing(need):
    assert codes(draft(need)) == []


def test_a_yes_needs_no_words_of_the_citizens():
    assert codes(draft(replace(YES, said=0))) == []


MISSING = [
    (draft(), {"needs": ()}, GapCode.NO_NEED),
    (draft(), {"involvement": " "}, GapCode.NO_INVOLVEMENT),
    (draft(NO), {"needs": (replace(NO, said=0),)}, GapCode.NOTHING_SAID),
    (draft(), {"long_view": ""}, GapCode.NO_LONG_VIEW),
    (draft(), {"has_contact": False}, GapCode.NO_CONTACT),
    (draft(), {"form": Form.ORAL}, GapCode.MUST_BE_WRITTEN),
    (draft(), {"unheard": 1}, GapCode.NOT_HEARD),
    (draft(), {"answer_by": DAY}, GapCode.HEARING_RUNS),
    (draft(), {"access_by": DAY}, GapCode.ACCESS_WAITS),
    (draft(), {"access_by": DAY - dt.timedelta(days=9)}, GapCode.ACCESS_WAITS),
    (draft(), {"open_points": 1}, GapCode.POINTS_OPEN),
    (draft(), {"running": frozenset({"other"})}, GapCode.EXCLUDED),
    (draft(LESS), {"effective_on": None}, GapCode.NO_EFFECTIVE_DAY),
    (draft(LESS), {"effective_on": DAY + dt.timedelta(weeks=14, days=-1)}, GapCode.NOTICE_TOO_SHORT),
]


@pytest.mark.parametrize(("one", "change", "code"), MISSING, ids=[code.value for *_, code in MISSING])
def test_one_thing_missing_in_the_decision_is_one_gap(one, change, code):
    assert codes(replace(one, **change)) == [code]


LACKING = [
    (YES, {"outcome": None}, GapCode.NO_OUTCOME),
    (YES, {"section": None}, GapCode.NO_BASIS),
    (YES, {"section": replace(SECTION, is_decided=False)}, GapCode.NO_BASIS),
    (YES, {"section": replace(SECTION, law="other", is_switched=True)}, GapCode.WRONG_LAW),
    (YES, {"steps": dict.fromkeys(list(Step)[1:], StepFinding.TRIED)}, GapCode.STEP_OPEN),
    (YES, {"criteria": {"reduced": CriterionFinding.MET}}, GapCode.CRITERION_OPEN),
    (YES, {"criteria": NO.criteria}, GapCode.CRITERIA_LACK),
    (YES, {"changed_quotes": 1}, GapCode.QUOTE_CHANGED),
    (YES, {"weighed": frozenset({"training"})}, GapCode.NEIGHBOUR_OPEN),
    (YES, {"weighed": frozenset({"near"})}, GapCode.FIRST_OPEN),
    (YES, {"late_since": DAY}, GapCode.LATE),
    (YES, {"grants": ()}, GapCode.NO_GRANT),
    (YES, {"grants": (replace(GRANT, extent=" "),)}, GapCode.NO_GRANT),
    (YES, {"grants": (replace(GRANT, purpose=""),)}, GapCode.NO_PURPOSE),
    (YES, {"grants": (replace(GRANT, goals=""),)}, GapCode.NO_GOALS),
    (YES, {"grants": (replace(GRANT, follow_up_on=None),)}, GapCode.NO_FOLLOW_UP),
    (NO, {"reasons": ""}, GapCode.NO_REASONS),
    (NO, {"quotes": 0}, GapCode.NO_FACT),
    (NO, {"criteria": YES.criteria}, GapCode.CRITERIA_AGAINST),
    (LESS, {"cause": ""}, GapCode.NO_CAUSE),
    (LESS, {"cause": Cause.SERVICE_LEVEL}, GapCode.ONLY_SERVICE_LEVEL),
]


@pytest.mark.parametrize(
    ("need", "change", "code"), LACKING, ids=[f"{c.value}-{n}" for n, (*_, c) in enumerate(LACKING)]
)
def test_one_thing_missing_in_a_need_is_one_gap_and_belongs_to_it(need, change, code):
    found = gaps(draft(replace(need, **change)), TABLE)
    assert [gap.code for gap in found] == [code]
    assert found[0].need_id == NEED


def test_every_gap_is_tried():
    tried = {code for *_, code in (*MISSING, *LACKING)} | {GapCode.NO_END, GapCode.TOO_LONG}
    assert tried == set(GapCode)


def test_help_for_six_months_at_most_has_a_last_day():
    endless = replace(YES, grants=(replace(GRANT, ends_on=None),))
    assert codes(draft(endless)) == [GapCode.NO_END, GapCode.TOO_LONG]
    last = last_day_of_help(DAY, Length(6, "months"))
    assert last == dt.date(2027, 5, 23)
    for ends_on, wanted in ((last, []), (last + dt.timedelta(days=1), [GapCode.TOO_LONG])):
        assert codes(draft(replace(YES, grants=(replace(GRANT, ends_on=ends_on),)))) == wanted


def test_a_no_is_not_given_on_a_case_that_is_not_illuminated():
    """The table only warns; short of a full yes it blocks all the same."""
    half = {"criteria": {"extent": CriterionFinding.UNMET}}
    assert gaps(draft(replace(YES, **half)), TABLE)[0].level == Level.WARN
    assert gaps(draft(replace(NO, **half)), TABLE)[0].level == Level.BLOCK


def test_a_no_to_what_an_earlier_step_covers_needs_no_criterion_against_it():
    covered = replace(NO, criteria=YES.criteria, steps={Step.OWN_STRENGTH: StepFinding.COVERS})
    assert codes(draft(covered)) == []


def test_a_rule_that_is_not_in_force_asks_for_nothing():
    late = draft(replace(YES, late_since=DAY))
    assert codes(late) == [GapCode.LATE]
    assert codes(late, {rule: effect for rule, effect in TABLE.items() if rule != "R03"}) == []


@pytest.mark.parametrize("code", sorted(FIRM))
def test_what_a_decision_cannot_be_without_blocks_whatever_the_table_says(code):
    cases = {found: (one, change) for one, change, found in MISSING} | {
        found: (draft(replace(need, **change)), {}) for need, change, found in LACKING
    }
    one, change = cases[code]
    found = [gap for gap in gaps(replace(one, **change), {}) if gap.code == code]
    assert found
    assert standing_blocks(found, {gap.key for gap in found}) == tuple(found)


def test_a_block_is_set_aside_by_its_own_key_and_only_when_the_table_lets_it():
    found = gaps(draft(replace(YES, weighed=frozenset({"training"}))), TABLE)
    assert standing_blocks(found, set()) == found
    assert standing_blocks(found, {found[0].key}) == ()
    assert standing_blocks(found, {"another"}) == found
    firm = TABLE | {"R13": Effect(Level.BLOCK, may_be_set_aside=False)}
    kept = gaps(draft(replace(YES, weighed=frozenset({"training"}))), firm)
    assert standing_blocks(kept, {kept[0].key}) == kept


def test_blocks_come_before_warnings():
    found = gaps(draft(replace(YES, weighed=frozenset()), involvement="", long_view=""), TABLE)
    levels = [gap.level for gap in found]
    assert levels == sorted(levels, key=lambda level: level != Level.BLOCK)
    assert {Level.BLOCK, Level.WARN} == set(levels)


@given(
    st.builds(
        ExaminedNeed,
        id=st.just(NEED),
        outcome=st.sampled_from(NeedOutcome),
        is_less=st.booleans(),
        section=st.just(SECTION),
        steps=st.dictionaries(st.sampled_from(Step), st.sampled_from(StepFinding)),
        criteria=st.dictionaries(st.sampled_from(SECTION.criteria), st.sampled_from(CriterionFinding)),
        weighed=st.frozensets(st.sampled_from(["near", "training"])),
        reasons=st.sampled_from(["", "Fordi"]),
        quotes=st.integers(0, 2),
        cause=st.sampled_from(["", *Cause.values]),
        grants=st.sampled_from([(), (GRANT,)]),
    ),
    st.booleans(),
)
def test_nothing_short_of_a_full_yes_passes_without_reasons_facts_and_an_illuminated_case(need, is_heard):
    one = draft(need, unheard=0 if is_heard else 1)
    if standing_blocks(gaps(one, TABLE), set()):
        return
    assert is_heard
    assert {"near", "training"} <= need.weighed
    if need.is_adverse:
        assert need.reasons
        assert need.quotes
        assert set(SECTION.criteria) <= need.criteria.keys()
        assert StepFinding.COVERS in need.steps.values() or set(Step) <= need.steps.keys()
    if need.is_reduction:
        assert need.cause not in {"", Cause.SERVICE_LEVEL}
