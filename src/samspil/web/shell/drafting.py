"""What comes back when somebody returns to a half-written form: always announced, never silently."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.urls import resolve, reverse
from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.danish_dates import clock_time
from samspil.web.shell import acting
from samspil.web.shell.language import language, long_words

UNDO_SHOWN_FOR = dt.timedelta(minutes=15)
FORMS = "skema"
SENT_TO = "sent_to"
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "form_key", "next", "cpr", acting.FIELD, SENT_TO})
"""A CPR number is never stored in the clear, so it is written anew."""


@dataclass(frozen=True, slots=True)
class Both:
    """One field as it stands now and as it was typed."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class DraftNotice:
    """For `shell/draft_notice.html`. `fields` is empty when the draft was thrown away and can be fetched back.

    `changes` is what the draft has otherwise than what stands; `is_behind` when somebody has saved since it was begun.
    """

    key: str
    saved_words: str
    fields: dict[str, Any]
    is_dropped: bool
    drop_url: str
    restore_url: str
    changes: tuple[Both, ...] = ()
    is_behind: bool = False


def draft_key(form: str, case_or_thing: object) -> str:
    """The name of a place where text is kept, as in "note:<case>"."""
    return f"{form}:{case_or_thing}"


def place_key(actor: Actor, path: str) -> str:
    """The key of a form by the address it is sent to; a relative has one for each citizen acted for."""
    return draft_key(FORMS, uuid5(NAMESPACE_URL, f"{actor.citizen_id or ''}{path}"))


def fields_of(sent: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """What is kept of a form as it was sent."""
    return {name: values[0] if len(values) == 1 else values for name, values in sent if values and name not in NOT_KEPT}


def key_at(actor: Actor, address: str) -> str:
    """The key of the draft that the form sent to an address is opened with. Raises Resolver404."""
    path = unquote(urlsplit(address).path)
    found = resolve(path)
    if found.view_name == "notes:write":  # the editor stands on several pages, and has one draft for a case
        return draft_key("note", found.kwargs["case_id"])
    return place_key(actor, path)


def draft_url(key: str) -> str:
    """Where `data-samspil-draft` sends what is typed."""
    return reverse("shell:draft", args=[key])


def drop_url(key: str) -> str:
    return reverse("shell:drop_draft", args=[key])


def draft_notice(actor: Actor, key: str) -> DraftNotice | None:
    """What is kept for this person in this place, in words. One query."""
    kept = notes.kept_draft(actor, key)
    return notice_of(kept, clock.now()) if kept else None


def notice_of(
    kept: notes.DraftView, now: dt.datetime, changes: tuple[Both, ...] = (), is_behind: bool = False
) -> DraftNotice | None:
    if kept.dropped_at is not None and now - kept.dropped_at > UNDO_SHOWN_FOR:
        return None
    return DraftNotice(
        key=kept.key,
        saved_words=moment_words(kept.saved_at, now),
        fields={} if kept.dropped_at else kept.fields,
        is_dropped=kept.dropped_at is not None,
        drop_url=drop_url(kept.key),
        restore_url=reverse("shell:restore_draft", args=[kept.key]),
        changes=() if kept.dropped_at else changes,
        is_behind=is_behind and not kept.dropped_at,
    )


def moment_words(moment: dt.datetime, now: dt.datetime) -> str:
    """As in "i dag kl. 15.12", "i går kl. 15.12" or "torsdag den 12. november kl. 15.12"."""
    local = moment.astimezone(clock.DENMARK)
    days = (clock.day_of(now) - local.date()).days
    day = {0: _("i dag"), 1: _("i går")}.get(days) or long_words(local.date())
    return _("%(day)s kl. %(time)s") % {"day": day, "time": clock_time(local, language())}
