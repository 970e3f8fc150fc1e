"""The whole picture, laid out: three lanes, a box per station, arrows between. Units are those of the drawing (about
one pixel on a phone of 360), so that it can be read there without being turned or scrolled sideways."""

import datetime as dt
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _

from samspil.web.process.lanes import PARTIES, since_words
from samspil.web.process.route import ROUTE, place_of, ways_back
from samspil.web.process.turns import Turns
from samspil.web.shell.language import long_words

WIDTH, MARGIN, HEAD, ROW = 328, 19, 34, 66
LANE = (WIDTH - MARGIN) / len(PARTIES)
BOX_WIDTH, BOX_HEIGHT, LINE = LANE - 7, 50, 14
LETTERS = 15  # that fit on a line of a box
APART = 10  # the ways back, so that two arrowheads at one box do not lie on each other


@dataclass(frozen=True, slots=True)
class TextLine:
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """One station. `state` is past, passed (by), now or ahead; `said` is the same in words, for the list."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[TextLine, ...]
    state: str
    label: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class LaneHead:
    name: str
    x: float
    width: float
    middle: float
    is_now: bool


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    lanes: tuple[LaneHead, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    back: tuple[str, ...]
    label: str

    @property
    def has_passed(self) -> bool:
        return any(box.state == "passed" for box in self.boxes)


def picture_of(turns: Turns, *, been: frozenset[int], today: dt.date) -> Picture:
    """`been` are the stations that the case is known to have been at; the others were passed by."""
    here = place_of(turns.now, case_status=turns.case.status)
    boxes = tuple(_box(turns, n, _state(n, here, been), today) for n in range(len(ROUTE)))
    now = boxes[here]
    return Picture(
        width=WIDTH,
        height=HEAD + ROW * len(ROUTE),
        lanes=tuple(_head(turns, column, side) for column, side in enumerate(PARTIES)),
        boxes=boxes,
        arrows=tuple(_arrow(n) for n in range(len(ROUTE) - 1)),
        back=tuple(_back(start, end, n) for n, (start, end) in enumerate(ways_back())),
        label=_("Sagens vej i %(count)d trin. Nu: %(label)s (%(who)s).")
        % {"count": len(ROUTE), "label": now.label, "who": now.who},
    )


def _column(place: int) -> int:
    return PARTIES.index(ROUTE[place].side)


def _corner(place: int) -> tuple[float, float]:
    return _column(place) * LANE + (LANE - BOX_WIDTH) / 2, HEAD + place * ROW + (ROW - BOX_HEIGHT) / 2


def _state(place: int, here: int, been: frozenset[int]) -> str:
    if place == here:
        return "now"
    if place > here:
        return "ahead"
    return "past" if place in been or not been else "passed"


def _box(turns: Turns, place: int, state: str, today: dt.date) -> Box:
    label, x, y = str(ROUTE[place].label), *_corner(place)
    lines = wrap(f"✓ {label}" if state == "past" else label, LETTERS)
    since = turns.now.since
    days = (today - since).days if since else None
    if state == "now" and days is not None:
        lines = [*lines[:2], _("Nu · %(days)s") % {"days": since_words(days)}]
    top = y + BOX_HEIGHT / 2 - LINE * (len(lines) - 1) / 2
    who = turns.parties.name(ROUTE[place].side)
    return Box(
        x=round(x, 1),
        y=round(y, 1),
        width=round(BOX_WIDTH, 1),
        height=BOX_HEIGHT,
        lines=tuple(
            TextLine(text, round(x + BOX_WIDTH / 2, 1), round(top + n * LINE, 1)) for n, text in enumerate(lines)
        ),
        state=state,
        label=label,
        who=who,
        said=_said(state, since),
    )


def _said(state: str, since: dt.date | None) -> str:
    match state:
        case "past":
            return _("Det er gjort.")
        case "passed":
            return _("Det blev sprunget over.")
        case "now" if since is not None:
            return _("Her er vi nu, siden %(day)s.") % {"day": long_words(since)}
        case "now":
            return _("Her er vi nu.")
        case _:
            return ""


def _head(turns: Turns, column: int, side: str) -> LaneHead:
    return LaneHead(
        name=turns.parties.name(side),
        x=round(column * LANE, 1),
        width=round(LANE, 1),
        middle=round(column * LANE + LANE / 2, 1),
        is_now=turns.now.side == side,
    )


def _arrow(place: int) -> str:
    """From the foot of a box, over to the next one's lane, and down to its head."""
    (x, y), (to_x, to_y) = _corner(place), _corner(place + 1)
    middle, to_middle = x + BOX_WIDTH / 2, to_x + BOX_WIDTH / 2
    turn = (y + BOX_HEIGHT + to_y) / 2
    return f"M{middle:.1f} {y + BOX_HEIGHT:.1f}V{turn:.1f}H{to_middle:.1f}V{to_y - 4:.1f}"


def _back(start: int, end: int, order: int) -> str:
    """Out to the margin on the right, up, and in again: the moves that lead back."""
    (x, y), (to_x, to_y) = _corner(start), _corner(end)
    track = WIDTH - MARGIN + 4 + order * 5
    return (
        f"M{x + BOX_WIDTH:.1f} {y + BOX_HEIGHT - 10 - order * APART:.1f}H{track:.1f}"
        f"V{to_y + 10 + order * APART:.1f}H{to_x + BOX_WIDTH + 4:.1f}"
    )
