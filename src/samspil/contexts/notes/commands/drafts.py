"""Text on its way, kept for the one who writes. What is thrown away can be fetched back for a while."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from samspil.contexts.access.api import Actor
from samspil.contexts.notes import rules
from samspil.contexts.notes.models import Draft


@transaction.atomic
def save_draft(*, actor: Actor, at: dt.datetime, key: str, fields: dict[str, Any]) -> None:
    """Keep the fields as they are typed, in place of what was kept there before. Refuses more than 1 MB."""
    rules.fits_a_draft(size=len(json.dumps(fields, ensure_ascii=False))).or_raise()
    Draft.objects.update_or_create(
        user_id=_writer(actor),
        key=key,
        defaults={"fields": _storable(fields), "saved_at": at, "dropped_at": None},
    )


@transaction.atomic
def drop_draft(*, actor: Actor, at: dt.datetime, key: str) -> None:
    """Throw the draft away; `restore_draft` fetches it back. Older rubbish of the same person goes for good."""
    mine = Draft.objects.filter(user_id=_writer(actor))
    mine.filter(key=key, dropped_at__isnull=True).update(dropped_at=at)
    mine.filter(dropped_at__lt=at - rules.KEEP_DROPPED_DRAFTS).delete()


@transaction.atomic
def restore_draft(*, actor: Actor, at: dt.datetime, key: str) -> None:
    """Fetch back what was thrown away."""
    Draft.objects.filter(user_id=_writer(actor), key=key, dropped_at__isnull=False).update(dropped_at=None)


@transaction.atomic
def forget_drafts(*, actor: Actor, at: dt.datetime) -> int:
    """Throw away, for good, what nobody has come back to: everybody's. Returns how many."""
    old = Q(saved_at__lt=at - rules.KEEP_DRAFTS) | Q(dropped_at__lt=at - rules.KEEP_DROPPED_DRAFTS)
    return Draft.objects.filter(old).delete()[0]


@transaction.atomic(savepoint=False)
def finish_draft(*, actor: Actor, at: dt.datetime, key: str) -> None:
    """What was drafted has been sent: the draft is gone for good."""
    with connection.cursor() as cursor:
        cursor.execute("delete from notes_draft where user_id = %s and key = %s", [_writer(actor), key])


def _writer(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise ValueError("only a person has drafts")
    return actor.user_id


def _storable(value: Any) -> Any:
    """The database cannot hold the null character; all else stays as it was typed."""
    match value:
        case str():
            return value.replace("\x00", "").encode("utf-8", "replace").decode()
        case dict():
            return {_storable(name): _storable(inner) for name, inner in value.items()}
        case list():
            return [_storable(inner) for inner in value]
    return value
