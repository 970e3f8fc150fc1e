"""Deadlines as they stand in a list: whose turn, what to do then, by which rule, and what was moved."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import DeadlineStatus


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    view: deadlines.DeadlineView
    turn_words: str
    is_running: bool
    is_ours: bool
    is_late: bool
    then: str
    changes: tuple[deadlines.ChangeView, ...] = ()


def lines_of(actor: Actor, case_id: UUID) -> tuple[DeadlineLine, ...]:
    """All of a case, ended ones too, with what was moved. Two queries."""
    moved = deadlines.changes_in_case(actor, case_id)
    found = deadlines.deadlines_of(actor, case_id, also_ended=True)
    return tuple(line(view, moved.get(view.id, ())) for view in found)


def line(view: deadlines.DeadlineView, changes: tuple[deadlines.ChangeView, ...] = ()) -> DeadlineLine:
    is_running = view.turn != Side.NOBODY
    return DeadlineLine(
        view=view,
        turn_words=_turn(view),
        is_running=is_running,
        is_ours=view.turn == Side.AUTHORITY,
        is_late=is_running and view.turn == Side.AUTHORITY and view.is_past,
        then=view.then if view.turn == Side.AUTHORITY else "",
        changes=changes,
    )


def _turn(view: deadlines.DeadlineView) -> str:
    if view.turn == Side.CITIZEN:
        return _("Vi venter på borgeren")
    if view.turn == Side.NOBODY:
        return view.status_words
    return _("Gå videre") if view.status == DeadlineStatus.OVER else _("Din tur")
