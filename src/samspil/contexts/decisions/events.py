"""What those above may want to hear: ids and days only. Told by kernel.happenings, in the transaction of the change."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReassessmentDelayed:
    """A complaint is answered later than it should be: its citizen is owed the reason and the day."""

    complaint_id: UUID
    case_id: UUID
    due_on: dt.date
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ComplaintForwarded:
    """A complaint goes to the appeals board: its papers go with it, and its citizen is told the same day."""

    complaint_id: UUID
    case_id: UUID
    at: dt.datetime
