from samspil.contexts.cases.enums import CaseRefusal, CaseStatus, TaskSource
from samspil.contexts.cases.models import Case, CaseBoundQuerySet, Participation, Referral, Task

__all__ = ["Case", "CaseBoundQuerySet", "CaseRefusal", "CaseStatus", "Participation", "Referral", "Task", "TaskSource"]
