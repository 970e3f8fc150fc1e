"""The law as it stood on a day: bases, deadlines, the rule table. Rows are kept in the process for a minute."""

import datetime as dt
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import cast

from samspil.contexts.catalogue import law
from samspil.contexts.catalogue.enums import Law, ProvisionKind, Read
from samspil.contexts.catalogue.law import (
    About,
    AccessComplaint,
    DeadlineRule,
    DecisionRule,
    Exemption,
    LegalBasis,
    PensionAge,
    RemittalCause,
    ScopeQuestion,
    Shape,
    Transition,
)
from samspil.contexts.catalogue.models import Provision
from samspil.kernel import clock
from samspil.kernel.workdays import add_months

_MONTH_ENDS = dt.timedelta(days=3)
"""A month later than the 31st may be the 28th: so far apart may the way there and the way back be."""


class UnknownProvision(LookupError):
    """No such row holds on that day. `ended_on` is the first day on which it no longer did, when it once held."""

    def __init__(self, kind: str, key: str, on: dt.date, ended_on: dt.date | None) -> None:
        super().__init__(f"{kind} {key} on {on}")
        self.ended_on = ended_on


def legal_basis(key: str, *, at: dt.date) -> LegalBasis:
    """The section as it read on that day. Raises UnknownProvision, for one that has ended too."""
    return cast(LegalBasis, _one(ProvisionKind.BASIS, key, at))


def legal_bases(*, at: dt.date) -> tuple[LegalBasis, ...]:
    return cast(tuple[LegalBasis, ...], _all(ProvisionKind.BASIS, at))


def legal_bases_for(area: str, *, at: dt.date, side: Law | None = None) -> tuple[LegalBasis, ...]:
    """The bases of an area, by act and section. With `side`, the answer of the first switch, without those that belong
    to the people on the other side."""
    found = [basis for basis in legal_bases(at=at) if area in basis.areas]
    return tuple(basis for basis in found if side is None or may_be_used(basis, side))


def may_be_used(basis: LegalBasis, side: Law) -> bool:
    """Whether somebody on that side of the first switch can have help under this basis."""
    return not basis.is_switched or basis.law == side


def deadline_rule(key: str, *, at: dt.date, about: str = "", municipality: int | None = None) -> DeadlineRule:
    """The rule of that day, for one basis or area where `about` names it (`decide` about `sel-85`).

    What a municipality has set comes before the general rule and before our examples, but never before what the law
    says of that very basis. One that follows another has its length. Raises UnknownProvision.
    """
    on = _day(at)
    wanted = {f"{key}/{about}", key} if about else {key}
    found = [
        (_rank(rule, home, is_special=rule.key != key), rule)
        for home, rule in cast(Iterable[tuple[int | None, DeadlineRule]], _rows(ProvisionKind.DEADLINE))
        if rule.key in wanted and home in {None, municipality} and _holds(rule.about, on)
    ]
    if not found:
        raise _unknown(ProvisionKind.DEADLINE, key, on)
    rule = min(found, key=lambda pair: pair[0])[1]
    if not rule.follows:
        return rule
    followed = deadline_rule(rule.follows, at=at, about=about, municipality=municipality)
    return replace(rule, length=followed.length, fixed_on=followed.fixed_on)


def _rank(rule: DeadlineRule, home: int | None, *, is_special: bool) -> int:
    is_own = home is not None
    is_example = not is_own and rule.about.read == Read.LOCAL
    order = [(True, True, False), (True, False, False), (False, True, False), (True, False, True)]
    here = (is_special, is_own, is_example)
    return order.index(here) if here in order else len(order)


def own_deadlines(municipality: int, *, at: dt.date | None = None) -> tuple[DeadlineRule, ...]:
    """What a municipality has set: as it holds on a day, or without one all of it, earlier and coming ones too."""
    on = _day(at) if at else None
    found = [cast(DeadlineRule, row) for home, row in _rows(ProvisionKind.DEADLINE) if home == municipality]
    found = [rule for rule in found if on is None or _holds(rule.about, on)]
    return tuple(sorted(found, key=lambda rule: (_natural(rule.key), rule.about.valid_from)))


def deadline_rule_of(row: Provision) -> DeadlineRule:
    """The rule that a row kept by something else says, whether or not it still holds."""
    return cast(DeadlineRule, law.shape(row.kind, about(row), row.content))


def deadline_rules(*, at: dt.date) -> tuple[DeadlineRule, ...]:
    return cast(tuple[DeadlineRule, ...], _all(ProvisionKind.DEADLINE, at))


def decision_rules(*, at: dt.date) -> tuple[DecisionRule, ...]:
    return cast(tuple[DecisionRule, ...], _all(ProvisionKind.DECISION_RULE, at))


def decision_rule(key: str, *, at: dt.date) -> DecisionRule:
    return cast(DecisionRule, _one(ProvisionKind.DECISION_RULE, key, at))


