"""A short question to the other side, and its answer."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.orders import policy
from samspil.contexts.orders.commands.texts import cleaned
from samspil.contexts.orders.enums import OrderRefusal
from samspil.contexts.orders.models import Order, Question
from samspil.kernel.verdict import Refused

LONGEST = 1000


@transaction.atomic
def ask_question(*, actor: Actor, at: dt.datetime, order_id: UUID, text: str) -> UUID:
    """Ask the other side of an order something that can wait for an answer."""
    order = Order.objects.visible_to(actor).get(id=order_id)
    policy.may_ask(actor, order).or_raise()
    question = Question.objects.create(
        municipality=order.municipality,
        order=order,
        from_side=actor.side,
        text=cleaned(text, limit=LONGEST, required=OrderRefusal.NOTHING_WRITTEN),
        asked_by_name=actor.name,
        asked_at=at,
    )
    _record(actor, at, question, "question.asked")
    return question.id


@transaction.atomic
def answer_question(*, actor: Actor, at: dt.datetime, question_id: UUID, text: str) -> None:
    """Answer what the other side asked. The first answer stands."""
    question = Question.objects.visible_to(actor).select_related("order").get(id=question_id)
    policy.may_reply(actor, question).or_raise()
    answer = cleaned(text, limit=LONGEST, required=OrderRefusal.NOTHING_WRITTEN)
    answered = Question.objects.filter(id=question_id, answered_at__isnull=True).update(
        answer=answer, answered_by_name=actor.name, answered_at=at
    )
    if not answered:
        raise Refused(OrderRefusal.ALREADY_ANSWERED)
    _record(actor, at, question, "question.answered")


def _record(actor: Actor, at: dt.datetime, question: Question, kind: str) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=question.order.case_id,
        subject="question",
        subject_id=question.id,
        municipality=question.municipality,
    )
