"""The short picture "Hvis tur er det?": a lane per party, and one sentence."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.kernel import clock
from samspil.web.components.shapes import Lane
from samspil.web.process.runs import TURNING, Run, runs
from samspil.web.process.turns import Turns, turns_for
from samspil.web.shell.addresses import address_of

PARTIES = (Side.CITIZEN, Side.AUTHORITY, Side.PROVIDER)
SHORTEST = 12  # per cent; a turn of an hour must still be seen


@dataclass(frozen=True, slots=True)
class Lanes:
    """`words` says who moves next and what; `meanwhile` what waits for others; `url` leads to the whole picture."""

    lanes: tuple[Lane, ...]
    words: str
    meanwhile: tuple[str, ...]
    side: str
    days: int | None
    url: str


def lanes_for(
    actor: Actor,
    case_id: UUID,
    *,
    now: dt.datetime | None = None,
    turns: Turns | None = None,
    events: Sequence[cases.Happening] | None = None,
) -> Lanes:
    """Raises Case.DoesNotExist. Give `turns` and `events` when they are read already."""
    now = now or clock.now()
    turns = turns or turns_for(actor, case_id, now=now)
    events = cases.happenings(actor, case_id, kinds=TURNING) if events is None else events
    today = clock.day_of(now)
    return Lanes(
        lanes=_drawn(turns, runs(events), today),
        words=turns.now.words,
        meanwhile=tuple(turn.words for turn in turns.meanwhile),
        side=turns.now.side,
        days=(today - turns.now.since).days if turns.now.since else None,
        url=address_of("process:picture", case_id),
    )


def _drawn(turns: Turns, past: Iterable[Run], today: dt.date) -> tuple[Lane, ...]:
    last = {run.side: run for run in past}
    begun = turns.now.since or today
    for side, run in last.items():  # what the rows say now counts more than what the log tells
        if run.until is None or run.until > begun:
            last[side] = Run(side, min(run.since, begun), begun)
    if turns.now.side in PARTIES:
        last[turns.now.side] = Run(turns.now.side, begun, None)
    first = min((run.since for run in last.values()), default=today)
    return tuple(_lane(turns, side, last.get(side), first, today) for side in PARTIES)


def _lane(turns: Turns, side: str, run: Run | None, first: dt.date, today: dt.date) -> Lane:
    who = turns.parties.name(side)
    if run is None:
        return Lane(who, 0, 0)
    begins, ends = _place(run.since, first, today), _place(run.until or today, first, today)
    length = max(ends - begins, SHORTEST)
    start = min(begins, 100 - length)
    is_now = run.until is None
    return Lane(who, start, length, is_now, since_words((today - run.since).days) if is_now else "")


def _place(day: dt.date, first: dt.date, today: dt.date) -> int:
    """Per cent from the left. Old days lie closer together, so that the last weeks can be told apart."""
    whole = (today - first).days
    return round(100 * (1 - sqrt(max((today - day).days, 0) / whole))) if whole else 0


def since_words(days: int) -> str:
    return _("i dag") if days == 0 else ngettext("%(days)d dag", "%(days)d dage", days) % {"days": days}
