"""The order, the provider's answer, the status notes and the questions between the two."""

import datetime as dt
from uuid import UUID

from samspil.contexts.orders import api as orders
from samspil.jobs.demo.life import Agenda, Life, user_of
from samspil.jobs.demo.people import Question
from samspil.jobs.demo.planning import next_follow_up, plan_goals, plan_help_with_goals

_HOUR = dt.timedelta(hours=1)
_EVERY_NO = 10
"""One order in so many that wait gets a no."""
_EVERY_CHANGE = 4
"""One status note in so many recommends a change; all others go on as now."""


def plan_help(life: Life, agenda: Agenda) -> None:
    """Put goals, order and answer on the agenda, as far as this townsperson has come."""
    story = life.story
    ordered_at = life.open_at(life.past(story.order.ago, "13.20"))
    if life.stage == "clarification" and not orders_already(life):
        plan_goals(life, agenda, set_at=ordered_at, status="proposed")
        return
    plan_goals(life, agenda, set_at=ordered_at, status="active")
    ordered_at += _HOUR
    if life.stage == "clarification":
        agenda.add(ordered_at, lambda at: _order(life, at))
        if life.rank % _EVERY_NO == _EVERY_NO - 1:
            agenda.add(life.moments.past(1, "10.50"), lambda at: _decline(life, at))
        return
    life.accepted_at = max(ordered_at + _HOUR, life.past(story.order.ago - 1, "8.40"))
    agenda.add(ordered_at, lambda at: _order(life, at))
    agenda.add(life.accepted_at, lambda at: _accept(life, at))
    plan_help_with_goals(life, agenda)


def orders_already(life: Life) -> bool:
    """Some of those whose situation is being clarified wait for a provider's answer."""
    return life.townsperson.number % 3 == 0


def _order(life: Life, at: dt.datetime) -> None:
    order = life.story.order
    life.order_id = orders.send_order(
        actor=life.as_caseworker(at),
        at=at,
        case_id=life.case,
        unit_id=life.town.unit_of(life.worker),
        what=f"{order.service}. {life.tell(order.words)}",
        how_often=life.tell(order.often)[:200],
        starts_on=at.date() + dt.timedelta(days=1),
        follow_up_on=next_follow_up(life),
        goal_ids=list(life.goal_ids.values()),
    )


def _accept(life: Life, at: dt.datetime) -> None:
    actor = life.as_worker(at)
    orders.accept_order(
        actor=actor, at=at, order_id=order_of(life), contact_id=user_of(actor), words=life.say("accepted")
    )


def _decline(life: Life, at: dt.datetime) -> None:
    """The provider has no time."""
    orders.decline_order(actor=life.as_worker(at), at=at, order_id=order_of(life), words=life.say("declined"))


def order_of(life: Life) -> UUID:
    if life.order_id is None:
        raise LookupError(f"{life.story.key}: nothing has been ordered yet")
    return life.order_id


def send_status_note(life: Life, at: dt.datetime) -> UUID:
    """Compose the status note, say that nothing is new where nothing was written, add a line, and send it."""
    life.ledger.flush()
    actor = life.as_worker(at)
    note_id = orders.compose_status_note(actor=actor, at=at, order_id=order_of(life))
    for part in orders.StatusNote.objects.get(id=note_id).parts.exclude(kind=orders.PartKind.THEME):
        more = "status_remarks" if part.kind == orders.PartKind.REMARKS else "" if part.text else "status_nothing_new"
        if more:
            text = "\n".join(filter(None, [part.text, life.say(more)]))
            orders.save_part(actor=actor, at=at, part_id=part.id, version=part.version, text=text)
    recommendation, words = _recommended(life)
    orders.send_status_note(
        actor=actor, at=at + _HOUR, status_note_id=note_id, recommendation=recommendation, words=words
    )
    return note_id


def decide(life: Life, at: dt.datetime, note_id: UUID, meeting_id: UUID) -> None:
    """Go on as was recommended; the next follow-up is agreed."""
    life.ledger.flush()
    recommendation, _ = _recommended(life)
    words = "decide_change" if recommendation == orders.Recommendation.CHANGE else "decide_continue"
    orders.decide_status_note(
        actor=life.as_caseworker(at),
        at=at,
        status_note_id=note_id,
        decision=recommendation,
        citizen_says=orders.CitizenSays.AGREES,
        words=life.say(words),
        follow_up_on=next_follow_up(life),
        meeting_id=meeting_id,
    )


def _recommended(life: Life) -> tuple[str, str]:
    if life.townsperson.number % _EVERY_CHANGE == _EVERY_CHANGE - 1:
        return orders.Recommendation.CHANGE, life.say("recommend_change")
    return orders.Recommendation.CONTINUE, life.say("recommend_continue")


def ask(life: Life, question: Question) -> None:
    """A question of the last days, and its answer where one has come."""
    asked_at = life.help_at(life.moments.hours_ago(question.hours_ago))
    by_worker = question.asked_by == "worker"
    question_id = orders.ask_question(
        actor=life.as_worker(asked_at) if by_worker else life.as_caseworker(asked_at),
        at=asked_at,
        order_id=order_of(life),
        text=life.tell(question.question),
    )
    if question.answer:
        hours = question.hours_ago - question.answered_after_hours
        answered_at = max(life.moments.hours_ago(hours), asked_at + dt.timedelta(minutes=30))
        answered_at = min(answered_at, life.moments.now)
        orders.answer_question(
            actor=life.as_caseworker(answered_at) if by_worker else life.as_worker(answered_at),
            at=answered_at,
            question_id=question_id,
            text=life.tell(question.answer),
        )
