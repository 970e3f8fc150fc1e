"""Small line grammar of the demo texts: wordings, note lines and board cards.

The marks are those of the editor itself, so a demo note is written the way a note is written in Samspil.
Wordings: ` || ` between whole texts gives alternatives; copy 0 of a story always gets the first.
Placeholders: `{first}`; a directly following `s` is the genitive (`{first}s` gives `Karlas`, `Jonas'`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

SegmentKind = Literal[
    "citizen_words", "observation", "assessment", "agreement", "wish", "resource", "goal_status", "change"
]
CardKind = Literal["citizen_words", "works", "wish", "worry", "idea", "agreement", "question"]
AgreementState = Literal["kept", "open", "dropped"]

ROLES = frozenset({"citizen", "relative", "caseworker", "worker"})
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "three_columns": ("works", "hard", "next"),
    "chime": ("connectedness", "hope", "identity", "meaning", "empowerment"),
    "loeft": ("best_hope", "signs", "works", "scale", "next"),
    "my_plan": ("now", "steps", "dream"),
    "free": ("free",),
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}(s(?![\wæøåÆØÅ]))?")
_AGREEMENT = re.compile(r"^(\w+), (-?\d+)(?:, (kept|open|dropped))?: (.+)$")
_GOAL_STATUS = re.compile(r"^(\w+) (\d+): (.+)$")
_CARD = re.compile(r"^(\w+)(?: (\w+))?: (.+)$")
_SEGMENT_MARKS: Mapping[str, SegmentKind] = {
    "=": "assessment",
    ">": "agreement",
    "*": "wish",
    "+": "resource",
    "#": "goal_status",
    "!": "change",
}
_CARD_MARKS: Mapping[str, CardKind] = {
    "+": "works",
    "*": "wish",
    "!": "worry",
    "~": "idea",
    "?": "question",
    ">": "agreement",
}


class ContentError(ValueError):
    """A demo text breaks the schema; the message names the file and the place."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in one or more wordings."""

    variants: tuple[str, ...]

    def tell(self, copy: int, names: Mapping[str, str]) -> str:
        """Return the wording of this copy with its names filled in; unknown placeholders raise KeyError."""
        first = self.variants[0]
        pick = 0 if copy == 0 else (crc32(first.encode()) + copy) % len(self.variants)
        return _PLACEHOLDER.sub(lambda found: _filled(found, names), self.variants[pick])

    def placeholders(self) -> set[str]:
        """Return every placeholder named in any wording."""
        return {found[1] for text in self.variants for found in _PLACEHOLDER.finditer(text)}

    def __bool__(self) -> bool:
        return any(self.variants)


NOTHING = Words(("",))


@dataclass(frozen=True, slots=True)
class Promise:
    """Who promised, and how many days after it was said it is due."""

    who: str
    days: int
    state: AgreementState


@dataclass(frozen=True, slots=True)
class Segment:
    """One line of a note. `text` has no quotation marks; `hidden` is why the citizen does not see it."""

    kind: SegmentKind
    text: Words
    theme: str = ""
    promise: Promise | None = None
    goal: str = ""
    value: int | None = None
    consequence: Words = NOTHING
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One card on a board. `text` has no quotation marks."""

    column: str
    by: str
    kind: CardKind
    text: Words
    promise: Promise | None = None


def words(text: str) -> Words:
    """Read a text with its alternative wordings; quotation marks around a whole wording are taken off."""
    return Words(tuple(_bare(part.strip()) for part in text.split(" || ")))


def segment(line: str) -> Segment:
    """Read one line of a note; raises ContentError with the line."""
    line, _, hidden = (part.strip() for part in line.partition(" ~~ "))
    line, _, theme = (part.strip() for part in line.partition(" @"))
    if line.startswith("“"):
        return Segment("citizen_words", _unquoted(line), theme, hidden=hidden)
    kind = _SEGMENT_MARKS.get(line[0])
    if kind is None:
        return Segment("observation", words(line), theme, hidden=hidden)
    rest = line[1:].strip()
    if kind == "agreement":
        promise, text = _promise(rest)
        return Segment(kind, words(text), theme, promise=promise, hidden=hidden)
    if kind == "goal_status":
        found = _GOAL_STATUS.match(rest)
        if not found or int(found[2]) > 10:
            raise ContentError(f"not a goal status (# goal 0-10: text): {line}")
        return Segment(kind, words(found[3]), theme, goal=found[1], value=int(found[2]), hidden=hidden)
    if kind == "change":
        text, _, consequence = rest.partition(" => ")
        return Segment(kind, words(text), theme, consequence=words(consequence), hidden=hidden)
    return Segment(kind, words(rest), theme, hidden=hidden)


def card(line: str, layout: str) -> Card:
    """Read one card of a board with this layout; raises ContentError with the line."""
    found = _CARD.match(line.strip())
    if not found or found[1] not in COLUMNS[layout]:
        raise ContentError(f"not a card of {layout} (column [who]: mark text): {line}")
    column, by, rest = found[1], found[2] or "", found[3]
    if by and by not in ROLES:
        raise ContentError(f"a card is written by one of {sorted(ROLES)}: {line}")
    if rest.startswith("“"):
        return Card(column, by or "citizen", "citizen_words", _unquoted(rest))
    kind = _CARD_MARKS.get(rest[0])
    if kind is None:
        raise ContentError(f"a card needs a mark: {line}")
    if kind == "agreement":
        promise, text = _promise(rest[1:].strip())
        return Card(column, by or "caseworker", kind, words(text), promise)
    return Card(column, by or "caseworker", kind, words(rest[1:].strip()))


def _promise(text: str) -> tuple[Promise, str]:
    found = _AGREEMENT.match(text)
    if not found or found[1] not in ROLES:
        raise ContentError(f"not an agreement (who, days[, state]: text): {text}")
    state: AgreementState = found[3] or "kept"  # type: ignore[assignment]
    return Promise(found[1], int(found[2]), state), found[4]


def _unquoted(line: str) -> Words:
    parts = [part.strip() for part in line.split(" || ")]
    if any(_bare(part) == part for part in parts):
        raise ContentError(f"the citizen's words stand between “ and ”: {line}")
    return Words(tuple(_bare(part) for part in parts))


def _bare(text: str) -> str:
    whole = text.startswith("“") and text.endswith("”") and text.count("“") == 1
    return text[1:-1] if whole else text


def _filled(found: re.Match[str], names: Mapping[str, str]) -> str:
    name = names[found[1]]
    before = found.string[: found.start()].rstrip(" “")
    if not before or before[-1] in ".!?":
        name = name[:1].upper() + name[1:]
    if not found[2]:
        return name
    return name + ("’" if name[-1].lower() in "sxz" else "s")
