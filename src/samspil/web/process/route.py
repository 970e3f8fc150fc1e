"""The way of a case as stations in three lanes. What the stations are comes from the machines; which of them a
person needs to see, and in which order, is decided here, and a test fails when a machine gets a status with no place.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import Side
from samspil.web.process.turns import MACHINES, PREPARED, Turn, side_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Station:
    machine: str
    status: str
    label: "StrPromise"
    is_again: bool = False

    @property
    def side(self) -> str:
        """The lane: whose turn it is here. The end belongs to nobody and stands with the citizen."""
        side = side_of(self.machine, self.status)
        return Side.CITIZEN if side == Side.NOBODY else side


ROUTE = (
    Station("case", "enquiry", _("Første kontakt")),
    Station("case", "clarification", _("Finder ud af det sammen")),
    Station("meeting", "called", _("Gør klar til mødet")),
    Station("meeting", "open", _("Holder det første møde")),
    Station("order", "sent", _("Siger ja eller nej til opgaven")),
    Station("case", "running", _("Hjælpen er i gang")),
    Station("case", "follow_up", _("Kalder til statusmøde"), is_again=True),
    Station("meeting", "called", _("Gør klar til statusmødet"), is_again=True),
    Station("status_note", "draft", _("Skriver status"), is_again=True),
    Station("status_note", "sent", _("Læser status"), is_again=True),
    Station("meeting", "open", _("Holder statusmødet"), is_again=True),
    Station("case", "closed", _("Hjælpen er slut")),
)

# Statuses without a station of their own, and where one stands meanwhile.
WITHIN: dict[tuple[str, str], tuple[str, str]] = {
    ("meeting", "planned"): ("case", "clarification"),
    ("meeting", PREPARED): ("meeting", "open"),
    ("order", "declined"): ("case", "clarification"),
    ("order", "running"): ("case", "running"),
}
OVER = {("meeting", "closed"), ("meeting", "cancelled"), ("order", "ended"), ("status_note", "decided")}
"""Statuses that are behind: the case itself says where it goes from there."""


def place_of(turn: Turn, *, case_status: str) -> int:
    """Where on the route a turn stands."""
    return place(turn.machine, turn.status, is_again=turn.is_status_meeting or case_status == "follow_up")


def place(machine: str, status: str, *, is_again: bool) -> int:
    """Where on the route a status stands; `is_again` after the help has begun."""
    wanted = (machine, status)
    is_again = is_again or machine == "status_note"
    if wanted == ("meeting", "planned") and is_again:
        wanted = ("case", "follow_up")
    wanted = WITHIN.get(wanted, wanted)
    places = [n for n, station in enumerate(ROUTE) if (station.machine, station.status) == wanted]
    return next((n for n in places if ROUTE[n].is_again == is_again), places[0])


def ways_back() -> tuple[tuple[int, int], ...]:
    """The moves of the case's machine that lead to an earlier station, as (from, to)."""
    places = {station.status: n for n, station in enumerate(ROUTE) if station.machine == "case"}
    moves = ((status, to) for status, ways in MACHINES["case"].moves.items() for to in ways.values())
    return tuple((places[status], places[to]) for status, to in moves if places[to] < places[status])
