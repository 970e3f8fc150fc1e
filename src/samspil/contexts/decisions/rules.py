"""When a need has been examined well enough to decide on it, and how decisions and complaints move."""

import datetime as dt
from collections.abc import Collection, Mapping

from samspil.contexts.decisions.enums import (
    CriterionFinding,
    DecisionRefusal,
    HearingSkip,
    NeedOutcome,
    Outcome,
    Step,
    StepFinding,
)
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

NEED = Machine(
    name="need",
    start="open",
    turn={"open": "authority", "decided": "nobody", "withdrawn": "nobody"},
    moves={"open": {"decide": "decided", "withdraw": "withdrawn"}, "withdrawn": {"reopen": "open"}, "decided": {}},
)

DECISION = Machine(
    name="decision",
    start="draft",
    turn={"draft": "authority", "decided": "authority", "told": "nobody", "dropped": "nobody"},
    moves={
        "draft": {"decide": "decided", "drop": "dropped"},
        "decided": {"tell": "told"},
        "told": {},
        "dropped": {},
    },
)

COMPLAINT = Machine(
    name="complaint",
    start="received",
    turn={
        "received": "authority",
        "answered": "citizen",
        "kept": "authority",
        "forwarded": "appeals_board",
        "remitted": "authority",
        "settled": "nobody",
        "withdrawn": "nobody",
    },
    moves={
        "received": {"full": "settled", "partial": "answered", "no_change": "forwarded", "withdraw": "withdrawn"},
        "answered": {"keep": "kept", "accept": "settled"},
        "kept": {"forward": "forwarded", "withdraw": "withdrawn"},
        "forwarded": {"settle": "settled", "remit": "remitted", "withdraw": "withdrawn"},
        "remitted": {"decide_anew": "settled"},
        "settled": {},
        "withdrawn": {},
    },
)

FUNNEL = tuple(Step)
GIVES = frozenset({NeedOutcome.GRANTED, NeedOutcome.PARTLY, NeedOutcome.CHANGED})
ADVERSE = frozenset({NeedOutcome.PARTLY, NeedOutcome.REFUSED, NeedOutcome.ENDED})


def may_move(machine: Machine, status: str, move: str) -> Verdict:
    return ALLOWED if machine.may(status, move) else Verdict(DecisionRefusal.WRONG_STATUS)


def wanted_steps(findings: Mapping[Step, StepFinding]) -> tuple[Step, ...]:
    """The steps of the funnel that must be looked at: all of them, until one covers the need."""
    wanted = []
    for step in FUNNEL:
        wanted.append(step)
        if findings.get(step) == StepFinding.COVERS:
            break
    return tuple(wanted)


def open_steps(findings: Mapping[Step, StepFinding]) -> tuple[Step, ...]:
    return tuple(step for step in wanted_steps(findings) if step not in findings)


def open_criteria(wanted: Collection[str], findings: Mapping[str, CriterionFinding]) -> tuple[str, ...]:
    return tuple(key for key in wanted if key not in findings)


def outcome_of(outcomes: Collection[NeedOutcome]) -> Outcome:
    """What the letter's first line says. Anything short of a yes to everything asks for reasons. At least one."""
    kinds = set(outcomes)
    if not kinds:
        raise ValueError("a decision answers at least one need")
    single = {
        NeedOutcome.GRANTED: Outcome.FULL,
        NeedOutcome.REFUSED: Outcome.REFUSAL,
        NeedOutcome.ENDED: Outcome.END,
        NeedOutcome.CHANGED: Outcome.CHANGE,
        NeedOutcome.PARTLY: Outcome.PARTIAL,
    }
    if len(kinds) == 1:
        return single[kinds.pop()]
    if kinds & {NeedOutcome.GRANTED, NeedOutcome.PARTLY}:
        return Outcome.PARTIAL
    return Outcome.CHANGE if NeedOutcome.CHANGED in kinds else Outcome.END


def is_adverse(outcome: NeedOutcome, *, is_less: bool) -> bool:
    """Not everything that was asked for, or less than before: then reasons, hearing and guidance must be there."""
    return outcome in ADVERSE or (outcome == NeedOutcome.CHANGED and is_less)


def is_reduction(outcome: NeedOutcome, *, is_less: bool) -> bool:
    return outcome == NeedOutcome.ENDED or (outcome == NeedOutcome.CHANGED and is_less)


def must_be_heard(*, is_known: bool, is_adverse: bool, is_weighty: bool) -> bool:
    """A fact the citizen does not know of, that speaks against him or her and matters to the result."""
    return is_adverse and is_weighty and not is_known


def service_key(service: str) -> str:
    """So that the same help written with another case or more spaces is the same help."""
    return " ".join(service.casefold().split())


def day_after(ends_on: dt.date | None) -> dt.date | None:
    """The open end of a period whose last day is `ends_on`."""
    return None if ends_on is None else ends_on + dt.timedelta(days=1)


def day_before(until: dt.date | None) -> dt.date | None:
    """The last day of a period that is open from `until`."""
    return None if until is None else until - dt.timedelta(days=1)


def may_run(*, starts_on: dt.date, ends_on: dt.date | None, follow_up_on: dt.date | None) -> Verdict:
    """The last day is `ends_on`; a follow-up lies within the help."""
    if ends_on is not None and ends_on < starts_on:
        return Verdict(DecisionRefusal.ENDS_BEFORE_START)
    if follow_up_on is not None and (follow_up_on < starts_on or (ends_on is not None and follow_up_on > ends_on)):
        return Verdict(DecisionRefusal.FOLLOW_UP_OUTSIDE)
    return ALLOWED


def may_adjust(
    *, is_favourable: bool, starts_on: dt.date, ends_on: dt.date, minutes_a_day: int, longest: int, most: int
) -> Verdict:
    """A small adjustment in the citizen's favour needs no letter; all else needs a decision.

    `longest` is in days, both ends counted, and `most` in minutes a day, from the rule table.
    """
    if not is_favourable:
        return Verdict(DecisionRefusal.MUST_BE_FAVOURABLE)
    if ends_on < starts_on:
        return Verdict(DecisionRefusal.ENDS_BEFORE_START)
    if (ends_on - starts_on).days + 1 > longest or minutes_a_day > most:
        return Verdict(DecisionRefusal.NEEDS_A_DECISION)
    return ALLOWED


def may_skip(*, ground: str, words: str) -> Verdict:
    if ground not in HearingSkip.values:
        return Verdict(DecisionRefusal.UNKNOWN_CHOICE)
    return ALLOWED if words.strip() else Verdict(DecisionRefusal.WHY_MISSING)


def is_late(*, received_on: dt.date, limit_on: dt.date | None) -> bool:
    """A complaint is late after its limit; before the citizen was told there is none."""
    return limit_on is not None and received_on > limit_on


def may_reassess(*, is_late: bool, answer: str) -> Verdict:
    """What came too late goes on to the board as it is: the authority may not turn it away, nor keep it."""
    return Verdict(DecisionRefusal.LATE_MUST_GO_ON) if is_late and answer != "no_change" else ALLOWED
