"""The law of a day, as the rules here ask about it."""

import datetime as dt
from collections.abc import Mapping

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions.enums import Level
from samspil.contexts.decisions.examined import Effect, Section
from samspil.kernel.day_counting import last_day

_LEVELS = {catalogue.Gap.BLOCKS: Level.BLOCK, catalogue.Gap.WARNS: Level.WARN}


def basis(key: str, *, at: dt.date) -> catalogue.LegalBasis | None:
    """None for a section that is unknown, or holds no more, or not yet."""
    try:
        return catalogue.legal_basis(key, at=at)
    except catalogue.UnknownProvision:
        return None


def bases_at(at: dt.date) -> Mapping[str, catalogue.LegalBasis]:
    return {one.key: one for one in catalogue.legal_bases(at=at)}


def section(found: catalogue.LegalBasis, bases: Mapping[str, catalogue.LegalBasis]) -> Section:
    """Of its neighbours only those that hold on the same day: nobody has to weigh what is no more."""
    return Section(
        key=found.key,
        law=found.law,
        is_switched=found.is_switched,
        criteria=tuple(one.id for one in found.criteria),
        neighbours=tuple(one.key for one in found.neighbours if one.key in bases),
        first=tuple(key for key in found.first if key in bases),
        excludes=found.never_with,
        is_decided=found.is_decided,
        must_be_written=found.in_writing,
        needs_goals="goals" in found.needs,
        needs_purpose="purpose" in found.needs,
        needs_end="time_frame" in found.needs,
        needs_long_view=found.law == catalogue.Law.SEL,
        longest=found.longest,
        notice=found.notice,
        notice_is_law=found.notice_is_law,
    )


def has_deadline(kind: str, about: str, *, at: dt.date) -> bool:
    """Whether the law counts such a deadline for this very basis."""
    return any(rule.key == f"{kind}/{about}" for rule in catalogue.deadline_rules(at=at))


def rule_table(at: dt.date) -> Mapping[str, Effect]:
    """What a gap under each rule does on that day; rules that neither block nor warn are left out."""
    return {
        one.key: Effect(_LEVELS[one.gap], one.may_be_overridden)
        for one in catalogue.decision_rules(at=at)
        if one.gap in _LEVELS
    }


def due_on(key: str, *, from_on: dt.date, at: dt.date, about: str = "", municipality: int | None = None) -> dt.date:
    """The last day of a deadline that runs from `from_on`. Raises UnknownProvision."""
    rule = catalogue.deadline_rule(key, at=at, about=about, municipality=municipality)
    if rule.length is None:
        if rule.fixed_on is None:
            raise ValueError(f"{key}: neither a length nor a day")
        return rule.fixed_on
    return last_day(from_on, rule.length, rule.whose)
