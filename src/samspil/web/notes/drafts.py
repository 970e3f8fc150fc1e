"""What comes back when somebody returns to a half-written form: always announced, never silently."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time
from samspil.web.components.tags.days import language, long_words

_UNDO_SHOWN_FOR = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """For `notes/draft_notice.html`. `fields` is empty when the draft was thrown away and can be fetched back."""

    key: str
    saved_words: str
    fields: dict[str, Any]
    is_dropped: bool
    drop_url: str
    restore_url: str


def draft_key(form: str, case_or_thing: object) -> str:
    """The name of a place where text is kept, as in "note:<case>"."""
    return f"{form}:{case_or_thing}"


def draft_url(key: str) -> str:
    """Where `data-samspil-draft` sends what is typed."""
    return reverse("notes:draft", args=[key])


def draft_notice(actor: Actor, key: str) -> DraftNotice | None:
    """What is kept for this person in this place, in words. One query."""
    kept = notes.kept_draft(actor, key)
    now = clock.now()
    if kept is None or (kept.dropped_at is not None and now - kept.dropped_at > _UNDO_SHOWN_FOR):
        return None
    return DraftNotice(
        key=key,
        saved_words=moment_words(kept.saved_at, now),
        fields={} if kept.dropped_at else kept.fields,
        is_dropped=kept.dropped_at is not None,
        drop_url=reverse("notes:drop_draft", args=[key]),
        restore_url=reverse("notes:restore_draft", args=[key]),
    )


def moment_words(moment: dt.datetime, now: dt.datetime) -> str:
    """As in "i dag kl. 15.12", "i går kl. 15.12" or "torsdag den 12. november kl. 15.12"."""
    local = moment.astimezone(clock.DENMARK)
    days = (now.astimezone(clock.DENMARK).date() - local.date()).days
    day = {0: _("i dag"), 1: _("i går")}.get(days) or long_words(local.date())
    return _("%(day)s kl. %(time)s") % {"day": day, "time": clock_time(local, language())}
