"""The key under which a device keeps what it could not send: one for each person and board, made anew at each page.

It is given to nobody else, and only with a log-in, so what lies in a browser is nothing without the server. It must be
the same after another log-in: words that were written before a log-in ran out are to be found again.
"""

import base64
from uuid import UUID

from django.utils.crypto import salted_hmac

from samspil.contexts.access.api import Actor

SALT = "samspil.board-memory"


def memory_key(actor: Actor, meeting_id: UUID) -> str:
    """32 bytes in base64."""
    made = salted_hmac(SALT, f"{actor.user_id}:{meeting_id}", algorithm="sha256")
    return base64.b64encode(made.digest()).decode()
