"""Yes, or no with a reason: one object for the button, the reason shown, the view and the write."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Refused(Exception):
    """The only expected exception from a command. The words for `reason` belong to the page."""

    def __init__(self, reason: Enum) -> None:
        super().__init__(reason)
        self.reason = reason


class ConcurrentChange(Exception):
    """Someone else saved first. Carries both texts, so that the page can show both and nothing is lost."""

    def __init__(self, theirs: str, yours: str) -> None:
        super().__init__(theirs, yours)
        self.theirs = theirs
        self.yours = yours

    def __str__(self) -> str:
        return "changed by someone else meanwhile"  # never the texts: a log must not hold them


@dataclass(frozen=True, slots=True)
class Verdict:
    refusal: Enum | None = None

    def __bool__(self) -> bool:
        return self.refusal is None

    def __and__(self, other: Verdict) -> Verdict:
        """The first refusal of the two."""
        return other if self else self

    def or_raise(self) -> None:
        if self.refusal is not None:
            raise Refused(self.refusal)


ALLOWED = Verdict()
