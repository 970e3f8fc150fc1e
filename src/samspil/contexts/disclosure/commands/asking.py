"""Somebody asks, or it is noted that somebody did; the clock runs from the day it came."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens.api import Scope
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disclosure import policy
from samspil.contexts.disclosure.commands.disagreeing import run_on
from samspil.contexts.disclosure.commands.writing import (
    LONGEST_NAME,
    end_clocks,
    held,
    move,
    not_ahead,
    record,
    written,
)
from samspil.contexts.disclosure.enums import Asks, Channel, DisclosureRefusal, Kind, Wanted
from samspil.contexts.disclosure.models import FileRequest
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def ask_for_file(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    wanted: str,
    since_on: dt.date | None = None,
    words: str = "",
) -> UUID:
    """The citizen, or a representative, asks in the own room. Raises Refused and Case.DoesNotExist."""
    policy.may_ask(actor).or_raise()
    scope = Scope.WRITE if actor.side == Side.RELATIVE else None
    case = cases.Case.objects.acted_on_by(actor, scope).only("id", "municipality").get(id=case_id)
    is_own = actor.side == Side.CITIZEN
    row = FileRequest(
        kind=Kind.FILE,
        asks=Asks.CITIZEN if is_own else Asks.REPRESENTATIVE,
        asker_name=actor.name,
        asker_user_id=actor.user_id,
        channel=Channel.ROOM,
        received_on=clock.day_of(at),
    )
    return _open(actor, at, case, row, wanted=wanted, since_on=since_on, words=words)


@transaction.atomic
def note_request(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    kind: str,
    asks: str,
    asker_name: str = "",
    channel: str,
    received_on: dt.date,
    wanted: str,
    since_on: dt.date | None = None,
    words: str = "",
) -> UUID:
    """Write down that somebody asked, however that was: spoken, on the telephone or in a letter."""
    policy.may_note(actor).or_raise()
    case = cases.Case.objects.acted_on_by(actor).select_related("citizen").get(id=case_id)
    not_ahead(received_on, at)
    is_own = asks == Asks.CITIZEN
    if kind == Kind.OWN_DATA and asks == Asks.OTHER:
        raise Refused(DisclosureRefusal.NOT_A_PARTY)
    name = f"{case.citizen.first_name} {case.citizen.last_name}" if is_own else asker_name
    row = FileRequest(
        kind=Kind(kind),
        asks=Asks(asks),
        asker_name=written(name, LONGEST_NAME, required=DisclosureRefusal.NAME_MISSING),
        channel=Channel(channel),
        received_on=received_on,
    )
    return _open(actor, at, case, row, wanted=wanted, since_on=since_on, words=words)


@transaction.atomic
def postpone_answer(*, actor: Actor, at: dt.datetime, file_request_id: UUID, day: dt.date, words: str) -> None:
    """Say that it takes longer, why, and until when. The one who asked reads it."""
    row = held(actor, file_request_id)
    policy.may_handle(actor, status=row.status, move="postpone").or_raise()
    why = written(words, required=DisclosureRefusal.REASON_MISSING)
    clocks = deadlines.deadlines_about(actor, (row.id,))
    (clock,) = [one for (_id, _kind), one in clocks.items() if one.status in {"open", "late"}]
    if day <= clock.due_on:
        raise Refused(DisclosureRefusal.NOT_LATER)
    if row.kind == Kind.OWN_DATA:
        _extend_once(actor, at, row, clock, day)
    else:
        deadlines.move_deadline(actor=actor, at=at, deadline_id=clock.id, due_on=day, why=why)
    move(row, "postpone", at, delay_words=why, delayed_to_on=day)
    run_on(actor, at, row, goes_on=day)
    record(actor, at, "file_request.postponed", row, until=day.isoformat())


@transaction.atomic
def withdraw_request(*, actor: Actor, at: dt.datetime, file_request_id: UUID) -> None:
    row = held(actor, file_request_id)
    policy.may_withdraw(actor, status=row.status).or_raise()
    end_clocks(actor, at, row, is_met=False)
    move(row, "withdraw", at)
    run_on(actor, at, row, goes_on=clock.day_of(at))
    record(actor, at, "file_request.withdrawn", row)


def _open(
    actor: Actor,
    at: dt.datetime,
    case: cases.Case,
    row: FileRequest,
    *,
    wanted: str,
    since_on: dt.date | None,
    words: str,
) -> UUID:
    row.wanted = Wanted(wanted)
    row.since_on = since_on if row.wanted == Wanted.SINCE else None
    if row.wanted == Wanted.SINCE and since_on is None:
        raise Refused(DisclosureRefusal.DAY_MISSING)
    required = DisclosureRefusal.NOTHING_WRITTEN if row.wanted == Wanted.WORDS else None
    row.words = written(words, required=required)
    row.municipality, row.case = case.municipality, case
    row.noted_at = row.status_since = at
    row.noted_by_name = actor.name
    row.save(force_insert=True)
    kind = "own_data" if row.kind == Kind.OWN_DATA else "file_access"
    if row.kind == Kind.FILE and row.asks == Asks.OTHER:
        kind = "file_access_of_others"
    deadlines.open_deadline(
        actor=actor, at=at, case_id=case.id, kind=kind, from_on=row.received_on, subject_id=row.id
    )  # fmt: skip
    record(actor, at, "file_request.received", row, right=row.kind, asks=row.asks, channel=row.channel)
    return row.id


def _extend_once(
    actor: Actor, at: dt.datetime, row: FileRequest, running: deadlines.DeadlineView, day: dt.date
) -> None:  # fmt: skip
    """Data about oneself: within the first month one may say that it takes longer, once, and never past the third."""
    if running.kind != "own_data" or clock.day_of(at) > running.due_on:
        raise Refused(DisclosureRefusal.TOO_LATE_TO_EXTEND)
    deadlines.cancel_deadlines_of(actor=actor, at=at, case_id=row.case_id, kind="own_data", subject_id=row.id)
    deadlines.open_deadline(
        actor=actor,
        at=at,
        case_id=row.case_id,
        kind="own_data_longer",
        from_on=row.received_on,
        subject_id=row.id,
        due_on=day,
    )
