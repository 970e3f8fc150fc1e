"""What lies ahead: meetings today, tomorrow and later, and what staff have promised to do before them."""

import datetime as dt

from samspil.contexts.access.api import Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.jobs.demo.content import Form, Party
from samspil.jobs.demo.gathering import call, prepare
from samspil.jobs.demo.helping import orders_already, send_status_note
from samspil.jobs.demo.life import Agenda, Life
from samspil.jobs.demo.moments import workday_from
from samspil.jobs.demo.planning import days_ahead

_CLOCKS = ("9.00", "13.00", "10.30", "14.15")
_LAYOUTS = ("three_columns", "loeft", "my_plan", "chime")
_EVERYBODY: tuple[Party, ...] = ("citizen", "relative", "caseworker", "worker")
_BEFORE_HELP: tuple[Party, ...] = ("citizen", "relative", "caseworker")


def plan_upcoming(life: Life, agenda: Agenda) -> None:
    """Call the next meeting where there is one, and leave staff with something to do."""
    past, rank = life.moments.past, life.rank
    match life.stage:
        case "follow_up":
            _plan(life, agenda, "status", days_ahead(life), past(12, "11.00"))
            agenda.add(past(5, "11.15"), lambda at: _hand_in(life, at))
            agenda.add(past(4, "15.05"), lambda at: _promise(life, at, "task_call", due=2 - rank % 4))
        case "status_due" if rank % 4 != 3:  # the others wait for somebody to call the meeting
            _plan(life, agenda, "status", days_ahead(life), past(1 + rank % 3, "14.40"))
            agenda.add(past(1, "15.05"), lambda at: _promise(life, at, "task_agenda", due=-1 - rank))
        case "running" if rank % 4 == 1:
            _plan(life, agenda, "follow_up", 9 + rank * 5 % 35, past(4, "13.30"))
        case "running" if rank % 4 == 3:
            agenda.add(past(6, "10.20"), lambda at: _promise(life, at, "task_form", due=3 - rank % 9))
        case "clarification" if not orders_already(life):
            if rank % 2:
                _plan(life, agenda, "first", 1 + rank % 8, past(1, "14.20"))
            agenda.add(past(2, "15.30"), lambda at: _promise(life, at, "task_order", due=-rank % 6))
    if life.townsperson.has_log_in and life.accepted_at:
        agenda.add(past(3, "12.30"), lambda at: _say_when(life, at))


def _plan(life: Life, agenda: Agenda, kind: str, days: int, called_at: dt.datetime) -> None:
    agenda.add(life.open_at(called_at), lambda at: _call(life, agenda, kind, days, at))


def _call(life: Life, agenda: Agenda, kind: str, days: int, at: dt.datetime) -> None:
    written = life.story.upcoming if life.stage == "status_due" else None
    contact = life.story.contact
    form: Form = written.form if written else contact.form
    place = written.place if written else contact.place
    meeting_id = call(
        life,
        at,
        kind=kind,
        starts_at=life.moments.ahead(days, written.at if written else _CLOCKS[life.rank % len(_CLOCKS)]),
        place=life.tell(place),
        form=form,
        purpose=life.tell(written.about) if written else life.say(_PURPOSES[kind]),
        layout=_LAYOUTS[life.rank % len(_LAYOUTS)] if life.rank % 3 else "three_columns",
        who=written.who if written else _BEFORE_HELP if kind == "first" else _EVERYBODY,
    )
    before = next((m.preparation for m in reversed(life.story.meetings) if m.preparation), None)
    if before and life.stage == "follow_up" and life.rank % 3 != 2:
        agenda.add(life.moments.past(1, "16.10"), lambda at: prepare(life, at, meeting_id, before))


_PURPOSES = {"status": "purpose_status", "follow_up": "purpose_conversation", "first": "purpose_first"}


def _hand_in(life: Life, at: dt.datetime) -> None:
    """The status note that authority and citizen decide on at the coming meeting."""
    send_status_note(life, at)


def _promise(life: Life, at: dt.datetime, phrase: str, *, due: int) -> None:
    """A task of the caseworker's own, `due` days ago; some are overdue."""
    owner = life.party("caseworker")
    due_on = max(workday_from(life.moments.day(due)), at.date())
    cases.add_task(
        actor=life.as_caseworker(at),
        at=at,
        case_id=life.case,
        text=life.say(phrase),
        owner_name=owner.name,
        owner_id=owner.user_id,
        owner_side=Side.AUTHORITY,
        due_on=due_on,
    )


def _say_when(life: Life, at: dt.datetime) -> None:
    """The step that is being worked on gets the day of the provider's next promise."""
    life.ledger.flush()
    worker = life.party("worker")
    waiting = cases.Task.objects.filter(
        case_id=life.case, owner_id=worker.user_id, status=cases.TaskStatus.OPEN, due_on__gte=life.moments.today
    )
    day = waiting.order_by("due_on").values_list("due_on", flat=True).first()
    for goal in life.story.goals:
        for number, step in enumerate(goal.steps, 1):
            if day and step.state == "in_progress":
                goals.change_sub_goal(
                    actor=life.as_worker(at), at=at, goal_id=life.step_ids[goal.key, number], follow_up_on=day
                )
                return
