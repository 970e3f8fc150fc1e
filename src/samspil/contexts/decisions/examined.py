"""What keeps a drafted decision from being made: every gap, by the rule that it breaks.

Plain Python: the law comes in as `Section`s and a table of rules, the case as `Draft`. Whether a gap blocks or warns
stands in the table; a rule that the table does not hold on the day asks for nothing. One thing is stricter than the
table: what is to be less than the citizen asked for is not decided on a case that is not illuminated.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from samspil.contexts.decisions import rules
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
from samspil.kernel.day_counting import Length, Whose, effective_from, last_day


@dataclass(frozen=True, slots=True)
class Section:
    """A legal basis, as much of it as the rules ask about.

    `neighbours` must be weighed against it, `first` assessed before it, `excludes` never given beside it. `notice`
    counts from the day the citizen gets the decision; `notice_is_law` is False where the municipality has set it.
    `is_switched` when it is only for those on its side of the first switch between the acts.
    """

    key: str
    law: str = ""
    is_switched: bool = False
    criteria: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    is_decided: bool = True
    must_be_written: bool = False
    needs_goals: bool = False
    needs_purpose: bool = False
    needs_end: bool = False
    needs_long_view: bool = False
    longest: Length | None = None
    notice: Length | None = None
    notice_is_law: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What the rule table says of a gap."""

    level: Level
    may_be_set_aside: bool = True


@dataclass(frozen=True, slots=True)
class PlannedGrant:
    service: str
    extent: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    purpose: str = ""
    goals: str = ""
    follow_up_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ExaminedNeed:
    id: UUID
    outcome: NeedOutcome | None = None
    is_less: bool = False
    section: Section | None = None
    steps: Mapping[Step, StepFinding] = field(default_factory=dict)
    criteria: Mapping[str, CriterionFinding] = field(default_factory=dict)
    weighed: frozenset[str] = frozenset()
    reasons: str = ""
    quotes: int = 0
    said: int = 0
    """How many of the quotes are the citizen's own words."""
    changed_quotes: int = 0
    cause: str = ""
    grants: tuple[PlannedGrant, ...] = ()
    late_since: dt.date | None = None
    """The day before which the citizen should have had an answer, when no notice of another day was given."""

    @property
    def is_adverse(self) -> bool:
        return self.outcome is not None and rules.is_adverse(self.outcome, is_less=self.is_less)

    @property
    def is_reduction(self) -> bool:
        return self.outcome is not None and rules.is_reduction(self.outcome, is_less=self.is_less)


@dataclass(frozen=True, slots=True)
class Draft:
    on: dt.date
    form: Form
    needs: tuple[ExaminedNeed, ...]
    involvement: str = ""
    long_view: str = ""
    law: str = ""
    """Which act the citizen comes under, when that has been assessed."""
    has_contact: bool = True
    effective_on: dt.date | None = None
    unheard: int = 0
    """Facts that the citizen must be heard about and has not been asked about."""
    answer_by: dt.date | None = None
    """Until when the citizen may answer what was asked and is not answered."""
    access_by: dt.date | None = None
    """Until when a party waits to see the file, when that was asked for and is not answered."""
    running: frozenset[str] = frozenset()
    """Legal bases of the help that runs in the case."""
    open_points: int = 0
    """What the appeals board asked to have examined, and has no answer."""


@dataclass(frozen=True, slots=True)
class Gap:
    rule: str
    code: GapCode
    level: Level = Level.WARN
    need_id: UUID | None = None
    subject: str = ""
    may_be_set_aside: bool = False
    """`subject` is what the gap is about: a step, a criterion, a legal basis or a day in ISO form."""

    @property
    def key(self) -> str:
        return ":".join((self.code.value, str(self.need_id or ""), self.subject))


FIRM = frozenset({GapCode.NO_NEED, GapCode.NO_OUTCOME, GapCode.NO_BASIS, GapCode.ONLY_SERVICE_LEVEL})
"""Without these there is no decision: they block whatever the table says, and nobody can set them aside."""
_STRICTER = frozenset({GapCode.STEP_OPEN, GapCode.CRITERION_OPEN, GapCode.QUOTE_CHANGED})


