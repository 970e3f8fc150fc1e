"""What the citizen has a right to, and when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from samspil.contexts.access.api import Actor
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import policy, rules
from samspil.contexts.decisions.enums import GrantState
from samspil.contexts.decisions.models import Adjustment, Grant
from samspil.contexts.decisions.queries import law
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    what: str
    minutes_a_day: int
    starts_on: dt.date
    ends_on: dt.date | None
    by: str


@dataclass(frozen=True, slots=True)
class GrantLine:
    """`ends_on` is the last day, None for help without an end."""

    id: UUID
    decision_id: UUID
    need_id: UUID
    service: str
    extent: str
    purpose: str
    goals: str
    starts_on: dt.date
    ends_on: dt.date | None
    follow_up_on: dt.date | None
    state: str
    state_words: str
    basis_cited: str
    may_adjust: Verdict | None = None
    adjustments: tuple[AdjustmentLine, ...] = ()


def grants_of(actor: Actor, case_id: UUID) -> tuple[GrantLine, ...]:
    """What runs, then what comes, then what is over."""
    rows = list(Grant.objects.visible_to(actor).filter(case_id=case_id).order_by("runs", "id"))
    made = Adjustment.objects.filter(grant_id__in=[row.id for row in rows]).order_by("runs", "id")
    adjustments: dict[UUID, list[AdjustmentLine]] = {row.id: [] for row in rows}
    for one in made:
        adjustments[one.grant_id].append(
            AdjustmentLine(
                one.what, one.minutes_a_day, one.runs.lower, rules.day_before(one.runs.upper), one.made_by_name
            )
        )
    bases = law.bases_at(actor.on)
    lines = [
        grant_line(
            row,
            bases,
            actor.on,
            may_adjust=policy.may_adjust(actor, row, on=actor.on),
            adjustments=tuple(adjustments[row.id]),
        )
        for row in rows
    ]
    order = [GrantState.RUNNING, GrantState.COMING, GrantState.OVER]
    return tuple(sorted(lines, key=lambda line: order.index(GrantState(line.state))))


def grant(actor: Actor, grant_id: UUID) -> GrantLine:
    """One that was given. Raises Grant.DoesNotExist."""
    row = Grant.objects.visible_to(actor).get(id=grant_id)
    return grant_line(row, law.bases_at(actor.on), actor.on, may_adjust=policy.may_adjust(actor, row, on=actor.on))


def grant_in_case(actor: Actor, grant_id: UUID, case_id: UUID) -> GrantLine:
    """Raises Grant.DoesNotExist for one of another case."""
    row = Grant.objects.visible_to(actor).get(id=grant_id, case_id=case_id)
    return grant_line(row, law.bases_at(actor.on), actor.on)


def case_of_grant(actor: Actor, grant_id: UUID) -> UUID:
    return Grant.objects.visible_to(actor).values_list("case_id", flat=True).get(id=grant_id)


def grant_line(
    row: Grant,
    bases: Mapping[str, catalogue.LegalBasis],
    on: dt.date,
    *,
    may_adjust: Verdict | None = None,
    adjustments: tuple[AdjustmentLine, ...] = (),
) -> GrantLine:
    state = state_on(row.runs.lower, row.runs.upper, on)
    return GrantLine(
        id=row.id,
        decision_id=row.decision_id,
        need_id=row.need_id,
        service=row.service,
        extent=row.extent,
        purpose=row.purpose,
        goals=row.goals,
        starts_on=row.runs.lower,
        ends_on=rules.day_before(row.runs.upper),
        follow_up_on=row.follow_up_on,
        state=state.value,
        state_words=str(state.label),
        basis_cited=bases[row.basis].cited if row.basis in bases else "",
        may_adjust=may_adjust,
        adjustments=adjustments,
    )


def state_on(starts_on: dt.date, until: dt.date | None, on: dt.date) -> GrantState:
    if on < starts_on:
        return GrantState.COMING
    return GrantState.RUNNING if until is None or on < until else GrantState.OVER
