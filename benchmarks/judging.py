"""What the figures must be, and the table they stand in."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measuring import Series

MUST, AIM = 4.0, 3.0
"""Times the second floor, for a page."""
WRITE_TIMES, WRITE_PLUS = 2.0, 5.0
"""A saved note may cost so many bare writes, and so many milliseconds on top."""
GROWTH = 1.3
"""Times what the same page costs in the small municipality."""
MEMORY = 150.0
"""Megabytes (PSS) for the master and two workers together."""
OWN_RULE = {"note"}


@dataclass(frozen=True, slots=True)
class Verdict:
    words: str
    is_kept: bool


def against_floor(series: Series, floor: Series, write: Series) -> Verdict:
    if series.scenario.key in OWN_RULE:
        limit = WRITE_TIMES * write.median + WRITE_PLUS
        return Verdict(f"{series.median:.1f} of {limit:.1f} ms", series.median <= limit)
    factor = series.median / floor.median
    return Verdict(f"{factor:.1f} ×", factor <= MUST)


def growth(small: Series, large: Series) -> Verdict:
    factor = large.median / small.median
    return Verdict(f"{factor:.2f} ×", factor <= GROWTH)


def table(
    floors: Sequence[Series], small: Sequence[Series], large: Mapping[str, Series], *, large_name: str
) -> list[str]:
    """A Markdown table. Milliseconds are medians of rounds, with the lowest and highest round in brackets."""
    _, page, write = floors
    grown = f" In the large ({large_name}): ms, queries | large ÷ small (≤ {GROWTH}) |" if large else ""
    lines = [
        "| Page | CPU ms a request: server + database | together (lowest–highest round) "
        f"| × floor 2 (must ≤ {MUST:.0f}, aim ≤ {AIM:.0f}) | queries | HTML KB (on the wire) |{grown}",
        "|---|---|---|---|---|---|" + ("---|---|" if large else ""),
    ]
    lines += [_line(series, "") + (" | |" if large else "") for series in floors]
    for series in small:
        said = against_floor(series, page, write)
        line = _line(series, f"{said.words}{_mark(said, series, page)}")
        if large:
            other = large[series.scenario.key]
            more = growth(series, other)
            line += f" {other.median:.1f}, {other.queries} | {more.words}{'' if more.is_kept else ' **missed**'} |"
        lines.append(line)
    return lines


def missed(
    floors: Sequence[Series], small: Sequence[Series], large: Mapping[str, Series], memory: Mapping[str, float]
) -> list[str]:
    """Every figure that is not kept, in a line each."""
    _, page, write = floors
    found = []
    for series in small:
        said = against_floor(series, page, write)
        if not said.is_kept:
            found.append(f"{series.scenario.title}: {said.words}")
        if series.scenario.key in large:
            more = growth(series, large[series.scenario.key])
            if not more.is_kept:
                found.append(f"{series.scenario.title}, large ÷ small: {more.words}")
    return found + [f"{name}: {used:.0f} MB of {MEMORY:.0f}" for name, used in memory.items() if used > MEMORY]


def _mark(said: Verdict, series: Series, floor: Series) -> str:
    if not said.is_kept:
        return " **missed**"
    if series.scenario.key in OWN_RULE:
        return ""
    return " (aim)" if series.median <= AIM * floor.median else ""


def _line(series: Series, said: str) -> str:
    server, database = statistics.median(series.server), statistics.median(series.database)
    spread = f"{series.median:.1f} ({min(series.total):.1f}–{max(series.total):.1f})"
    size = f"{series.raw_bytes / 1000:.1f} ({series.sent_bytes / 1000:.1f})" if series.raw_bytes else ""
    title = series.scenario.title
    return f"| {title} | {server:.1f} + {database:.1f} | {spread} | {said} | {series.queries} | {size} |"
