"""Order from a provider, answer, and end."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.decisions import api as decisions
from samspil.contexts.orders import policy, rules
from samspil.contexts.orders.commands.texts import LONGEST_LINE, cleaned
from samspil.contexts.orders.enums import OrderRefusal, OrderStatus
from samspil.contexts.orders.models import Order, OrderGoal
from samspil.contexts.orders.queries.handover import DEFAULT, case_of, handover_for
from samspil.contexts.orders.queries.providers import team_of
from samspil.kernel import clock
from samspil.kernel.verdict import Refused

ALIVE = (OrderStatus.SENT, OrderStatus.RUNNING)


@transaction.atomic
def send_order(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    unit_id: UUID,
    what: str,
    starts_on: dt.date,
    goal_ids: Sequence[UUID],
    how_often: str = "",
    ends_on: dt.date | None = None,
    follow_up_on: dt.date | None = None,
    tell: Collection[str] = DEFAULT,
    more: str = "",
    grant_id: UUID | None = None,
) -> UUID:
    """Order help from a provider's team, and tell it what it needs to know and no more (N2).

    `tell` names the kinds of `Handover` that go along; what was told stays on the order as it was sent. An order that
    carries out a grant (`grant_id`) ends with it at the latest.
    """
    case = cases.Case.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).get(id=case_id)
    unit = access.Unit.objects.get(id=unit_id, kind=access.UnitKind.PROVIDER_TEAM)
    policy.may_send_for(actor, status=case.status, has_one_already=_has_one(case, unit, clock.day_of(at))).or_raise()
    rules.may_run(starts_on=starts_on, ends_on=ends_on, follow_up_on=follow_up_on).or_raise()
    ends_on = _last_day(actor, case_id, grant_id, starts_on=starts_on, ends_on=ends_on)
    told = handover_for(actor, case_id, goal_ids=goal_ids, tell=tell, more=cleaned(more))
    if not told.goal_ids:
        raise Refused(OrderRefusal.NO_GOALS)
    order = Order.objects.create(
        municipality=case.municipality,
        case=case,
        provider_id=unit.organisation_id,
        unit=unit,
        grant_id=grant_id,
        status=OrderStatus.SENT,
        status_since=at,
        what=cleaned(what, required=OrderRefusal.NOTHING_WRITTEN),
        how_often=cleaned(how_often, limit=LONGEST_LINE),
        starts_on=starts_on,
        ends_on=ends_on,
        follow_up_on=follow_up_on,
        sent_at=at,
        sent_by_name=actor.name,
        sent_by_phone=access.person(actor.user_id).phone if actor.user_id else "",
        handover=told.as_json(),
    )
    _tie_goals(order, told.goal_ids)
    _record(actor, at, order, "order.sent", told=[section.key for section in told.sections])
    return order.id


def _has_one(case: cases.Case, unit: access.Unit, on: dt.date) -> bool:
    """Whether that team, or its whole organisation, has an order in the case that is not over."""
    not_over = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rivals = Order.objects.filter(not_over, case=case, provider_id=unit.organisation_id, status__in=ALIVE)
    return rivals.filter(Q(unit=unit) | Q(unit__isnull=True)).exists()


def _last_day(
    actor: Actor, case_id: UUID, grant_id: UUID | None, *, starts_on: dt.date, ends_on: dt.date | None
) -> dt.date | None:
    """The order's own, or that of what it carries out."""
    if grant_id is None:
        return ends_on
    grant = decisions.grant_in_case(actor, grant_id, case_id)
    last = ends_on or grant.ends_on
    rules.within_grant(
        starts_on=starts_on, ends_on=last, granted_from=grant.starts_on, granted_until=grant.ends_on
    ).or_raise()
    return last


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an order from another system came from. `key` names the message, `ids` what things were called in it,
    `facts` ({heading, text}) keeps what has no field here, and `not_taken_over` says what could not be used."""

    source: str
    key: str
    ids: dict[str, Any]
    facts: Sequence[dict[str, str]]
    not_taken_over: Sequence[str]
    sent_at: dt.datetime
    sent_by_name: str
    sent_by_phone: str


@transaction.atomic
def receive_order(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    provider_id: UUID,
    unit_id: UUID | None,
    what: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    follow_up_on: dt.date | None,
    goal_ids: Sequence[UUID],
    origin: Origin,
) -> UUID:
    """Put an order from another system into a provider's inbox.

    Raises Refused(ALREADY_IMPORTED) when the message is here already.
    """
    case = case_of(actor, case_id)
    told = handover_for(actor, case_id, goal_ids=goal_ids, tell=DEFAULT)
    order = Order(
        municipality=case.municipality,
        case=case,
        provider_id=provider_id,
        unit_id=unit_id,
        status=OrderStatus.SENT,
        status_since=at,
        what=cleaned(what, required=OrderRefusal.NOTHING_WRITTEN),
        starts_on=starts_on,
        ends_on=ends_on,
        follow_up_on=follow_up_on,
        handover=told.as_json(),
        **_stored(origin),
    )
    try:
        with transaction.atomic():
            order.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(OrderRefusal.ALREADY_IMPORTED) from error
    _tie_goals(order, told.goal_ids)
    _record(actor, at, order, "order.received", source=origin.source, key=origin.key)
    return order.id


@transaction.atomic
def withdraw_order(*, actor: Actor, at: dt.datetime, order_id: UUID) -> None:
    """Take an order back that nobody has answered yet."""
    order = _locked(actor, order_id)
    policy.may_withdraw(actor, order).or_raise()
    _move(actor, at, order, "withdraw")


@transaction.atomic
def accept_order(*, actor: Actor, at: dt.datetime, order_id: UUID, contact_id: UUID, words: str = "") -> None:
    """Say yes and name the person the citizen can ring. The provider gets access, and the help has begun."""
    order = _locked(actor, order_id)
    policy.may_answer(actor, order).or_raise()
    if contact_id not in {person.id for person in team_of(order.provider_id, order.unit_id, on=actor.on)}:
        raise Refused(OrderRefusal.CONTACT_UNKNOWN)
    _move(actor, at, order, "accept", contact_id=contact_id, answer_words=cleaned(words), answered_at=at)
    cases.admit_provider(
        actor=actor,
        at=at,
        case_id=order.case_id,
        organisation_id=order.provider_id,
        unit_id=order.unit_id,
        contact_id=contact_id,
        starts_on=clock.day_of(at),
    )
    if order.ends_on is not None:
        _end_access(actor, at, order, order.ends_on)
    if order.case.status == cases.CaseStatus.CLARIFICATION:
        cases.move_case(actor=actor, at=at, case_id=order.case_id, move="start_help")


@transaction.atomic
def decline_order(*, actor: Actor, at: dt.datetime, order_id: UUID, words: str) -> None:
    """Say no, and why. The authority reads it and the provider sees the citizen no more."""
    order = _locked(actor, order_id)
    policy.may_answer(actor, order).or_raise()
    reason = cleaned(words, required=OrderRefusal.REASON_MISSING)
    _move(actor, at, order, "decline", answer_words=reason, answered_at=at)


@transaction.atomic
def close_declined_order(*, actor: Actor, at: dt.datetime, order_id: UUID) -> None:
    """The authority has read the no and goes on without this provider."""
    order = _locked(actor, order_id)
    policy.may_close_declined(actor, order).or_raise()
    _move(actor, at, order, "close")


@transaction.atomic
def end_order(*, actor: Actor, at: dt.datetime, order_id: UUID, ends_on: dt.date, words: str = "") -> None:
    """The help ends with `ends_on` as its last day, and the provider's access with it."""
    order = _locked(actor, order_id)
    policy.may_end(actor, order).or_raise()
    rules.may_run(starts_on=order.starts_on, ends_on=ends_on, follow_up_on=None).or_raise()
    end_locked(actor, at, order, ends_on=ends_on, words=cleaned(words))


