"""What other contexts and the pages may use."""

from samspil.contexts.cases.commands.cases import hand_over, move_case, note_contact, start_case
from samspil.contexts.cases.commands.participation import admit_provider, end_participation
from samspil.contexts.cases.commands.referrals import advise_referral, open_case, receive_referral
from samspil.contexts.cases.commands.tasks import add_task, cancel_task, cancel_tasks_of, finish_task, reopen_task
from samspil.contexts.cases.enums import (
    Area,
    CaseRefusal,
    CaseStatus,
    ReferralSource,
    ReferralStatus,
    TaskSource,
    TaskStatus,
)
from samspil.contexts.cases.models import Case, CaseBoundQuerySet, Participation, Referral, Task
from samspil.contexts.cases.policy import may_edit, may_move, may_open
from samspil.contexts.cases.queries.caseload import (
    PAGE,
    Caseload,
    CaseRow,
    DistrictChoice,
    Wanted,
    caseload,
    cases_of_citizen,
    districts_for,
    my_cases,
)
from samspil.contexts.cases.queries.facts import (
    CaseFacts,
    PersonOfCase,
    ProviderOfCase,
    case_facts,
    people_of_case,
    providers_of,
)
from samspil.contexts.cases.queries.history import Happening, happenings
from samspil.contexts.cases.queries.referrals import (
    ReferralView,
    known_citizen,
    referral,
    referrals,
    referrals_of,
    waiting_referrals,
)
from samspil.contexts.cases.queries.tasks import TaskView, my_tasks, task, tasks_of
from samspil.contexts.cases.rules import CASE, REFERRAL, TASK

__all__ = [
    "CASE",
    "PAGE",
    "REFERRAL",
    "TASK",
    "Area",
    "Case",
    "CaseBoundQuerySet",
    "CaseFacts",
    "CaseRefusal",
    "CaseRow",
    "CaseStatus",
    "Caseload",
    "DistrictChoice",
    "Happening",
    "Participation",
    "PersonOfCase",
    "ProviderOfCase",
    "Referral",
    "ReferralSource",
    "ReferralStatus",
    "ReferralView",
    "Task",
    "TaskSource",
    "TaskStatus",
    "TaskView",
    "Wanted",
    "add_task",
    "admit_provider",
    "advise_referral",
    "cancel_task",
    "cancel_tasks_of",
    "case_facts",
    "caseload",
    "cases_of_citizen",
    "districts_for",
    "end_participation",
    "finish_task",
    "hand_over",
    "happenings",
    "known_citizen",
    "may_edit",
    "may_move",
    "may_open",
    "move_case",
    "my_cases",
    "my_tasks",
    "note_contact",
    "open_case",
    "people_of_case",
    "providers_of",
    "receive_referral",
    "referral",
    "referrals",
    "referrals_of",
    "reopen_task",
    "start_case",
    "task",
    "tasks_of",
    "waiting_referrals",
]
