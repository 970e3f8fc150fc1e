"""What a letter needs to know of a decision: read from the case, never typed again."""

import datetime as dt
from dataclasses import asdict, dataclass, fields
from typing import Any
from uuid import UUID

from samspil.contexts.letters.enums import Appeal


@dataclass(frozen=True, slots=True)
class Drawn:
    """A text of the case. `source` says where it stands there, as in "Notat af Jonas Lykke, 12. november 2026"."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the citizen has said, word for word, and the authority's answer; empty when it simply agrees."""

    words: str
    answer: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Something the citizen must do, by a day if there is one."""

    text: str
    by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis as a letter needs it. `rule` is one plain sentence with its citation, `about` what the decision
    under it is about. `notice_weeks` is how long the law lets help stay before it is cut."""

    key: str
    rule: str
    about: str
    is_appealable: bool
    needs_purpose: bool = False
    needs_contact: bool = False
    notice_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """The one to call, and the authority the letter comes from."""

    name: str
    title: str
    phone: str
    hours: str
    authority: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One decision as its letter sees it. The first of the `bases` chooses the template. `help` is what the help is
    called in this case, in Danish; without it the template's own name is used. `gets` are the lines of what was
    granted, or of what can be used instead; `before` are those of the help that is changed or ended. `considerations`
    are the main reasons behind a discretion (hovedhensyn).
    `is_transition` when the decision takes the place of one under an act that ends; `reopens` when the citizen reads
    the facts for the first time in this letter.
    """

    decision_id: UUID
    bases: tuple[Basis, ...]
    result: str
    decided_on: dt.date
    citizen_name: str
    case_number: str
    sender: Sender
    help: str = ""
    asked_for: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    follow_up_on: dt.date | None = None
    provider: str = ""
    purposes: tuple[Drawn, ...] = ()
    gets: tuple[Drawn, ...] = ()
    before: tuple[Drawn, ...] = ()
    facts: tuple[Drawn, ...] = ()
    considerations: tuple[Drawn, ...] = ()
    said: tuple[Answered, ...] = ()
    steps: tuple[Step, ...] = ()
    happens: tuple[Drawn, ...] = ()
    is_transition: bool = False
    reopens: bool = False

    @property
    def basis(self) -> str:
        return self.bases[0].key

    @property
    def appeal(self) -> Appeal:
        if self.is_transition:
            return Appeal.SPLIT
        kinds = {basis.is_appealable for basis in self.bases}
        return Appeal.MIXED if len(kinds) > 1 else Appeal.YES if True in kinds else Appeal.NO

    @property
    def notice_weeks(self) -> int:
        return max(basis.notice_weeks for basis in self.bases)

    def as_json(self) -> dict[str, Any]:
        """Plain values; days as they are written in ISO 8601."""
        return _plain(asdict(self))


def facts_from(kept: dict[str, Any]) -> LetterFacts:
    """The facts as they were kept. A field that came later keeps its default."""
    days = {name: dt.date.fromisoformat(kept[name]) for name in _DAYS if kept.get(name)}
    rows = {name: tuple(kind(**row) for row in kept.get(name, [])) for name, kind in _ROWS.items()}
    rows["steps"] = tuple(_step(row) for row in kept.get("steps", []))
    texts = {name: kept[name] for name in _TEXTS if name in kept}
    made: Any = texts | days | rows | {"decision_id": UUID(kept["decision_id"]), "sender": Sender(**kept["sender"])}
    return LetterFacts(**made)


_ROWS: dict[str, Any] = {
    "bases": Basis, "purposes": Drawn, "gets": Drawn, "before": Drawn, "facts": Drawn, "considerations": Drawn,
    "said": Answered, "happens": Drawn,
}  # fmt: skip
_DAYS = ("decided_on", "starts_on", "ends_on", "follow_up_on")
_TEXTS = tuple(
    one.name for one in fields(LetterFacts) if one.name not in {*_ROWS, *_DAYS, "steps", "decision_id", "sender"}
)


def _step(row: dict[str, Any]) -> Step:
    return Step(row["text"], dt.date.fromisoformat(row["by"]) if row["by"] else None)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case dt.date():
            return value.isoformat()
        case UUID():
            return str(value)
    return value
