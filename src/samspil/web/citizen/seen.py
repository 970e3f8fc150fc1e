"""Who has seen the case, in words: by day and person, with what they saw, what for and why."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.utils import timezone

from samspil.contexts.access import api as access
from samspil.kernel.clock import DENMARK
from samspil.web.citizen.words import words_for

_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """One person's looks on one day. `user_id` is empty for Samspil itself, whom nobody can ask."""

    day: dt.date
    user_id: UUID | None
    name: str
    who: str
    what: tuple[str, ...]
    purposes: tuple[str, ...]
    why: tuple[str, ...]
    last_at: dt.datetime
    times: int


@dataclass(frozen=True, slots=True)
class SeenPage:
    """Whole days, newest first; `older` is the query of the days before, or empty."""

    days: tuple[tuple[dt.date, tuple[Seen, ...]], ...]
    older: str


def seen_by(citizen_id: UUID, *, except_user: UUID | None, before: str = "") -> SeenPage:
    """Who has looked. The citizen's own looks are left out; `before` is a day as an address has it."""
    found = access.looks_at(citizen_id, limit=_AT_ONCE, before=_midnight(before), except_user=except_user)
    grouped = [(day, list(rows)) for day, rows in groupby(found, key=lambda look: timezone.localdate(look.at))]
    older = ""
    if len(found) == _AT_ONCE and len(grouped) > 1:
        grouped.pop()  # the page ends in the middle of this day
        older = urlencode({"foer": grouped[-1][0].isoformat()})
    return SeenPage(tuple((day, _by_person(day, rows)) for day, rows in grouped), older)


def on_day(citizen_id: UUID, user_id: UUID, day: dt.date) -> Seen | None:
    """One person's looks on that day, if there were any."""
    begins = dt.datetime.combine(day, dt.time.min, DENMARK)
    ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, DENMARK)
    rows = access.looks_at(citizen_id, limit=_AT_ONCE, since=begins, before=ends, only_user=user_id)
    return next(iter(_by_person(day, list(rows))), None)


def _midnight(day: str) -> dt.datetime | None:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(day), dt.time.min, DENMARK)
    except ValueError:
        return None


def _by_person(day: dt.date, looks: list[access.Look]) -> tuple[Seen, ...]:
    people: dict[tuple[UUID | None, str], list[access.Look]] = {}
    for look in looks:
        people.setdefault((look.user_id, look.user_name), []).append(look)
    return tuple(
        Seen(
            day=day,
            user_id=user_id,
            name=name,
            who=_who(rows[0]),
            what=tuple(dict.fromkeys(words_for(row.what) for row in rows)),
            purposes=tuple(dict.fromkeys(_purpose(row.purpose) for row in rows if row.purpose)),
            why=tuple(dict.fromkeys(row.why for row in rows if row.why)),
            last_at=rows[0].at,
            times=len(rows),
        )
        for (user_id, name), rows in people.items()
    )


def _purpose(slug: str) -> str:
    return str(access.Purpose(slug).label)


def _who(look: access.Look) -> str:
    if look.role == access.Role.RELATIVE:
        return str(access.Role.RELATIVE.label)
    return ", ".join(part for part in (look.user_title, look.organisation_name) if part)
