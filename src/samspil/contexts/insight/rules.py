"""What small numbers may say: how sure a share is, and which counts are not shown, or somebody could be known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 5
"""The smallest count, above none, that is shown."""
FEW = 30
"""With fewer than so many in all, the words beside a share say that they are few."""
_Z = 1.959964
"""Of the normal distribution, for 95 per cent."""


@dataclass(frozen=True, slots=True)
class Share:
    """In per cent, with the interval that holds the truth 19 times out of 20."""

    percent: int
    low: int
    high: int
    is_of_few: bool


def share(hits: int, of: int) -> Share:
    """Wilson's interval (1927): it keeps its promise for few and for rare, where the usual one does not.

    Rounded outwards, so that it never says more than is known. Raises ValueError for a share of nothing.
    """
    if not 0 <= hits <= of or not of:
        raise ValueError(f"{hits} of {of} is no share")
    part = hits / of
    middle = part + _Z * _Z / (2 * of)
    reach = _Z * math.sqrt(part * (1 - part) / of + _Z * _Z / (4 * of * of))
    whole = 1 + _Z * _Z / of
    low, high = (middle - reach) / whole * 100, (middle + reach) / whole * 100
    return Share(
        percent=round(part * 100),
        low=max(0, math.floor(low + 1e-9)),
        high=min(100, math.ceil(high - 1e-9)),
        is_of_few=of < FEW,
    )


def shown(counts: Sequence[int]) -> tuple[int | None, ...]:
    """The counts of one column, None where one is not shown.

    A count from one to four is hidden. Whoever knows the total could work out a single hidden count, so the next
    smallest is hidden with it, until those that are hidden are two or more and together large enough to be shown.
    """
    hidden = _hidden(counts)
    return tuple(None if number in hidden else count for number, count in enumerate(counts))


def total_shown(counts: Sequence[int]) -> int | None:
    """Their sum, None where it would give away what is hidden."""
    hidden = _hidden(counts)
    return None if hidden and not _is_safe(counts, hidden) else sum(counts)


def _hidden(counts: Sequence[int]) -> set[int]:
    hidden = {number for number, count in enumerate(counts) if 0 < count < LEAST}
    others = sorted((count, number) for number, count in enumerate(counts) if count >= LEAST)
    while hidden and others and not _is_safe(counts, hidden):
        hidden.add(others.pop(0)[1])
    return hidden


def _is_safe(counts: Sequence[int], hidden: set[int]) -> bool:
    return len(hidden) > 1 and sum(counts[number] for number in hidden) >= LEAST
