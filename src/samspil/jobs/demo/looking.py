"""Who has looked at whom in the last weeks, so that *Hvem har set min sag* has something to tell."""

import datetime as dt
from collections.abc import Iterator

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.jobs.demo.life import Life

WEEKS = 8
_PAGES = ("case", "notes", "goals", "meetings", "plan")
_OWN_PAGES = ("home", "plan", "agreements", "meeting")
_EVERY_LEADER = 5
_EVERY_NIGHT = 37
"""So rarely somebody works late, and the leader's review of the log has something unusual to show."""


def write_looks(life: Life) -> None:
    """One line for each page somebody opened: staff around their notes and every other week, the citizen at home."""
    access.AccessLogEntry.objects.bulk_create(
        access.AccessLogEntry(
            at=at,
            municipality=life.home.municipality,
            user_id=actor.user_id,
            user_name=actor.name,
            user_title=actor.title,
            role=actor.role or "",
            organisation_name=actor.organisation_name,
            citizen_id=life.citizen,
            case_id=life.case_id,
            what=what,
            why=why,
            purpose=access.OWN_PURPOSE[actor.side],
        )
        for actor, at, what, why in _looks(life)
    )


def _looks(life: Life) -> Iterator[tuple[Actor, dt.datetime, str, str]]:
    number = life.townsperson.number
    for ago in range(2 + number % 5, WEEKS * 7, 13):
        at = life.moments.past(ago, f"{8 + (number + ago) % 7}.{10 + (number * 7 + ago) % 45}")
        if life.opened_at is None or at < life.opened_at:
            continue
        yield life.as_caseworker(at), at, _PAGES[(number + ago) % len(_PAGES)], ""
        if life.accepted_at and at > life.accepted_at:
            seen_at = at + dt.timedelta(minutes=95)
            yield life.as_worker(seen_at), seen_at, _PAGES[ago % len(_PAGES)], ""
        if life.user_id:
            seen_at = life.moments.past(ago, f"19.{10 + ago % 40}", any_day=True)
            yield life.as_citizen(seen_at), seen_at, _OWN_PAGES[ago % len(_OWN_PAGES)], ""
    if number % _EVERY_NIGHT == 0:
        at = life.moments.past(WEEKS * 5 + number % 14, "22.48", any_day=True)
        if life.opened_at and at > life.opened_at:
            yield life.as_caseworker(at), at, "notes", ""
    if number % _EVERY_LEADER == 0 and life.home.organisation == "fjordby" and life.opened_at:
        at = life.moments.past(6 + number % 20, "13.05")
        leader = "lene" if life.story.area == "adult" else "jakob"
        if at > life.opened_at:
            yield life.town.actor(leader, at), at, "case", life.say("why_case")
