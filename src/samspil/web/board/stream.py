"""A board's changes as server-sent events."""

import json
import time
from collections.abc import Callable, Iterator
from uuid import UUID

from django.db import connection

from samspil.contexts.access.api import Actor
from samspil.contexts.meetings import api as meetings
from samspil.kernel import scope
from samspil.web.board.bells import TOWER
from samspil.web.board.wire import answer

LASTS_SECONDS = 600.0
BREATH_SECONDS = 15.0


def events(
    actor: Actor, meeting_id: UUID, after: int, *, is_in: Callable[[], bool], lasts: float = LASTS_SECONDS
) -> Iterator[str]:
    """Everything newer than `after` at once, then each change as it comes, and a breath every 15 seconds.

    No change is told any more when the log-in is over (`is_in`), or the board is closed to the actor. Ends after ten
    minutes, so that the device comes back and is let in again or not. Holds no database connection while it waits.
    """
    ends_at = time.monotonic() + lasts
    with TOWER.bell(meeting_id) as bell:  # hung up before the first look, so that nothing falls between
        yield "retry: 1000\n\n"
        bell.set()
        while time.monotonic() < ends_at:
            if not bell.wait(min(BREATH_SECONDS, max(ends_at - time.monotonic(), 0))):
                yield "event: breath\ndata: 1\n\n"
                continue
            bell.clear()
            try:
                if not is_in():
                    return
                with scope.within(actor.scope):
                    changes = meetings.changes_since(actor, meeting_id, after)
            except meetings.Meeting.DoesNotExist:
                return
            finally:
                _give_back()
            if changes.seq > after:
                after = changes.seq
                yield f"id: {after}\ndata: {json.dumps(answer(changes), ensure_ascii=False)}\n\n"


def _give_back() -> None:
    """The connection goes back to the pool; a stream may last for minutes."""
    if not connection.in_atomic_block:
        connection.close()
