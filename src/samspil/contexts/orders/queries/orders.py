"""Orders as the two sides read them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from samspil.contexts.access.api import Actor, prepared
from samspil.contexts.citizens import api as citizens
from samspil.contexts.orders import policy, rules
from samspil.contexts.orders.enums import OrderStatus, StatusNoteStatus
from samspil.contexts.orders.models import Order, StatusNote
from samspil.contexts.orders.queries.handover import Section, sections_of
from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order in a list. `turn` is the side that moves next; `told` the kinds of things the provider was told."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    provider_name: str
    unit_name: str
    status: str
    status_words: str
    status_since: dt.datetime
    turn: str
    what: str
    starts_on: dt.date
    ends_on: dt.date | None
    follow_up_on: dt.date | None
    sent_at: dt.datetime
    sent_by_name: str
    contact_name: str
    answer_words: str
    told: frozenset[str]
    is_imported: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a message said that has no field of its own here."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class OrderedGoal:
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order with what was told, what came with the message, and what the reader may do."""

    line: OrderLine
    case_number: str
    granted: str
    how_often: str
    sent_by_phone: str
    contact_id: UUID | None
    contact_phone: str
    contact_phone_hours: str
    contact_picture: str
    contact_title: str
    answered_at: dt.datetime | None
    end_words: str
    told: tuple[Section, ...]
    goals: tuple[OrderedGoal, ...]
    source_facts: tuple[Fact, ...]
    not_taken_over: tuple[str, ...]
    is_running: bool
    may_answer: Verdict
    may_withdraw: Verdict
    may_end: Verdict
    may_close: Verdict
    may_ask: Verdict
    may_write_status: Verdict


def orders_of(actor: Actor, case_id: UUID) -> tuple[OrderLine, ...]:
    """The orders of a case that the actor sees, newest first."""
    return _lines(actor, _of_case(actor, case_id))


@prepared
def _of_case(actor: Actor, case_id: UUID) -> QuerySet[Order]:
    return _short(Order.objects.visible_to(actor).filter(case_id=case_id).order_by("-sent_at", "-id"))


def inbox(actor: Actor) -> tuple[OrderLine, ...]:
    """Orders that wait for an answer, the oldest first."""
    rows = Order.objects.visible_to(actor).filter(status=OrderStatus.SENT)
    return _lines(actor, _short(rows.order_by("sent_at", "id")))


def running_orders(actor: Actor) -> tuple[OrderLine, ...]:
    rows = Order.objects.visible_to(actor).filter(status=OrderStatus.RUNNING)
    return _lines(actor, _short(rows.order_by("case__citizen__first_name", "case__citizen__last_name", "id")))


def answers_since(actor: Actor, since: dt.datetime, case_ids: Collection[UUID]) -> tuple[OrderLine, ...]:
    """What providers have said yes or no to in these cases since then, the newest first."""
    return _lines(actor, _answered(actor, since, frozenset(case_ids)))


@prepared
def _answered(actor: Actor, since: dt.datetime, case_ids: frozenset[UUID]) -> QuerySet[Order]:
    rows = Order.objects.visible_to(actor).filter(case_id__one_of=case_ids, answered_at__gte=since)
    return _short(rows.order_by("-answered_at", "-id"))


def waiting_in(actor: Actor, case_ids: Collection[UUID], *, now: dt.datetime) -> dict[UUID, frozenset[tuple[str, str]]]:
    """For lists: what waits in each case, as (machine, status). One query.

    ("status_note", "draft") stands for an order in progress without a fresh status note: somebody writes one when a
    status meeting comes.
    """
    found: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    for case_id, status, to_read, is_fresh in _waiting(actor, frozenset(case_ids), now - rules.COUNTS_FOR):
        found[case_id].add(("order", status))
        if to_read:
            found[case_id].add(("status_note", "sent"))
        elif status == OrderStatus.RUNNING and not is_fresh:
            found[case_id].add(("status_note", "draft"))
    return {case_id: frozenset(standings) for case_id, standings in found.items()}


@prepared
def _waiting(actor: Actor, case_ids: frozenset[UUID], fresh_since: dt.datetime) -> QuerySet[Order, tuple[Any, ...]]:
    own = StatusNote.objects.filter(order=OuterRef("pk"))
    rows = Order.objects.visible_to(actor).filter(case_id__one_of=case_ids).exclude(status=OrderStatus.ENDED)
    read = rows.annotate(
        to_read=Exists(own.filter(status=StatusNoteStatus.SENT)),
        is_fresh=Exists(own.filter(sent_at__gt=fresh_since)),
    )
    return read.values_list("case_id", "status", "to_read", "is_fresh")


