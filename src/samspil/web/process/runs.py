"""Who has had the turn, and when: the events of a case folded through the machines."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from samspil.contexts.access.api import Side
from samspil.contexts.cases.api import Happening
from samspil.contexts.orders.api import ORDER
from samspil.kernel import clock
from samspil.web.process.route import place
from samspil.web.process.turns import PREPARED, URGENT, side_of

_MEETING = {"called": "called", "prepared": PREPARED, "opened": "open", "reopened": "open"}
_STATUS_NOTE = {"composed": "draft", "sent": "sent", "taken_back": "draft"}
TURNING = frozenset(
    {
        *("case.opened", "case.moved"),
        *(f"meeting.{what}" for what in (*_MEETING, "closed", "cancelled")),
        *("order.sent", "order.received"),
        *(f"order.{what}" for moves in ORDER.moves.values() for what in moves),
        *(f"status_note.{what}" for what in (*_STATUS_NOTE, "decided", "dropped")),
    }
)
"""The kinds of events that can pass the turn on. The others need not be read."""
_RANK = {standing: rank for rank, standing in enumerate(URGENT)}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of days in which one side had the turn; `until` is None while it lasts."""

    side: str
    since: dt.date
    until: dt.date | None


@dataclass(slots=True)
class _Standings:
    """Where the machines of one case stand after the events so far."""

    case: str = "enquiry"
    others: dict[tuple[str, UUID | None], str] = field(default_factory=dict)

    def take(self, event: Happening) -> None:
        subject, _, what = event.kind.partition(".")
        match subject:
            case "case" if what in {"opened", "moved"}:
                self.case = event.data.get("after") or event.data.get("status") or "clarification"
            case "meeting" if what in {*_MEETING, "closed", "cancelled"}:
                self._stand("meeting", event.subject_id, _MEETING.get(what))
            case "order" if what in {"sent", "received"}:
                self._stand("order", event.subject_id, ORDER.start)
            case "order" if any(what in moves for moves in ORDER.moves.values()):
                before = self.others.get(("order", event.subject_id), ORDER.start)
                self._stand("order", event.subject_id, ORDER.moves[before].get(what))
            case "status_note" if what in {*_STATUS_NOTE, "decided", "dropped"}:
                self._stand("status_note", event.subject_id, _STATUS_NOTE.get(what))

    def _stand(self, machine: str, subject_id: UUID | None, status: str | None) -> None:
        if status is None or (machine, status) not in _RANK:
            self.others.pop((machine, subject_id), None)
        else:
            self.others[machine, subject_id] = status

    def side(self) -> str:
        standing = [(machine, status) for (machine, _), status in self.others.items()]
        first = min([*standing, ("case", self.case)], key=lambda one: _RANK.get(one, len(_RANK)))
        return side_of(*first)


def places(events: Iterable[Happening]) -> frozenset[int]:
    """The stations that the case has been at, as far as its events tell; none for a case without a log."""
    standings, found = _Standings(), set[int]()
    for event in sorted(events, key=lambda one: (one.at, one.id)):
        is_again = standings.case in {"running", "follow_up"}
        standings.take(event)
        found.add(place("case", standings.case, is_again=is_again))
        found |= {place(machine, status, is_again=is_again) for (machine, _), status in standings.others.items()}
    return frozenset(found | {0}) if found else frozenset()


def runs(events: Iterable[Happening]) -> tuple[Run, ...]:
    """The turns in order of time. `events` are all or the newest of a case, in any order."""
    standings, found = _Standings(), list[Run]()
    for event in sorted(events, key=lambda one: (one.at, one.id)):
        standings.take(event)
        _go_on(found, standings.side(), clock.day_of(event.at))
    return tuple(run for run in found if run.side != Side.NOBODY)


def _go_on(found: list[Run], side: str, day: dt.date) -> None:
    """A turn that was passed on within the day is no turn of its own."""
    if found and found[-1].side == side:
        return
    if found and found[-1].since == day:
        found.pop()
    elif found:
        found[-1] = Run(found[-1].side, found[-1].since, day)
    if found and found[-1].side == side:
        found[-1] = Run(side, found[-1].since, None)
    else:
        found.append(Run(side, day, None))
