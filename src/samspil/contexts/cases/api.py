from samspil.contexts.cases.models import Case, CaseBoundQuerySet, Participation, Referral, Task

__all__ = ["Case", "CaseBoundQuerySet", "Participation", "Referral", "Task"]