def gaps(draft: Draft, table: Mapping[str, Effect]) -> tuple[Gap, ...]:
    """Everything that is missing, what blocks first."""
    found = [gap for gap in _all(draft) if gap.rule in table or gap.code in FIRM]
    levelled = [_levelled(gap, draft, table) for gap in found]
    return tuple(sorted(levelled, key=lambda gap: gap.level != Level.BLOCK))


def _levelled(gap: Gap, draft: Draft, table: Mapping[str, Effect]) -> Gap:
    if gap.code in FIRM:
        return replace(gap, level=Level.BLOCK)
    effect = table[gap.rule]
    adverse = {need.id for need in draft.needs if need.is_adverse}
    blocks = effect.level == Level.BLOCK or (gap.code in _STRICTER and gap.need_id in adverse)
    return replace(gap, level=Level.BLOCK, may_be_set_aside=effect.may_be_set_aside) if blocks else gap


def standing_blocks(found: Collection[Gap], set_aside: Collection[str]) -> tuple[Gap, ...]:
    """The blocks that nobody has set aside. `set_aside` holds keys of gaps."""
    return tuple(
        gap for gap in found if gap.level == Level.BLOCK and not (gap.may_be_set_aside and gap.key in set_aside)
    )


def _all(draft: Draft) -> Iterator[Gap]:
    if not draft.needs:
        yield _gap("R01", GapCode.NO_NEED)
    for need in draft.needs:
        yield from _of_need(need)
        yield from _of_law(need, draft)
        yield from _of_help(need, draft)
    yield from _of_citizen(draft)


def _gap(rule: str, code: GapCode, need: ExaminedNeed | None = None, subject: str = "") -> Gap:
    return Gap(rule, code, need_id=need.id if need else None, subject=subject)


def _of_need(need: ExaminedNeed) -> Iterator[Gap]:
    """Is the case illuminated, and do facts, criteria and answer hang together?"""
    if need.outcome is None:
        yield _gap("R01", GapCode.NO_OUTCOME, need)
    for step in rules.open_steps(need.steps):
        yield _gap("R12", GapCode.STEP_OPEN, need, step.value)
    if need.changed_quotes:
        yield _gap("R12", GapCode.QUOTE_CHANGED, need)
    if need.late_since is not None:
        yield _gap("R03", GapCode.LATE, need, need.late_since.isoformat())
    if need.is_adverse and not need.reasons.strip():
        yield _gap("R25", GapCode.NO_REASONS, need)
    if need.is_adverse and not need.quotes:
        yield _gap("R25", GapCode.NO_FACT, need)
    if need.section is None or not need.section.is_decided:
        yield _gap("R07", GapCode.NO_BASIS, need)
        return
    for key in rules.open_criteria(need.section.criteria, need.criteria):
        yield _gap("R12", GapCode.CRITERION_OPEN, need, key)
    findings = {need.criteria[key] for key in need.section.criteria if key in need.criteria}
    is_answered = not rules.open_criteria(need.section.criteria, need.criteria) and bool(findings)
    speaks_against = CriterionFinding.UNMET in findings or StepFinding.COVERS in need.steps.values()
    if need.outcome == NeedOutcome.REFUSED and is_answered and not speaks_against:
        yield _gap("R25", GapCode.CRITERIA_AGAINST, need)
    if need.outcome in {NeedOutcome.GRANTED, NeedOutcome.PARTLY} and CriterionFinding.UNMET in findings:
        yield _gap("R12", GapCode.CRITERIA_LACK, need)


