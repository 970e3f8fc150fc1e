"""The shapes of the law: what each kind of row must say. No section is named here; sections are data."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.contexts.catalogue.enums import Gap, Guidance, Law, ProvisionKind, Read
from samspil.kernel.day_counting import Length, Whose

Row = Mapping[str, Any]


class BadLaw(ValueError):
    """A row of the law's files says too little, or what nobody knows."""


@dataclass(frozen=True, slots=True)
class About:
    """What every row says of itself. `valid_until` is the first day on which it no longer holds."""

    id: UUID
    key: str
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    read: Read
    verified_by: str
    verified_on: dt.date | None

    @property
    def is_verified(self) -> bool:
        return bool(self.verified_by and self.verified_on)


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be established: the question that facts and their sources answer."""

    id: str
    ask: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another basis that could cover the same need, and the question that tells them apart."""

    key: str
    ask: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """`needs` names what the letter or the grant must hold (`goals`, `purpose`, `contact`, `time_frame` …).

    `notice` counts from the citizen's receipt; `notice_is_law` is False where the municipality has set it.
    `first` are the bases to assess before this one, `never_with` those that exclude it.
    """

    about: About
    law: Law
    section: str
    cited: str
    name: str
    gives: str
    areas: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    neighbours: tuple[Neighbour, ...]
    is_appealable: bool
    appeal_to: str
    guidance: Guidance
    in_writing: bool
    needs: frozenset[str]
    first: tuple[str, ...]
    never_with: tuple[str, ...]
    is_switched: bool
    notice: Length | None
    notice_is_law: bool
    longest: Length | None

    @property
    def key(self) -> str:
        return self.about.key

    @property
    def is_decided(self) -> bool:
        """Whether help under it is granted by a decision at all."""
        return self.guidance != Guidance.NO_DECISION


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """How long, for whom, from what. `fixed_on` stands in the law itself; `follows` is a rule of the same length.

    `turn` is the side that must act; `warn_share` is the part of the time after which it is said to be near.
    `asks_when_over`: when a citizen's time has run out, somebody must go on (`then`).
    """

    about: About
    name: str
    whose: Whose
    length: Length | None
    fixed_on: dt.date | None
    counts_from: str
    turn: str
    then: str
    rules: tuple[str, ...]
    warn_share: float
    is_shown_to_citizen: bool
    citizen_text: str
    may_be_extended: bool
    asks_when_over: bool
    follows: str

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One row of the rule table: when, what is demanded, what a gap does, its numbers. A text for each audience."""

    about: About
    when: str
    demand: str
    gap: Gap
    may_be_overridden: bool
    does: tuple[str, ...]
    staff_text: str
    citizen_text: str
    deadlines: tuple[str, ...]
    limits: Mapping[str, int]

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class RemittalCause:
    """Why the appeals board sends cases back, in the order in which it pays to look."""

    about: About
    name: str
    ask: str
    remedy: str
    share: str
    rules: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class Transition:
    """Grants from before a change that must be decided anew by a last day, or when the need changes."""

    about: About
    name: str
    from_bases: tuple[str, ...]
    to_bases: tuple[str, ...]
    decided_before: dt.date
    last_on: dt.date
    warn_from: dt.date
    on_change_of_need: bool
    ending_is_appealable: bool
    letter_text: str
    deadline: str

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class PensionAge:
    """The age for those born in a half-open period."""

    about: About
    born_from: dt.date
    born_until: dt.date | None
    months: int


@dataclass(frozen=True, slots=True)
class ScopeQuestion:
    """One question of the first switch between the two acts; `leads_to` is what a yes decides."""

    about: About
    ask: str
    leads_to: Law
    order: int


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why something may be kept back from whoever sees the file; `ask` is what must be weighed first.

    What `keeps_back` nothing only says that nobody asked for it.
    """

    about: About
    name: str
    citizen_text: str
    ask: str
    keeps_back: bool

    @property
    def key(self) -> str:
        return self.about.key


@dataclass(frozen=True, slots=True)
class AccessComplaint:
    """Who decides when somebody disagrees with an answer about the file, and how that is said."""

    about: About
    name: str
    goes_to: str
    citizen_text: str

    @property
    def key(self) -> str:
        return self.about.key


Shape = (
    LegalBasis
    | DeadlineRule
    | DecisionRule
    | RemittalCause
    | Transition
    | PensionAge
    | ScopeQuestion
    | Exemption
    | AccessComplaint
)


def shape(kind: str, about: About, row: Row) -> Shape:
    """The row as its kind reads it. Raises BadLaw."""
    known = _KNOWN[ProvisionKind(kind)]
    if strange := row.keys() - known:
        raise BadLaw(f"{kind} {about.key}: unknown {', '.join(sorted(strange))}")
    try:
        return _SHAPES[ProvisionKind(kind)](about, row)
    except (KeyError, TypeError, ValueError) as error:
        raise BadLaw(f"{kind} {about.key}: {error!r}") from error


def _basis(about: About, row: Row) -> LegalBasis:
    guidance = Guidance(row.get("guidance", Guidance.TO_BOARD))
    is_appealable = guidance == Guidance.TO_BOARD
    return LegalBasis(
        about=about,
        law=Law(row["law"]),
        section=row["section"],
        cited=row["cited"],
        name=row["name"],
        gives=row["gives"],
        areas=tuple(row["areas"]),
        criteria=tuple(Criterion(f"{about.key}/{name}", ask) for name, ask in _in_order(row.get("criteria"))),
        neighbours=tuple(Neighbour(key, ask) for key, ask in _in_order(row.get("neighbours"))),
        is_appealable=is_appealable,
        appeal_to=row.get("appeal_to", "Ankestyrelsen") if is_appealable else "",
        guidance=guidance,
        in_writing=row.get("in_writing", True),
        needs=frozenset(row.get("needs", ())),
        first=tuple(row.get("first", ())),
        never_with=tuple(row.get("never_with", ())),
        is_switched=row.get("is_switched", False),
        notice=_length(row.get("notice")),
        notice_is_law=row.get("notice_is_law", False),
        longest=_length(row.get("longest")),
    )


