"""What those above may want to hear: ids only. Told by kernel.happenings, in the transaction of the change."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaseClosing:
    """The case is about to be closed. Whoever has something in it that waits for an answer refuses."""

    case_id: UUID