def end_locked(actor: Actor, at: dt.datetime, order: Order, *, ends_on: dt.date, words: str) -> None:
    """End an order that the caller has locked and judged: at once when its last day is over, else by then."""
    Order.objects.filter(id=order.id).update(ends_on=ends_on, end_words=words)
    _end_access(actor, at, order, ends_on)
    if ends_on < clock.day_of(at):
        _move(actor, at, order, "end")
    else:
        _record(actor, at, order, "order.end_set", ends_on=ends_on.isoformat())


@transaction.atomic
def close_finished_orders(*, actor: Actor, at: dt.datetime) -> int:
    """Move the orders whose last day has passed to their end. For the worker; returns how many."""
    over = Order.objects.filter(status=OrderStatus.RUNNING, ends_on__lt=clock.day_of(at))
    orders = list(over.select_for_update(of=("self",), skip_locked=True))
    for order in orders:
        _move(actor, at, order, "end")
    return len(orders)


def _locked(actor: Actor, order_id: UUID) -> Order:
    rows = Order.objects.visible_to(actor).select_related("case").select_for_update(of=("self",))
    return rows.get(id=order_id)


def _move(actor: Actor, at: dt.datetime, order: Order, move: str, **changes: Any) -> None:
    """Only from the status that was judged, so that of two answers at once one counts."""
    status = rules.ORDER.after(order.status, move)
    moved = Order.objects.filter(id=order.id, status=order.status)
    if moved.update(status=status, status_since=at, **changes) == 0:
        raise Refused(OrderRefusal.WRONG_STATUS)
    order.status = status
    _record(actor, at, order, f"order.{move}")


def _end_access(actor: Actor, at: dt.datetime, order: Order, ends_on: dt.date) -> None:
    """Unless another order keeps the same team in the case."""
    same_team = Q(unit_id=order.unit_id) if order.unit_id else Q(unit__isnull=True)
    others = Order.objects.filter(
        same_team, case_id=order.case_id, provider_id=order.provider_id, status=OrderStatus.RUNNING
    )
    if not others.exclude(id=order.id).exists():
        cases.end_participation(
            actor=actor,
            at=at,
            case_id=order.case_id,
            organisation_id=order.provider_id,
            unit_id=order.unit_id,
            ends_on=ends_on,
        )


def _stored(origin: Origin) -> dict[str, Any]:
    return {
        "sent_at": origin.sent_at,
        "sent_by_name": origin.sent_by_name,
        "sent_by_phone": origin.sent_by_phone,
        "source": origin.source,
        "source_key": origin.key,
        "source_ids": origin.ids,
        "source_facts": list(origin.facts),
        "not_taken_over": list(origin.not_taken_over),
    }


def _tie_goals(order: Order, goal_ids: Sequence[UUID]) -> None:
    OrderGoal.objects.bulk_create(
        OrderGoal(municipality=order.municipality, order=order, goal_id=goal_id) for goal_id in goal_ids
    )


def _record(actor: Actor, at: dt.datetime, order: Order, kind: str, **data: Any) -> None:
    access.record(
        actor=actor,
        at=at,
        kind=kind,
        case_id=order.case_id,
        subject="order",
        subject_id=order.id,
        municipality=order.municipality,
        data=data,
    )
