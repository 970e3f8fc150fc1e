"""Who has asked to see the file: one who waits, one who got it all, one who got most of it, and a copy of own data."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from samspil.contexts.disclosure import api as disclosure
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments, workday_until

WORKDAYS_TO_ANSWER = 7
DAYS_LEFT = 3
REASONS = (
    "Listen med opgaver er vores eget arbejdspapir. I et notat har vi dækket det, der handler om et andet menneske. "
    "Resten har du fået."
)


def request_some(lives: Sequence[Life], moments: Moments) -> None:
    """Mette's and Vita's citizens first; nobody of the sketches, whose day is written down to the last word."""
    running = [life for life in lives if life.stage == "running" and life.home.organisation == "fjordby"]
    able = [life for life in running if life.user_id is not None and not life.story.cast.name]
    able.sort(key=lambda life: life.caseworker not in {"mette", "vita"})
    for life, tell in zip(able, (_waits, _gets_all, _gets_most, _fetches_own_data), strict=False):
        tell(life, moments)


def _waits(life: Life, moments: Moments) -> None:
    _asks(life, _days_before(moments.today, WORKDAYS_TO_ANSWER - DAYS_LEFT), channel="call")


def _gets_all(life: Life, moments: Moments) -> None:
    request = _asks(life, _days_before(moments.today, 5), channel="spoken")
    at = _answer_time(life, moments, request)
    actor = life.as_caseworker(at)
    disclosure.choose_documents(actor=actor, at=at, file_request_id=request, left_out={})
    disclosure.answer_request(actor=actor, at=at, file_request_id=request)


def _gets_most(life: Life, moments: Moments) -> None:
    request = _asks(life, _days_before(moments.today, 6), channel="letter")
    at = _answer_time(life, moments, request)
    actor = life.as_caseworker(at)
    keys = [choice.document.key for choice in disclosure.choices(actor, request)]
    tasks = [key for key in keys if key.startswith("tasks:")]
    disclosure.choose_documents(
        actor=actor, at=at, file_request_id=request, left_out=dict.fromkeys(tasks, "internal")
    )  # fmt: skip
    note = next(key for key in reversed(keys) if key.startswith("note:"))
    part = disclosure.document_of(actor, request, note).parts[-1]
    disclosure.cover_part(
        actor=actor, at=at, file_request_id=request, document=note, part=part.key, words="", reason="others_private"
    )
    disclosure.answer_request(actor=actor, at=at, file_request_id=request, reasons=REASONS)


def _fetches_own_data(life: Life, moments: Moments) -> None:
    at = moments.past(4, "20.15", any_day=True)
    disclosure.make_own_data(actor=life.as_citizen(at), at=at, case_id=life.case)


def _asks(life: Life, day: dt.date, *, channel: str) -> UUID:
    at = life.moments.past((life.moments.today - day).days, "10.05")
    return disclosure.note_request(
        actor=life.as_caseworker(at),
        at=at,
        case_id=life.case,
        kind=disclosure.Kind.FILE,
        asks=disclosure.Asks.CITIZEN,
        channel=channel,
        received_on=at.date(),
        wanted=disclosure.Wanted.EVERYTHING,
    )


def _answer_time(life: Life, moments: Moments, request: UUID) -> dt.datetime:
    """The day after the newest paper, and never before somebody has asked."""
    days = [choice.document.on for choice in disclosure.choices(life.as_caseworker(moments.now), request)]
    newest = max(day for day in days if day < moments.today)
    asked = disclosure.file_request(life.as_caseworker(moments.now), request).line.received_on
    day = max(newest, asked) + dt.timedelta(days=1)
    return moments.past((moments.today - day).days, "14.30", any_day=True)


def _days_before(day: dt.date, workdays: int) -> dt.date:
    for _ in range(workdays):
        day = workday_until(day - dt.timedelta(days=1))
    return day
