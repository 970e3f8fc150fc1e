"""Questions between the two sides, and how long they have waited."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import IsNull

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.orders import policy
from samspil.contexts.orders.models import Question
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: UUID
    order_id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    provider_name: str
    from_side: str
    text: str
    asked_by_name: str
    asked_at: dt.datetime
    answer: str
    answered_by_name: str
    answered_at: dt.datetime | None
    may_answer: Verdict


@dataclass(frozen=True, slots=True)
class Questions:
    """`to_me` wait for the reader's side and `to_them` for the other, oldest first; `answered` newest first."""

    to_me: tuple[QuestionView, ...]
    to_them: tuple[QuestionView, ...]
    answered: tuple[QuestionView, ...]


def questions(actor: Actor, *, order_id: UUID | None = None, answered: int = 20) -> Questions:
    """The questions of all orders that the actor sees, or of one; at most `answered` of the answered ones."""
    found = _views(actor, _waiting_and_newest(actor, order_id, answered))
    waiting = sorted((one for one in found if one.answered_at is None), key=lambda one: (one.asked_at, one.id))
    return Questions(
        to_me=tuple(one for one in waiting if one.from_side != actor.side),
        to_them=tuple(one for one in waiting if one.from_side == actor.side),
        answered=tuple(one for one in found if one.answered_at is not None),
    )


@prepared
def _waiting_and_newest(actor: Actor, order_id: UUID | None, limit: int) -> QuerySet[Question]:
    """All that wait, and so many of the others, those the newest first."""
    rows = Question.objects.visible_to(actor)
    rows = rows if order_id is None else rows.filter(order_id=order_id)
    newest = Window(RowNumber(), partition_by=IsNull(F("answered_at"), True), order_by=("-answered_at", "-id"))
    rows = rows.annotate(place=newest).filter(Q(answered_at__isnull=True) | Q(place__lte=limit))
    return _related(rows.order_by("-answered_at", "-id"))


def question(actor: Actor, question_id: UUID) -> QuestionView:
    """Raises Question.DoesNotExist for those who do not see the order."""
    found = _views(actor, _related(Question.objects.visible_to(actor).filter(id=question_id)))
    if not found:
        raise Question.DoesNotExist
    return found[0]


def waiting_questions(actor: Actor, case_ids: Collection[UUID] | None = None) -> tuple[QuestionView, ...]:
    """Those that the reader's side has to answer, oldest first; in all cases, or in these."""
    return _views(actor, _for_side(actor, None if case_ids is None else frozenset(case_ids)))


@prepared
def _for_side(actor: Actor, case_ids: frozenset[UUID] | None) -> QuerySet[Question]:
    rows = Question.objects.visible_to(actor).filter(answered_at__isnull=True).exclude(from_side=actor.side)
    if case_ids is not None:
        rows = rows.filter(order__case_id__one_of=case_ids)
    return _related(rows.order_by("asked_at", "id"))


def _related(rows: QuerySet[Question]) -> QuerySet[Question]:
    return rows.select_related("order__case__citizen", "order__provider")


def _views(actor: Actor, rows: Iterable[Question]) -> tuple[QuestionView, ...]:
    return tuple(
        QuestionView(
            id=row.id,
            order_id=row.order_id,
            case_id=row.order.case_id,
            citizen_id=row.order.case.citizen_id,
            citizen_name=f"{row.order.case.citizen.first_name} {row.order.case.citizen.last_name}",
            provider_name=row.order.provider.name,
            from_side=row.from_side,
            text=row.text,
            asked_by_name=row.asked_by_name,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by_name=row.answered_by_name,
            answered_at=row.answered_at,
            may_answer=policy.may_reply(actor, row),
        )
        for row in rows
    )
