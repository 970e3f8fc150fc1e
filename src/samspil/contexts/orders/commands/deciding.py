"""What authority and citizen decide on a status note, at the status meeting."""

import datetime as dt
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import policy, rules
from samspil.contexts.orders.commands.orders import end_locked
from samspil.contexts.orders.commands.texts import cleaned
from samspil.contexts.orders.enums import OrderRefusal, Recommendation
from samspil.contexts.orders.models import Order, OrderGoal, StatusNote
from samspil.kernel import clock
from samspil.kernel.verdict import Refused


@transaction.atomic
def decide_status_note(
    *,
    actor: Actor,
    at: dt.datetime,
    status_note_id: UUID,
    decision: str,
    citizen_says: str,
    words: str = "",
    agreed: Sequence[UUID] = (),
    dropped: Sequence[UUID] = (),
    follow_up_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    meeting_id: UUID | None = None,
) -> UUID:
    """Go on, change or end; say yes or no to each proposed goal. Makes a new version of the plan and returns its id.

    `citizen_says` (`CitizenSays`) is the citizen's answer: the two decide it together.

    `follow_up_on` is the next follow-up when the help goes on, `ends_on` the last day when it ends (today if empty).
    """
    note = StatusNote.objects.visible_to(actor).select_for_update(of=("self",)).get(id=status_note_id)
    policy.may_decide(actor, note).or_raise()
    words = cleaned(words)
    rules.may_decide(decision=decision, words=words, citizen_says=citizen_says).or_raise()
    order = Order.objects.select_related("case").select_for_update(of=("self",)).get(id=note.order_id)
    rules.may_run(starts_on=order.starts_on, ends_on=ends_on, follow_up_on=follow_up_on).or_raise()
    _answer_proposals(actor, at, note, order, agreed=agreed, dropped=dropped)
    StatusNote.objects.filter(id=note.id).update(
        status=rules.STATUS_NOTE.after(note.status, "decide"),
        status_since=at,
        decision=decision,
        decision_words=words,
        citizen_says=citizen_says,
        decided_at=at,
        decided_by_name=actor.name,
        meeting_id=meeting_id,
        version=note.version + 1,
    )
    if decision == Recommendation.END:
        _end(actor, at, order, ends_on=ends_on, words=words)
    else:
        _go_on(actor, at, order, follow_up_on=follow_up_on)
    _finish_reading(actor, at, note, order)
    answers = {"decision": decision, "citizen": citizen_says, "agreed": len(agreed), "dropped": len(dropped)}
    _record(actor, at, order, note.id, answers)
    return goals.make_plan_version(actor=actor, at=at, case_id=order.case_id, meeting_id=meeting_id)


def _record(actor: Actor, at: dt.datetime, order: Order, note_id: UUID, answers: dict[str, object]) -> None:
    access.record(
        actor=actor,
        at=at,
        kind="status_note.decided",
        case_id=order.case_id,
        subject="status_note",
        subject_id=note_id,
        municipality=order.municipality,
        data=answers,
    )


def _end(actor: Actor, at: dt.datetime, order: Order, *, ends_on: dt.date | None, words: str) -> None:
    if rules.ORDER.may(order.status, "end"):
        end_locked(actor, at, order, ends_on=ends_on or clock.day_of(at), words=words)


def _go_on(actor: Actor, at: dt.datetime, order: Order, *, follow_up_on: dt.date | None) -> None:
    Order.objects.filter(id=order.id).update(follow_up_on=follow_up_on)
    if order.case.status == cases.CaseStatus.FOLLOW_UP:
        cases.move_case(actor=actor, at=at, case_id=order.case_id, move="go_on")


def _answer_proposals(
    actor: Actor,
    at: dt.datetime,
    note: StatusNote,
    order: Order,
    *,
    agreed: Collection[UUID],
    dropped: Collection[UUID],
) -> None:
    """Every goal that was proposed with the note and still waits gets its yes or no."""
    waiting = {goal.id for goal in goals.goals_for(actor, order.case_id).proposed}
    asked = {UUID(one) for one in note.proposals} & waiting
    if asked - set(agreed) - set(dropped):
        raise Refused(OrderRefusal.PROPOSAL_OPEN)
    for goal_id in waiting & set(dropped):
        goals.move_goal(actor=actor, at=at, goal_id=goal_id, move="drop")
    for goal_id in waiting & set(agreed) - set(dropped):
        goals.move_goal(actor=actor, at=at, goal_id=goal_id, move="agree")
        OrderGoal.objects.get_or_create(order=order, goal_id=goal_id, defaults={"municipality": order.municipality})


def _finish_reading(actor: Actor, at: dt.datetime, note: StatusNote, order: Order) -> None:
    tasks = cases.Task.objects.filter(
        case_id=order.case_id, source=cases.TaskSource.NOTE, source_id=note.id, status=cases.TaskStatus.OPEN
    )
    for task_id in tasks.values_list("id", flat=True):
        cases.finish_task(actor=actor, at=at, task_id=task_id)
