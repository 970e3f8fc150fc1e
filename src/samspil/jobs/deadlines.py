"""The watch over deadlines: everything whose day has come is done, one transaction each, as often as one likes. It also
sends the letters that say an answer comes later, when nobody has sent them in time, and sets going what the calendar
brings."""

import datetime as dt
import logging
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import system_actor
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.deadlines.api import DeadlineRefusal
from samspil.contexts.decisions import api as decisions
from samspil.contexts.letters import api as letters
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

BATCH = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """`failed` are those that raised, a deadline or the case of a foreseen one; they are tried again at the next watch.
    `held` are letters that could not leave as somebody had left them."""

    acted: int
    failed: tuple[UUID, ...]
    sent: int = 0
    held: int = 0
    opened: int = 0


def watch(*, now: dt.datetime) -> Watched:
    """Act on all deadlines that wait for this day or an earlier one.

    Several processes may watch at once: each deadline goes to the one that claims it. One that fails does not hold up
    the others.
    """
    on = clock.day_of(now)
    acted, failed = 0, set[UUID]()
    while waiting := [one for one in deadlines.waiting_to_act(on, limit=BATCH + len(failed)) if one[0] not in failed]:
        for deadline_id, municipality, acts_on in waiting:
            actor = system_actor(on, municipality=municipality)
            try:
                acted += deadlines.act_on_deadline(actor=actor, at=now, deadline_id=deadline_id, acts_on=acts_on)
            except Exception:
                _log.exception("deadline %s was left for the next watch", deadline_id)
                failed.add(deadline_id)
    told = letters.send_due_notices(actor=system_actor(on), at=now)
    opened, left = _foresee(now)  # last, for what is late already must not wait for what is a month away
    return Watched(acted, (*sorted(failed | left), *told.failed), sent=told.sent, held=told.held, opened=opened)


def _foresee(now: dt.datetime) -> tuple[int, set[UUID]]:
    """How many were set going, and the cases in which one could not be."""
    on = clock.day_of(now)
    opened, failed = 0, set[UUID]()
    for one in decisions.foreseen(on):
        try:
            decisions.set_going(actor=system_actor(on, municipality=one.municipality), at=now, foreseen=one)
            opened += 1
        except Refused as refused:
            if refused.reason != DeadlineRefusal.ALREADY_RUNNING:
                raise
        except Exception:
            _log.exception("%s in case %s was left for the next watch", one.kind, one.case_id)
            failed.add(one.case_id)
    return opened, failed
