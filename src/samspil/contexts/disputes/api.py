"""What other contexts and the pages may use."""

from samspil.contexts.disputes.commands import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_NAMES,
    follow_up_dispute,
    note_dispute,
    plan_dispute,
    settle_dispute,
)
from samspil.contexts.disputes.enums import DisputeRefusal, DisputeStatus, StepKind
from samspil.contexts.disputes.models import Dispute, DisputeStep
from samspil.contexts.disputes.queries import (
    DisputeForCitizen,
    DisputeLine,
    DisputeView,
    StepView,
    dispute,
    disputes_for_citizen,
    disputes_of,
    may_note,
    my_disputes,
)
from samspil.contexts.disputes.rules import DISPUTE

__all__ = [
    "DISPUTE",
    "LONGEST",
    "LONGEST_NAME",
    "LONGEST_NAMES",
    "Dispute",
    "DisputeForCitizen",
    "DisputeLine",
    "DisputeRefusal",
    "DisputeStatus",
    "DisputeStep",
    "DisputeView",
    "StepKind",
    "StepView",
    "dispute",
    "disputes_for_citizen",
    "disputes_of",
    "follow_up_dispute",
    "may_note",
    "my_disputes",
    "note_dispute",
    "plan_dispute",
    "settle_dispute",
]
