"""Disputes as those who work with them read them, and as the citizen does."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samspil.contexts.access.api import Actor, Side, prepared
from samspil.contexts.cases import api as cases
from samspil.contexts.disputes import policy, rules
from samspil.contexts.disputes.enums import DisputeStatus, StepKind
from samspil.contexts.disputes.models import Dispute, DisputeStep
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A line of a list. `is_waiting`: it has no plan, or the day to look again has come."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    between: str
    about: str
    status: str
    status_words: str
    follow_up_on: dt.date | None
    noted_at: dt.datetime
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class StepView:
    kind_words: str
    words: str
    next_on: dt.date | None
    at: dt.datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class DisputeView:
    """`steps` are the newest first."""

    line: DisputeLine
    citizen_words: str
    is_shown_to_citizen: bool
    noted_by_name: str
    talks_name: str
    talks_with: str
    talk_on: dt.date | None
    approach: str
    settlement: str
    steps: tuple[StepView, ...]
    may_plan: Verdict
    may_follow_up: Verdict
    may_settle: Verdict


@dataclass(frozen=True, slots=True)
class DisputeForCitizen:
    """What it is about and what was agreed; nothing of the steps."""

    about: str
    own_words: str
    talks_name: str
    talks_with: str
    talk_on: dt.date | None
    approach: str


def disputes_of(actor: Actor, case_id: UUID, *, also_settled: bool = False) -> tuple[DisputeLine, ...]:
    """Those of a case, the ones that wait first. One query."""
    wanted = tuple(DisputeStatus) if also_settled else tuple(one for one in DisputeStatus if one != "settled")
    return _lines(actor, _of_case(actor, case_id, wanted))


@prepared
def _of_case(actor: Actor, case_id: UUID, wanted: tuple[DisputeStatus, ...]) -> QuerySet[Dispute, tuple[Any, ...]]:
    rows = Dispute.objects.visible_to(actor).filter(case_id=case_id, status__in=wanted)
    return rows.order_by("-noted_at", "-id").values_list(*_FIELDS)


def my_disputes(actor: Actor) -> tuple[DisputeLine, ...]:
    """In the cases this person coordinates: without a plan, or to be looked at again by now. One query."""
    if actor.side != Side.AUTHORITY:
        return ()
    return _lines(actor, _due(actor))


@prepared
def _due(actor: Actor) -> QuerySet[Dispute, tuple[Any, ...]]:
    is_due = Q(status=DisputeStatus.NOTED) | Q(status=DisputeStatus.PLANNED, follow_up_on__lte=actor.on)
    rows = Dispute.objects.visible_to(actor).filter(is_due, case__coordinator_id=actor.user_id)
    return rows.order_by("follow_up_on", "id").values_list(*_FIELDS)


def dispute(actor: Actor, dispute_id: UUID) -> DisputeView:
    """Raises Dispute.DoesNotExist."""
    row = Dispute.objects.visible_to(actor).select_related("case__citizen").get(id=dispute_id)
    steps = DisputeStep.objects.visible_to(actor).filter(dispute=row).order_by("-at", "-id")
    return DisputeView(
        line=_line(actor, *(attrgetter(name.replace("__", "."))(row) for name in _FIELDS)),
        citizen_words=row.citizen_words,
        is_shown_to_citizen=row.is_shown_to_citizen,
        noted_by_name=row.noted_by_name,
        talks_name=row.talks_name,
        talks_with=row.talks_with,
        talk_on=row.talk_on,
        approach=row.approach,
        settlement=row.settlement,
        steps=tuple(
            StepView(str(StepKind(one.kind).label), one.words, one.next_on, one.at, one.by_name) for one in steps
        ),
        may_plan=policy.may_move(actor, status=row.status, move="plan"),
        may_follow_up=policy.may_move(actor, status=row.status, move="follow_up"),
        may_settle=policy.may_move(actor, status=row.status, move="settle"),
    )


def disputes_for_citizen(actor: Actor, case_id: UUID) -> tuple[DisputeForCitizen, ...]:
    """For the citizen: those that are open, and not kept back. One query."""
    if actor.side != Side.CITIZEN:
        return ()
    rows = Dispute.objects.visible_to(actor).filter(case_id=case_id).exclude(status=DisputeStatus.SETTLED)
    return tuple(
        DisputeForCitizen(
            about=row.about,
            own_words=row.citizen_words,
            talks_name=row.talks_name,
            talks_with=row.talks_with,
            talk_on=row.talk_on,
            approach=row.approach,
        )
        for row in rows.order_by("-noted_at", "-id")
    )


def may_note(actor: Actor, case: cases.CaseFacts) -> Verdict:
    return policy.may_note(actor, case_status=case.status)


_FIELDS = (
    "id", "case_id", "case__citizen_id", "case__citizen__first_name", "case__citizen__last_name",
    "between", "about", "status", "follow_up_on", "noted_at",
)  # fmt: skip


def _lines(actor: Actor, rows: Iterable[tuple[Any, ...]]) -> tuple[DisputeLine, ...]:
    found = [_line(actor, *row) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.is_waiting, one.status == DisputeStatus.SETTLED)))


def _line(actor: Actor, id_: UUID, case_id: UUID, citizen_id: UUID, first: str, last: str, *rest: Any) -> DisputeLine:
    between, about, status, follow_up_on, noted_at = rest
    return DisputeLine(
        id=id_,
        case_id=case_id,
        citizen_id=citizen_id,
        citizen_name=f"{first} {last}",
        between=between,
        about=about,
        status=status,
        status_words=str(DisputeStatus(status).label),
        follow_up_on=follow_up_on,
        noted_at=noted_at,
        is_waiting=rules.is_waiting(status, follow_up_on, on=actor.on),
    )