def remittal_causes(*, at: dt.date) -> tuple[RemittalCause, ...]:
    return cast(tuple[RemittalCause, ...], _all(ProvisionKind.REMITTAL_CAUSE, at))


def exemptions(*, at: dt.date) -> tuple[Exemption, ...]:
    """Why something may be kept back from whoever sees the file."""
    return cast(tuple[Exemption, ...], _all(ProvisionKind.EXEMPTION, at))


def access_complaint(key: str, *, at: dt.date) -> AccessComplaint:
    """Raises UnknownProvision."""
    return cast(AccessComplaint, _one(ProvisionKind.ACCESS_COMPLAINT, key, at))


def scope_questions(*, at: dt.date) -> tuple[ScopeQuestion, ...]:
    """The first switch: the first yes decides, and without one it is the general act."""
    rows = cast(tuple[ScopeQuestion, ...], _all(ProvisionKind.SCOPE_QUESTION, at))
    return tuple(sorted(rows, key=lambda row: row.order))


def which_law(yes: Sequence[str], *, at: dt.date) -> Law:
    """What the answers decide; `yes` holds the keys of the questions that were answered so."""
    return next((row.leads_to for row in scope_questions(at=at) if row.about.key in yes), Law.SEL)


def transitions(*, at: dt.date) -> tuple[Transition, ...]:
    return cast(tuple[Transition, ...], _all(ProvisionKind.TRANSITION, at))


def transition_of(basis_key: str, *, decided_on: dt.date, at: dt.date) -> Transition | None:
    """What must become of a grant from before a change, if anything."""
    return next(
        (row for row in transitions(at=at) if basis_key in row.from_bases and decided_on < row.decided_before), None
    )


def pension_age_on(born_on: dt.date, *, at: dt.date) -> dt.date | None:
    """The day on which somebody reaches the pension age; None when the table does not know the year yet."""
    for row in cast(tuple[PensionAge, ...], _all(ProvisionKind.PENSION_AGE, at)):
        if row.born_from <= born_on and (row.born_until is None or born_on < row.born_until):
            return add_months(born_on, row.months)
    return None


def born_to_retire(first: dt.date, last: dt.date, *, at: dt.date) -> tuple[tuple[dt.date, dt.date], ...]:
    """Births, from and to and with, among which are all who reach the pension age on one of these days."""
    found = []
    for row in cast(tuple[PensionAge, ...], _all(ProvisionKind.PENSION_AGE, at)):
        low = max(row.born_from, add_months(first, -row.months) - _MONTH_ENDS)
        high = add_months(last, -row.months) + _MONTH_ENDS
        high = high if row.born_until is None else min(high, row.born_until - dt.timedelta(days=1))
        if low <= high:
            found.append((low, high))
    return tuple(found)


def provisions(*, at: dt.date) -> dict[ProvisionKind, tuple[Shape, ...]]:
    """All that holds on a day, by kind, for those who check it."""
    return {kind: _all(kind, at) for kind in ProvisionKind}


def about(row: Provision) -> About:
    return About(
        id=row.id,
        key=row.key,
        valid_from=row.valid.lower,
        valid_until=row.valid.upper,
        source=row.source,
        read=Read(row.read),
        verified_by=row.verified_by,
        verified_on=row.verified_on,
    )


def forget() -> None:
    _kept.cache_clear()


def _day(at: dt.date) -> dt.date:
    return clock.day_of(at) if isinstance(at, dt.datetime) else at


def _holds(about: About, on: dt.date) -> bool:
    return about.valid_from <= on and (about.valid_until is None or on < about.valid_until)


def _one(kind: ProvisionKind, key: str, at: dt.date) -> Shape:
    for row in _all(kind, at):
        if row.about.key == key:
            return row
    raise _unknown(kind, key, _day(at))


def _unknown(kind: ProvisionKind, key: str, on: dt.date) -> UnknownProvision:
    ended = [row.about.valid_until for _, row in _rows(kind) if row.about.key == key and row.about.valid_until]
    past = [day for day in ended if day <= on]
    return UnknownProvision(kind, key, on, max(past) if past else None)


def _all(kind: ProvisionKind, at: dt.date) -> tuple[Shape, ...]:
    on = _day(at)
    return tuple(row for home, row in _rows(kind) if home is None and _holds(row.about, on))


def _rows(kind: ProvisionKind) -> tuple[tuple[int | None, Shape], ...]:
    """Asked again once a minute, so that every process hears of a change."""
    return _kept(kind, int(time.monotonic() // 60))


@lru_cache(maxsize=32)
def _kept(kind: ProvisionKind, minute: int) -> tuple[tuple[int | None, Shape], ...]:
    rows = sorted(Provision.objects.filter(kind=kind, replaced_at__isnull=True), key=lambda row: _natural(row.key))
    return tuple((row.municipality, law.shape(kind, about(row), row.content)) for row in rows)


def _natural(key: str) -> list[str]:
    """So that 9 comes before 10."""
    return [part.zfill(4) if part.isdigit() else part for part in re.split(r"(\d+)", key)]
