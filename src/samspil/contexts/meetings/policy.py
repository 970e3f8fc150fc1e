"""Who may be at a board, write on it, close it and take the closing back."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.meetings import rules
from samspil.contexts.meetings.enums import MeetingRefusal, MeetingStatus
from samspil.kernel.verdict import ALLOWED, Verdict


def may_join(actor: Actor, *, invited: Collection[UUID | None]) -> Verdict:
    """The citizen and the authority always; a provider or relative when they are asked to the meeting."""
    is_invited = actor.side in {Side.CITIZEN, Side.AUTHORITY} or actor.user_id in invited
    return actor.may(Capability.MEETING_JOIN) & (ALLOWED if is_invited else Verdict(MeetingRefusal.NOT_INVITED))


def is_open(status: str) -> Verdict:
    match status:
        case MeetingStatus.OPEN:
            return ALLOWED
        case MeetingStatus.CLOSED:
            return Verdict(MeetingRefusal.BOARD_CLOSED)
        case _:
            return Verdict(MeetingRefusal.BOARD_NOT_OPEN)


def may_open(actor: Actor, *, status: str) -> Verdict:
    is_ahead = rules.MEETING.may(status, "open")
    return actor.may(Capability.MEETING_CLOSE) & (ALLOWED if is_ahead else Verdict(MeetingRefusal.WRONG_STATUS))


def may_close(actor: Actor, *, status: str) -> Verdict:
    return actor.may(Capability.MEETING_CLOSE) & is_open(status)


def may_undo(actor: Actor, *, status: str, closed_at: dt.datetime | None, now: dt.datetime) -> Verdict:
    if status != MeetingStatus.CLOSED or closed_at is None:
        return actor.may(Capability.MEETING_CLOSE) & Verdict(MeetingRefusal.NOT_CLOSED)
    return actor.may(Capability.MEETING_CLOSE) & rules.may_undo(closed_at=closed_at, now=now)
