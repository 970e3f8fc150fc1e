"""A ticket that a board's page gives its script. Whoever has one has opened the page, and that look is logged.

The stream and the changes carry the same data as the page, many times a minute; without a ticket each of them would
be a look of its own in the log that the citizen reads.
"""

from uuid import UUID

from django.core import signing

from samspil.contexts.access.api import Actor

SALT = "samspil.board"
VALID_SECONDS = 12 * 60 * 60


def ticket_for(actor: Actor, meeting_id: UUID) -> str:
    return signing.dumps([str(actor.user_id), str(meeting_id)], salt=SALT)


def is_valid(ticket: str, actor: Actor, meeting_id: UUID) -> bool:
    try:
        return bool(signing.loads(ticket, salt=SALT, max_age=VALID_SECONDS) == [str(actor.user_id), str(meeting_id)])
    except signing.BadSignature:
        return False