def order(actor: Actor, order_id: UUID) -> OrderView:
    """One order. Raises Order.DoesNotExist for those it is none of the business of."""
    row = _related(Order.objects.visible_to(actor)).select_related("grant").get(id=order_id)
    goals = row.goals.select_related("goal").order_by("goal__order", "goal__id")
    contact = row.contact
    return OrderView(
        line=_line(row, on=actor.on),
        case_number=row.case.number,
        granted=_granted(row),
        how_often=row.how_often,
        sent_by_phone=row.sent_by_phone,
        contact_id=row.contact_id,
        contact_phone=contact.phone if contact else "",
        contact_phone_hours=contact.phone_hours if contact else "",
        contact_picture=contact.picture if contact else "",
        contact_title=contact.title if contact else "",
        answered_at=row.answered_at,
        end_words=row.end_words,
        told=sections_of(row.handover, row.case.citizen),
        goals=tuple(OrderedGoal(tie.goal_id, tie.goal.title) for tie in goals),
        source_facts=tuple(
            Fact(fact["heading"], citizens.without_address(fact["text"], row.case.citizen)) for fact in row.source_facts
        ),
        not_taken_over=tuple(citizens.without_address(text, row.case.citizen) for text in row.not_taken_over),
        is_running=row.status == OrderStatus.RUNNING,
        may_answer=policy.may_answer(actor, row),
        may_withdraw=policy.may_withdraw(actor, row),
        may_end=policy.may_end(actor, row),
        may_close=policy.may_close_declined(actor, row),
        may_ask=policy.may_ask(actor, row),
        may_write_status=policy.may_write_status(actor, row),
    )


def _granted(row: Order) -> str:
    """What the citizen has a right to, in one line; empty for an order that was not drawn from a grant."""
    return f"{row.grant.service}, {row.grant.extent}" if row.grant else ""


def source_ids(actor: Actor, order_id: UUID) -> dict[str, Any]:
    """What things were called in the message an order came with; empty for an order of our own."""
    return Order.objects.visible_to(actor).values_list("source_ids", flat=True).get(id=order_id)


def may_order(actor: Actor) -> Verdict:
    """Whether the actor's role sends orders at all, for the button on the case's page."""
    return policy.may_send(actor)


def _related(rows: QuerySet[Order]) -> QuerySet[Order]:
    return rows.select_related("case__citizen", "provider", "unit", "contact")


def _short(rows: QuerySet[Order]) -> QuerySet[Order]:
    """With what a line needs of it and of those around it."""
    own = (
        "case_id", "status", "status_since", "what", "starts_on", "ends_on", "follow_up_on", "sent_at",
        "sent_by_name", "answer_words", "handover", "source",
    )  # fmt: skip
    around = ("case__citizen__first_name", "case__citizen__last_name", "provider__name", "unit__name", "contact__name")
    return _related(rows).only(*own, *around)


def _lines(actor: Actor, rows: Iterable[Order]) -> tuple[OrderLine, ...]:
    return tuple(_line(row, on=actor.on) for row in rows)


def _line(row: Order, *, on: dt.date) -> OrderLine:
    """An order whose last day is over has ended, also before the worker has come by."""
    citizen = row.case.citizen
    is_over = row.status == OrderStatus.RUNNING and row.ends_on is not None and row.ends_on < on
    status = OrderStatus.ENDED if is_over else OrderStatus(row.status)
    return OrderLine(
        id=row.id,
        case_id=row.case_id,
        citizen_id=citizen.id,
        citizen_name=f"{citizen.first_name} {citizen.last_name}",
        provider_name=row.provider.name,
        unit_name=row.unit.name if row.unit else "",
        status=status.value,
        status_words=str(status.label),
        status_since=row.status_since,
        turn=rules.ORDER.turn_of(status),
        what=row.what,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        follow_up_on=row.follow_up_on,
        sent_at=row.sent_at,
        sent_by_name=row.sent_by_name,
        contact_name=row.contact.name if row.contact else "",
        answer_words=row.answer_words,
        told=frozenset(section["key"] for section in row.handover),
        is_imported=row.source != "samspil",
    )
