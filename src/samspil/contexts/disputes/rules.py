"""The life of a dispute, and the day on which somebody looks again."""

import datetime as dt

from samspil.contexts.disputes.enums import DisputeRefusal, DisputeStatus
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

DISPUTE = Machine(
    name="dispute",
    start=DisputeStatus.NOTED.value,
    turn={
        DisputeStatus.NOTED.value: "authority",
        DisputeStatus.PLANNED.value: "authority",
        DisputeStatus.SETTLED.value: "nobody",
    },
    moves={
        DisputeStatus.NOTED.value: {"plan": DisputeStatus.PLANNED.value, "settle": DisputeStatus.SETTLED.value},
        DisputeStatus.PLANNED.value: {
            "plan": DisputeStatus.PLANNED.value,
            "follow_up": DisputeStatus.PLANNED.value,
            "settle": DisputeStatus.SETTLED.value,
        },
        DisputeStatus.SETTLED.value: {},
    },
)


def may_look_again(follow_up_on: dt.date, *, talk_on: dt.date | None, on: dt.date) -> Verdict:
    """On a day that is still to come, and not before they have talked."""
    if follow_up_on < on:
        return Verdict(DisputeRefusal.DAY_IS_PAST)
    if talk_on is not None and follow_up_on < talk_on:
        return Verdict(DisputeRefusal.BEFORE_THE_TALK)
    return ALLOWED


def is_waiting(status: str, follow_up_on: dt.date | None, *, on: dt.date) -> bool:
    """Whether somebody must do something about it today: it has no plan, or the day to look again has come."""
    if status == DisputeStatus.NOTED:
        return True
    return status == DisputeStatus.PLANNED and follow_up_on is not None and follow_up_on <= on
