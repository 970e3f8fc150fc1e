"""How a case ends: a last note, goals that are reached, the help ends, the case is closed."""

import datetime as dt

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.orders import api as orders
from samspil.jobs.demo.content import Closing
from samspil.jobs.demo.helping import order_of
from samspil.jobs.demo.life import Agenda, Life
from samspil.jobs.demo.moments import at as moment

REACHED_FROM = 7
"""A goal that everybody puts here or higher is reached; another one ends."""


def plan_closing(life: Life, agenda: Agenda) -> None:
    if closing := life.story.closing:
        closed_at = life.past(closing.ago, "10.15")
        agenda.add(closed_at, lambda at: _close(life, closing, at))
        agenda.add(moment(closed_at.date() + dt.timedelta(days=1), "4.00"), _end_orders)


def _close(life: Life, closing: Closing, at: dt.datetime) -> None:
    life.ledger.flush()
    actor = life.as_caseworker(at)
    pieces = [
        notes.NewSegment(kind="citizen_words", text=life.tell(closing.words)),
        notes.NewSegment(kind="assessment", text=life.tell(closing.reason)),
        notes.NewSegment(kind="observation", text=life.tell(closing.after)),
    ]
    notes.write_note(actor=actor, at=at, case_id=life.case, kind="visit", happened_at=at, pieces=pieces)
    for goal in life.story.goals:
        last = goal.ratings[-1]
        reached = min(mark for mark in (last.citizen, last.provider, last.authority, 10) if mark is not None)
        move = "reach" if reached >= REACHED_FROM else "end"
        goals.move_goal(actor=actor, at=at, goal_id=life.goal_ids[goal.key], move=move)
    orders.end_order(actor=actor, at=at, order_id=order_of(life), ends_on=at.date(), words=life.tell(closing.reason))
    goals.make_plan_version(actor=actor, at=at, case_id=life.case)
    cases.move_case(actor=actor, at=at, case_id=life.case, move="close")


def _end_orders(at: dt.datetime) -> None:
    """As the worker does in the night after the last day."""
    orders.close_finished_orders(actor=access.system_actor(at.date()), at=at)
