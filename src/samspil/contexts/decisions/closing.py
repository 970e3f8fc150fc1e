"""No case is closed while the citizen waits for an answer in it: to what was asked for, or to a complaint."""

from samspil.contexts.cases import api as cases
from samspil.contexts.decisions.enums import ComplaintStatus, DecisionRefusal, NeedStatus
from samspil.contexts.decisions.models import Complaint, Need
from samspil.kernel.verdict import Refused

UNANSWERED = (
    ComplaintStatus.RECEIVED,
    ComplaintStatus.ANSWERED,
    ComplaintStatus.KEPT,
    ComplaintStatus.REMITTED,
)
"""What the appeals board has is with the appeals board, and comes back to a case that can be opened again."""


def refuse_while_something_waits(closing: cases.CaseClosing) -> None:
    if Complaint.objects.filter(case_id=closing.case_id, status__in=UNANSWERED).exists():
        raise Refused(DecisionRefusal.COMPLAINT_WAITS)
    if Need.objects.filter(case_id=closing.case_id, status=NeedStatus.OPEN).exists():
        raise Refused(DecisionRefusal.NEED_WAITS)
