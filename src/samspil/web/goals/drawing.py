"""A goal's ratings over 18 months as a small line drawing, one line per voice. A table beside it says the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from samspil.contexts.goals.api import RatingView
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.workdays import add_months

WIDTH, HEIGHT = 400, 150
LEFT, RIGHT, TOP, BOTTOM = 26, 76, 10, 26
MONTHS = 18
_LABEL_HEIGHT = 15


@dataclass(frozen=True, slots=True)
class Mark:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """`points` as SVG wants them. The name stands behind the last mark, moved where two would cover each other."""

    side: str
    who: str
    points: str
    marks: tuple[Mark, ...]
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Tick:
    at: int
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    lines: tuple[Line, ...]
    values: tuple[Tick, ...]
    months: tuple[Tick, ...]


def draw(history: Sequence[RatingView], *, today: dt.date) -> Drawing | None:
    """None where there is no movement to see yet: fewer than two ratings of everybody."""
    by_side: dict[str, list[RatingView]] = defaultdict(list)
    for rating in history:
        by_side[rating.side].append(rating)
    if not any(len(ratings) > 1 for ratings in by_side.values()):
        return None
    begins = add_months(today, -MONTHS)
    lines = [_line(side, ratings, begins, today) for side, ratings in by_side.items()]
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        lines=tuple(_apart(lines)),
        values=tuple(Tick(_y(value), str(value)) for value in (0, 5, 10)),
        months=tuple(
            Tick(_x(day, begins, today), f"{day.month}/{day.year % 100:02}")
            for day in (add_months(today.replace(day=1), -back) for back in (15, 10, 5, 0))
        ),
    )


def _line(side: str, ratings: Sequence[RatingView], begins: dt.date, today: dt.date) -> Line:
    marks = [Mark(_x(_day(rating.at), begins, today), _y(rating.value)) for rating in ratings]
    return Line(
        side=side,
        who=first_name(ratings[-1].by_name),
        points=" ".join(f"{mark.x},{mark.y}" for mark in marks),
        marks=tuple(marks),
        label_x=marks[-1].x + 8,
        label_y=marks[-1].y + 4,
    )


def _apart(lines: list[Line]) -> list[Line]:
    """The names in one column behind the newest mark of all, one under another where they would touch."""
    placed: list[Line] = []
    behind_all = max(line.label_x for line in lines)
    for line in sorted(lines, key=lambda line: line.label_y):
        lowest = max((other.label_y for other in placed), default=-HEIGHT)
        y = max(line.label_y, lowest + _LABEL_HEIGHT)
        placed.append(Line(line.side, line.who, line.points, line.marks, behind_all, y))
    return placed


def _day(moment: dt.datetime) -> dt.date:
    return clock.day_of(moment)


def _x(day: dt.date, begins: dt.date, today: dt.date) -> int:
    share = (day - begins).days / max((today - begins).days, 1)
    return round(LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT))


def _y(value: int) -> int:
    return round(TOP + (10 - value) / 10 * (HEIGHT - TOP - BOTTOM))
