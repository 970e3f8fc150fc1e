"""What those above may want to hear: ids and days only. Told by kernel.happenings, in the transaction of the change."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DeadlineNear:
    """Most of the time has gone: the last chance to send a new day before the old one has passed."""

    deadline_id: UUID
    case_id: UUID
    kind: str
    subject_id: UUID | None
    due_on: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class DeadlineMoved:
    """Somebody has promised another day. A day that is only counted anew is no new promise."""

    deadline_id: UUID
    case_id: UUID
    kind: str
    subject_id: UUID | None
    old_due_on: dt.date
    due_on: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """The last day has gone. `status` is late (the authority's), over (somebody must go on) or lapsed."""

    deadline_id: UUID
    case_id: UUID
    kind: str
    subject_id: UUID | None
    due_on: dt.date
    status: str
    at: dt.datetime
