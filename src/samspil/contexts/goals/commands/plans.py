"""The action plan is frozen each time it has been agreed."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.goals import policy
from samspil.contexts.goals.enums import GoalRefusal
from samspil.contexts.goals.models import PlanVersion
from samspil.contexts.goals.queries.goals import case_for, goals_for
from samspil.contexts.goals.queries.plans import content_of
from samspil.kernel.verdict import ALLOWED, Verdict


@transaction.atomic
def make_plan_version(*, actor: Actor, at: dt.datetime, case_id: UUID, meeting_id: UUID | None = None) -> UUID:
    """Freeze the plan as it stands: purpose, goals with their voices and steps, open agreements."""
    case = case_for(actor, case_id, lock=True)
    policy.may_edit(actor).or_raise()
    newest = PlanVersion.objects.filter(case=case).order_by("-number").first()
    authority = access.Organisation.objects.filter(municipality_code=case.municipality).first()
    version = PlanVersion.objects.create(
        municipality=case.municipality,
        case=case,
        number=newest.number + 1 if newest else 1,
        content=content_of(case, goals_for(actor, case_id), municipality_name=authority.name if authority else ""),
        made_at=at,
        made_by_name=actor.name,
        meeting_id=meeting_id,
    )
    access.record(
        actor=actor,
        at=at,
        kind="plan.made",
        case_id=case.id,
        subject="plan",
        subject_id=version.id,
        municipality=case.municipality,
        data={"number": version.number},
    )
    return version.id


@transaction.atomic
def withdraw_plan_version(*, actor: Actor, at: dt.datetime, plan_id: UUID) -> None:
    """Take a version back because what it came from was undone. Its number is not used again."""
    version = PlanVersion.objects.select_for_update(of=("self",)).get(id=plan_id)
    case = case_for(actor, version.case_id)
    (policy.may_edit(actor) & (Verdict(GoalRefusal.PLAN_WITHDRAWN) if version.withdrawn_at else ALLOWED)).or_raise()
    PlanVersion.objects.filter(id=plan_id).update(withdrawn_at=at)
    access.record(
        actor=actor,
        at=at,
        kind="plan.withdrawn",
        case_id=case.id,
        subject="plan",
        subject_id=plan_id,
        municipality=case.municipality,
        data={"number": version.number},
    )
