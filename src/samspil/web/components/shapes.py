"""What the components with several parts take. Any object with the same attributes will do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StoneState = Literal["reached", "now", "later", "paused"]


@dataclass(frozen=True, slots=True)
class Link:
    """A tab, a crumb, a choice in a menu. `count` is shown when it is not zero."""

    label: str
    url: str
    current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """What one party says about a goal: 0 to 10, or None when nobody asked yet."""

    who: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Stone:
    """One step on the citizen's path. `pictogram` is a key of pictograms.json; `detail` is a date or a sentence."""

    text: str
    pictogram: str
    state: StoneState
    detail: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One party's turn in the drawing "Hvis tur er det?". `start` and `length` are percent of the whole width."""

    who: str
    start: int
    length: int
    is_now: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A next step in a sentence, with a day in words and a place to do it."""

    text: str
    when: str = ""
    url: str = ""
    is_late: bool = False