def _deadline(about: About, row: Row) -> DeadlineRule:
    length, fixed_on, follows = _length(row.get("length")), _day(row.get("fixed_on")), row.get("follows", "")
    if sum((length is not None, fixed_on is not None, bool(follows))) != 1:
        raise BadLaw(f"{about.key}: a length, a day, or that of another")
    return DeadlineRule(
        about=about,
        name=row["name"],
        whose=Whose(row["whose"]),
        length=length,
        fixed_on=fixed_on,
        counts_from=row["counts_from"],
        turn=row["turn"],
        then=row["then"],
        rules=tuple(row["rules"]),
        warn_share=float(row.get("warn_share", 0.75)),
        is_shown_to_citizen="citizen_text" in row,
        citizen_text=row.get("citizen_text", ""),
        may_be_extended=row.get("may_be_extended", False),
        asks_when_over=row.get("asks_when_over", False),
        follows=follows,
    )


def _decision_rule(about: About, row: Row) -> DecisionRule:
    gap = Gap(row.get("gap", Gap.NOTHING))
    return DecisionRule(
        about=about,
        when=row["when"],
        demand=row["demand"],
        gap=gap,
        may_be_overridden=gap == Gap.BLOCKS and row.get("may_be_overridden", True),
        does=tuple(row["does"]),
        staff_text=row["staff_text"],
        citizen_text=row.get("citizen_text", ""),
        deadlines=tuple(row.get("deadlines", ())),
        limits={name: int(number) for name, number in row.get("limits", {}).items()},
    )


def _remittal_cause(about: About, row: Row) -> RemittalCause:
    return RemittalCause(about, row["name"], row["ask"], row["remedy"], row.get("share", ""), tuple(row["rules"]))


def _transition(about: About, row: Row) -> Transition:
    return Transition(
        about=about,
        name=row["name"],
        from_bases=tuple(row["from_bases"]),
        to_bases=tuple(row["to_bases"]),
        decided_before=dt.date.fromisoformat(row["decided_before"]),
        last_on=dt.date.fromisoformat(row["last_on"]),
        warn_from=dt.date.fromisoformat(row["warn_from"]),
        on_change_of_need=row["on_change_of_need"],
        ending_is_appealable=row["ending_is_appealable"],
        letter_text=row["letter_text"],
        deadline=row["deadline"],
    )


def _pension_age(about: About, row: Row) -> PensionAge:
    born_from = dt.date.fromisoformat(row["born_from"])
    return PensionAge(about, born_from, _day(row.get("born_until")), round(row["years"] * 12))


def _scope_question(about: About, row: Row) -> ScopeQuestion:
    return ScopeQuestion(about, row["ask"], Law(row["leads_to"]), int(row["order"]))


def _exemption(about: About, row: Row) -> Exemption:
    return Exemption(about, row["name"], row["citizen_text"], row.get("ask", ""), row.get("keeps_back", True))


def _access_complaint(about: About, row: Row) -> AccessComplaint:
    return AccessComplaint(about, row["name"], row["goes_to"], row["citizen_text"])


def _in_order(asked: Any) -> Iterator[tuple[str, str]]:
    """As they stand in the file. Stored as pairs, since the database keeps no order of names; older rows are tables."""
    for name, ask in asked.items() if isinstance(asked, Mapping) else asked or ():
        yield str(name), str(ask)


def _length(words: str | None) -> Length | None:
    """As in "4 weeks". Length itself refuses an unknown unit."""
    count, _, unit = (words or "").partition(" ")
    return Length(int(count), unit) if words else None  # type: ignore[arg-type]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


_SHAPES: Mapping[ProvisionKind, Callable[[About, Row], Shape]] = {
    ProvisionKind.BASIS: _basis,
    ProvisionKind.DEADLINE: _deadline,
    ProvisionKind.DECISION_RULE: _decision_rule,
    ProvisionKind.REMITTAL_CAUSE: _remittal_cause,
    ProvisionKind.TRANSITION: _transition,
    ProvisionKind.PENSION_AGE: _pension_age,
    ProvisionKind.SCOPE_QUESTION: _scope_question,
    ProvisionKind.EXEMPTION: _exemption,
    ProvisionKind.ACCESS_COMPLAINT: _access_complaint,
}
_KNOWN: Mapping[ProvisionKind, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        ProvisionKind.BASIS: "law section cited name gives areas criteria neighbours guidance appeal_to in_writing"
        " needs first never_with is_switched notice notice_is_law longest",
        ProvisionKind.DEADLINE: "name whose length fixed_on counts_from turn then rules warn_share citizen_text"
        " may_be_extended asks_when_over follows",
        ProvisionKind.DECISION_RULE: "when demand gap may_be_overridden does staff_text citizen_text deadlines limits",
        ProvisionKind.REMITTAL_CAUSE: "name ask remedy share rules",
        ProvisionKind.TRANSITION: "name from_bases to_bases decided_before last_on warn_from on_change_of_need"
        " ending_is_appealable letter_text deadline",
        ProvisionKind.PENSION_AGE: "born_from born_until years",
        ProvisionKind.SCOPE_QUESTION: "ask leads_to order",
        ProvisionKind.EXEMPTION: "name citizen_text ask keeps_back",
        ProvisionKind.ACCESS_COMPLAINT: "name goes_to citizen_text",
    }.items()
}