def _of_law(need: ExaminedNeed, draft: Draft) -> Iterator[Gap]:
    """What the legal basis itself asks for."""
    section = need.section
    if section is None:
        return
    if section.is_switched and section.law != draft.law:
        yield _gap("R06", GapCode.WRONG_LAW, need)
    for key in section.neighbours:
        if key not in need.weighed and key not in section.first:
            yield _gap("R13", GapCode.NEIGHBOUR_OPEN, need, key)
    for key in section.first:
        if key not in need.weighed:
            yield _gap("R49", GapCode.FIRST_OPEN, need, key)
    if section.must_be_written and draft.form == Form.ORAL:
        yield _gap("R28", GapCode.MUST_BE_WRITTEN, need)
    if need.grants:
        for key in section.excludes:
            if key in draft.running or any(other.grants and _is(other, key) for other in draft.needs):
                yield _gap("R57", GapCode.EXCLUDED, need, key)


def _is(need: ExaminedNeed, key: str) -> bool:
    return need.section is not None and need.section.key == key


def _of_help(need: ExaminedNeed, draft: Draft) -> Iterator[Gap]:
    """What is given, and how less is announced."""
    if need.outcome in rules.GIVES and not need.grants:
        yield _gap("R28", GapCode.NO_GRANT, need)
    for grant in need.grants:
        yield from _of_grant(need, grant)
    if not need.is_reduction:
        return
    if not need.cause:
        yield _gap("R43", GapCode.NO_CAUSE, need)
    if need.cause == Cause.SERVICE_LEVEL:
        yield _gap("R43", GapCode.ONLY_SERVICE_LEVEL, need)
    rule = "R42" if need.section is not None and need.section.notice_is_law else "R43"
    if draft.effective_on is None:
        yield _gap(rule, GapCode.NO_EFFECTIVE_DAY, need)
    elif need.section is not None and need.section.notice is not None:
        first = effective_from(draft.on, need.section.notice)
        if draft.effective_on < first:
            yield _gap(rule, GapCode.NOTICE_TOO_SHORT, need, first.isoformat())


def _of_grant(need: ExaminedNeed, grant: PlannedGrant) -> Iterator[Gap]:
    section = need.section
    if section is None:
        return
    if not grant.extent.strip():
        yield _gap("R28", GapCode.NO_GRANT, need)
    if section.needs_purpose and not grant.purpose.strip():
        yield _gap("R29", GapCode.NO_PURPOSE, need)
    if section.needs_goals and not grant.goals.strip():
        yield _gap("R51", GapCode.NO_GOALS, need)
    if section.needs_end and grant.ends_on is None:
        yield _gap("R50", GapCode.NO_END, need)
    if section.longest is not None:
        last = last_day_of_help(grant.starts_on, section.longest)
        if grant.ends_on is None or grant.ends_on > last:
            yield _gap("R48", GapCode.TOO_LONG, need, last.isoformat())
    if grant.follow_up_on is None:
        yield _gap("R67", GapCode.NO_FOLLOW_UP, need)


def _of_citizen(draft: Draft) -> Iterator[Gap]:
    """Has the citizen taken part, and been heard; is the whole of the case in view?"""
    if not draft.involvement.strip():
        yield _gap("R15", GapCode.NO_INVOLVEMENT)
    if any(need.is_adverse for need in draft.needs) and not any(need.said for need in draft.needs):
        yield _gap("R15", GapCode.NOTHING_SAID)
    sections = [need.section for need in draft.needs if need.section is not None]
    if any(section.needs_long_view for section in sections) and not draft.long_view.strip():
        yield _gap("R14", GapCode.NO_LONG_VIEW)
    if draft.unheard:
        yield _gap("R16", GapCode.NOT_HEARD)
    if draft.answer_by is not None and draft.answer_by >= draft.on:
        yield _gap("R16", GapCode.HEARING_RUNS, subject=draft.answer_by.isoformat())
    if draft.access_by is not None:
        yield _gap("R76", GapCode.ACCESS_WAITS, subject=draft.access_by.isoformat())
    if draft.open_points:
        yield _gap("R05", GapCode.POINTS_OPEN)
    if not draft.has_contact:
        yield _gap("R31", GapCode.NO_CONTACT)


def last_day_of_help(starts_on: dt.date, longest: Length) -> dt.date:
    """From 1 March, help for six months at most ends on 31 August."""
    return last_day(starts_on, longest, Whose.AUTHORITY) - dt.timedelta(days=1)
