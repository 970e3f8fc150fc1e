"""Roles and what they may do: one table, read everywhere. And how often somebody may look people up by number."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from samspil.contexts.access.enums import Capability as C
from samspil.contexts.access.enums import Level, Purpose, Role, Side

SIDE_OF_ROLE = {
    Role.CITIZEN: Side.CITIZEN,
    Role.RELATIVE: Side.RELATIVE,
    Role.CASEWORKER: Side.AUTHORITY,
    Role.TEAM_LEADER: Side.AUTHORITY,
    Role.PROVIDER_WORKER: Side.PROVIDER,
    Role.PROVIDER_LEADER: Side.PROVIDER,
}
STAFF = frozenset(role for role, side in SIDE_OF_ROLE.items() if side in {Side.AUTHORITY, Side.PROVIDER})

LEAST_LEVEL = dict.fromkeys(Role, Level.SUBSTANTIAL)
"""How sure a log-in must be for each role; a provider's own table may ask for more, never for less."""

IDLE_MINUTES = {Side.CITIZEN: 15, Side.RELATIVE: 15, Side.AUTHORITY: 30, Side.PROVIDER: 30}
"""How long a log-in may rest before it ends."""
LOGIN_HOURS = 10

_CITIZEN = frozenset(
    {C.OWN_ROOM, C.GOAL_RATE, C.MEETING_JOIN, C.MEETING_PREPARE, C.FEEDBACK_GIVE, C.TASK_DO, C.COMPLAIN}
)
_CASEWORKER = frozenset(
    {
        C.CASE_READ,
        C.CASE_OPEN,
        C.CASE_EDIT,
        C.CASE_PROTECT,
        C.TASK_DO,
        C.NOTE_WRITE,
        C.GOAL_EDIT,
        C.GOAL_RATE,
        C.MEETING_CALL,
        C.MEETING_JOIN,
        C.MEETING_CLOSE,
        C.FEEDBACK_GIVE,
        C.FEEDBACK_READ,
        C.ORDER_SEND,
        C.STATUS_DECIDE,
        C.QUESTION_ASK,
        C.LETTER_SEND,
        C.NEED_EXAMINE,
        C.DECIDE,
        C.COMPLAINT_HANDLE,
        C.EMERGENCY_ACCESS,
    }
)
_PROVIDER = frozenset(
    {
        C.CASE_READ,
        C.TASK_DO,
        C.NOTE_WRITE,
        C.SUB_GOAL_EDIT,
        C.GOAL_RATE,
        C.MEETING_JOIN,
        C.MEETING_PREPARE,
        C.ORDER_ACCEPT,
        C.STATUS_WRITE,
        C.QUESTION_ASK,
    }
)
CAPABILITIES: dict[Role, frozenset[C]] = {
    Role.CITIZEN: _CITIZEN,
    Role.RELATIVE: frozenset({C.OWN_ROOM, C.MEETING_JOIN, C.MEETING_PREPARE, C.COMPLAIN}),
    Role.CASEWORKER: _CASEWORKER,
    Role.TEAM_LEADER: _CASEWORKER
    | {C.SET_ASIDE, C.LAYOUT_EDIT, C.ACCESS_REVIEW, C.LOG_REVIEW, C.RULES_CHECK, C.LEARNING_READ},
    Role.PROVIDER_WORKER: _PROVIDER,
    Role.PROVIDER_LEADER: _PROVIDER,
}


OWN_PURPOSE = {
    Side.CITIZEN: Purpose.OWN,
    Side.RELATIVE: Purpose.SUPPORT,
    Side.AUTHORITY: Purpose.CASEWORK,
    Side.PROVIDER: Purpose.DELIVERY,
}
"""What each side comes for. A page serves it unless the page's capability is for something else."""
OTHER_PURPOSES = {
    C.EMERGENCY_ACCESS: Purpose.EMERGENCY,
    C.CASE_PROTECT: Purpose.PROTECTION,
    C.ACCESS_REVIEW: Purpose.CONTROL,
    C.LOG_REVIEW: Purpose.CONTROL,
    C.LAYOUT_EDIT: Purpose.ADMINISTRATION,
    C.RULES_CHECK: Purpose.ADMINISTRATION,
    C.LEARNING_READ: Purpose.ADMINISTRATION,
}


def other_purpose(capabilities: Collection[C]) -> Purpose | None:
    """What a page that asks for one of these is for, when none of them is for what the actor's side comes for."""
    served = {OTHER_PURPOSES.get(capability) for capability in capabilities}
    return served.pop() if len(served) == 1 else None


LOOKED_UP, STOPPED = "number.looked_up", "number.stopped"
"""In the event log: a CPR number was looked up, or was not because too many had been."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most so many within such a time."""

    most: int
    within: dt.timedelta


def free_to_look_up_at(earlier: Sequence[dt.datetime], *, at: dt.datetime, paces: Iterable[Pace]) -> dt.datetime | None:
    """When somebody may look up again who did so at `earlier`, the newest first; None when that is now."""
    waits = [
        earlier[pace.most - 1] + pace.within
        for pace in paces
        if len(earlier) >= pace.most and earlier[pace.most - 1] > at - pace.within
    ]
    return max(waits, default=None)
