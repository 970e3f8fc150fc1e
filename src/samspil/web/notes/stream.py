"""Notes as a page shows them, a piece at a time."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404

from samspil.contexts.access.api import Actor
from samspil.contexts.meetings import api as meetings
from samspil.contexts.notes import api as notes
from samspil.web.shell.addresses import address_of

SHOWN = 10


@dataclass(frozen=True, slots=True)
class StreamPage:
    """For `notes/stream.html` as `notes=page.notes older_url=page.older_url boards=page.boards`.

    `boards` are the meetings whose picture the reader may open.
    """

    notes: tuple[notes.NoteView, ...]
    older_url: str
    boards: frozenset[UUID]


def stream_page(actor: Actor, case_id: UUID, *, before: notes.Cursor | None = None, limit: int = SHOWN) -> StreamPage:
    """The newest notes, or those before a point, and where the older ones are."""
    found = notes.stream(actor, case_id, limit=limit + 1, before=before)
    shown = found[:limit]
    url = address_of("notes:stream", case_id)
    older = f"{url}?{urlencode({'foer': _written(shown[-1].cursor)})}" if len(found) > limit else ""
    held = {note.meeting_id for note in shown if note.meeting_id is not None}
    return StreamPage(shown, older, meetings.boards_open_to(actor, held))


def _written(cursor: notes.Cursor) -> str:
    at, note_id = cursor
    return f"{at.isoformat()}_{note_id}"


def read_cursor(text: str) -> notes.Cursor | None:
    """The point named in an address; 404 for one that we did not write."""
    if not text:
        return None
    at, _, note_id = text.partition("_")
    try:
        moment = dt.datetime.fromisoformat(at)
        cursor = (moment, UUID(note_id))
    except ValueError as error:
        raise Http404 from error
    if moment.tzinfo is None:
        raise Http404
    return cursor
