"""What a grant may hold, and when it ends. Scopes and kinds are the codes of the enums."""

import datetime as dt
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from samspil.contexts.citizens.enums import CitizenRefusal, GrantKind, GrantSource, Matter, Scope
from samspil.kernel.verdict import ALLOWED, Verdict

BY_LAW = frozenset({GrantKind.GUARDIAN, GrantKind.FUTURE_POWER})
"""What the law gives can be ended by the authority only, when its ground is gone."""
ON_PAPER = BY_LAW | {GrantKind.PAPER_POWER, GrantKind.DIGITAL_POWER}
"""Kinds that rest on a document, whose number or day is written down."""
FOR_A_START = frozenset({Scope.PLAN, Scope.MEETINGS, Scope.AGREEMENTS, Scope.HELPERS})
UNDO = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class LawfulRight:
    """What the law lets a kind of representative do in one kind of matter, while it is valid."""

    kind: str
    matter: str
    scopes: frozenset[str]
    by_default: frozenset[str]
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    verified_by: str

    def holds(self, on: dt.date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@cache
def lawful_rights() -> tuple[LawfulRight, ...]:
    rows = tomllib.loads(Path(__file__).with_name("data").joinpath("representation.toml").read_text(encoding="utf-8"))
    return tuple(
        LawfulRight(
            kind=row["kind"],
            matter=row["matter"],
            scopes=frozenset(row["scopes"]),
            by_default=frozenset(row["by_default"]),
            valid_from=row["valid_from"],
            valid_until=row.get("valid_until"),
            source=row["source"],
            verified_by=row["verified_by"],
        )
        for row in rows["rights"]
    )


def rights_of(kind: str, matters: Iterable[str], *, on: dt.date) -> tuple[LawfulRight, ...]:
    wanted = frozenset(matters)
    return tuple(r for r in lawful_rights() if r.kind == kind and r.matter in wanted and r.holds(on))


def widest(kind: str, matters: Iterable[str], *, on: dt.date) -> frozenset[str]:
    """The most that a grant of this kind can hold: all for the citizen's own choice, else what the law says."""
    if kind not in BY_LAW:
        return frozenset(Scope)
    return frozenset[str]().union(*(right.scopes for right in rights_of(kind, matters, on=on)))


def for_a_start(kind: str, matters: Iterable[str], *, on: dt.date) -> frozenset[str]:
    """What is ticked before anybody has chosen. Never the notes."""
    if kind not in BY_LAW:
        return frozenset(FOR_A_START)
    return frozenset[str]().union(*(right.by_default for right in rights_of(kind, matters, on=on)))


def may_hold(kind: str, matters: Collection[str], scopes: Collection[str], *, on: dt.date) -> Verdict:
    """A grant holds something, what hangs together, and no more than the law gives."""
    if kind in BY_LAW and not set(matters) & set(Matter):
        return Verdict(CitizenRefusal.MATTER_MISSING)
    if not scopes:
        return Verdict(CitizenRefusal.NOTHING_CHOSEN)
    if Scope.PREPARE in scopes and Scope.MEETINGS not in scopes:
        return Verdict(CitizenRefusal.PREPARING_NEEDS_MEETINGS)
    if Scope.COMPLAIN in scopes and Scope.DECISIONS not in scopes:
        return Verdict(CitizenRefusal.COMPLAINING_NEEDS_DECISIONS)
    if not set(scopes) <= widest(kind, matters, on=on):
        return Verdict(CitizenRefusal.BEYOND_THE_LAW)
    return ALLOWED


def is_documented(kind: str, source: str, document: str, *, by_citizen: bool) -> Verdict:
    """Who writes the choice down for somebody else says how it was said; a power or a guardianship names its paper."""
    if kind in ON_PAPER and not document.strip():
        return Verdict(CitizenRefusal.DOCUMENT_MISSING)
    if (source == GrantSource.SELF) != by_citizen:
        return Verdict(CitizenRefusal.WROTE_HOW_MISSING)
    return ALLOWED


def ends_after(last_day: dt.date | None, *, on: dt.date) -> Verdict:
    return ALLOWED if last_day is None or last_day >= on else Verdict(CitizenRefusal.END_IS_PAST)


def may_undo(*, taken_back_at: dt.datetime | None, now: dt.datetime) -> Verdict:
    is_soon = taken_back_at is not None and now - taken_back_at <= UNDO
    return ALLOWED if is_soon else Verdict(CitizenRefusal.TOO_LATE_TO_UNDO)
