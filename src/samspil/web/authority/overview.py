"""The case's first page: what matters to the citizen, what is written, whose turn it is and what to do next."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import CaseStatus
from samspil.contexts.deadlines import api as deadlines
from samspil.contexts.disputes import api as disputes
from samspil.contexts.goals import api as goals
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.web.authority.deadline_list import DeadlineLine, line
from samspil.web.authority.frame import CaseFrame, case_frame
from samspil.web.authority.words import due
from samspil.web.components.shapes import Step, Voice
from samspil.web.notes.editor import EditorView, editor_for
from samspil.web.notes.stream import StreamPage, stream_page
from samspil.web.process.lanes import Lanes, lanes_for
from samspil.web.process.turns import turns_of
from samspil.web.shell.addresses import address_of
from samspil.web.shell.language import long_words

SOON = dt.timedelta(days=30)
SHOWN_TASKS = 6


@dataclass(frozen=True, slots=True)
class Purpose:
    """The citizen's words, from the plan or else from the first contact. Empty when nobody has asked yet."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    title: str
    status_words: str
    is_paused: bool
    voices: tuple[Voice, ...]
    if_reached: str
    if_not_reached: str


@dataclass(frozen=True, slots=True)
class Overview:
    frame: CaseFrame
    purpose: Purpose
    goals: tuple[GoalLine, ...]
    proposed: int
    goals_url: str
    editor: EditorView
    stream: StreamPage
    lanes: Lanes
    deadlines: tuple[DeadlineLine, ...]
    disputes: tuple[disputes.DisputeLine, ...]
    steps: tuple[Step, ...]
    my_tasks: tuple[cases.TaskView, ...]
    others_tasks: tuple[cases.TaskView, ...]
    task_count: int
    people: tuple[cases.PersonOfCase, ...]


def overview_for(actor: Actor, case_id: UUID, *, now: dt.datetime) -> Overview:
    """Raises Case.DoesNotExist for those without business in the case."""
    frame = case_frame(actor, case_id, tab="case", now=now)
    actor = cases.reading_in(actor, frame.case)
    view = goals.goals_for(actor, case_id, case=frame.case)
    people = cases.people_of_case(actor, case_id, case=frame.case, relations=frame.relations)
    turns = turns_of(actor, frame.case, frame.meeting, now=now)
    tasks = cases.tasks_of(actor, case_id)
    case_url = address_of("authority:case", case_id)
    return Overview(
        frame=frame,
        purpose=_purpose(actor, frame.case, view),
        goals=tuple(_goal_line(goal, frame.case) for goal in view.running),
        proposed=len(view.proposed),
        goals_url=address_of("authority:goals", case_id),
        editor=editor_for(
            actor, case_id, next_url=case_url, citizen=frame.case.first_name, people=people, running=view.to_note
        ),
        stream=stream_page(actor, case_id, limit=8),
        lanes=lanes_for(actor, case_id, now=now, turns=turns),
        deadlines=tuple(map(line, deadlines.deadlines_of(actor, case_id))),
        disputes=disputes.disputes_of(actor, case_id),
        steps=tuple(_steps(actor, frame, view, {turn.status for turn in (turns.now, *turns.meanwhile)})),
        my_tasks=tuple(task for task in tasks if task.is_mine)[:SHOWN_TASKS],
        others_tasks=tuple(task for task in tasks if not task.is_mine)[:SHOWN_TASKS],
        task_count=len(tasks),
        people=people,
    )


def _purpose(actor: Actor, case: cases.CaseFacts, view: goals.GoalsView) -> Purpose:
    if view.purpose is not None:
        return Purpose(view.purpose.citizen_words, _("Sagt %(day)s") % {"day": long_words(view.purpose.said_on)})
    said = [one for one in cases.referrals_of(actor, case.id) if one.citizen_words]
    if not said:
        return Purpose("", "")
    day = clock.day_of(said[0].received_at)
    return Purpose(said[0].citizen_words, _("Fra henvendelsen %(day)s") % {"day": long_words(day)})


def _goal_line(goal: goals.GoalView, case: cases.CaseFacts) -> GoalLine:
    return GoalLine(
        title=goal.title,
        status_words=goal.status_words,
        is_paused=goal.status == goals.GoalStatus.PAUSED,
        voices=tuple(Voice(_voice(rating, case), rating.value) for rating in goal.latest),
        if_reached=goal.if_reached,
        if_not_reached=goal.if_not_reached,
    )


def _voice(rating: goals.RatingView, case: cases.CaseFacts) -> str:
    if rating.side == Side.CITIZEN:
        return case.first_name
    return first_name(rating.by_name) or (_("Kommunen") if rating.side == Side.AUTHORITY else _("Udføreren"))


def _steps(actor: Actor, frame: CaseFrame, view: goals.GoalsView, waiting: set[str]) -> Iterator[Step]:
    """What the case itself asks of the caseworker; promises are tasks and stand beside."""
    case = frame.case
    if not case.is_open:
        return
    contact_url = address_of("authority:contact", case.id)
    names = {"name": case.first_name}
    if view.purpose is None:
        yield Step(_("Spørg %(name)s, hvad der er vigtigst.") % names)
    if case.status == CaseStatus.CLARIFICATION and frame.meeting is None:
        yield Step(_("Indkald %(name)s til et møde.") % names, url=frame.call_url)
    if case.status == CaseStatus.FOLLOW_UP and frame.meeting is None:
        yield Step(_("Indkald til statusmøde."), url=frame.call_url)
    if "declined" in waiting:
        yield Step(_("Find en anden udfører."), url=address_of("authority:case_orders", case.id))
    if case.status == CaseStatus.CLARIFICATION and view.running and not waiting & {"sent", "declined"}:
        yield Step(_("Bestil hjælp hos en udfører."), url=address_of("authority:order_new", case.id))
    if case.follow_up_on is not None and case.follow_up_on - SOON <= actor.on and frame.meeting is None:
        yield Step(
            _("Følg op sammen med %(name)s.") % names,
            when=due(case.follow_up_on, actor.on),
            url=frame.call_url,
            is_late=case.follow_up_on < actor.on,
        )
    if frame.wish is None:
        yield Step(_("Aftal, hvordan %(name)s helst vil have kontakt.") % names, url=contact_url)
    elif frame.wish.every_days is not None:
        yield from _overdue_contact(actor, case, frame.wish.every_days)


def _overdue_contact(actor: Actor, case: cases.CaseFacts, every_days: int) -> Iterator[Step]:
    if (case.last_contact_on or case.opened_on) + dt.timedelta(days=every_days) < actor.on:
        text = _("Tag kontakt: %(name)s vil gerne tales med mindst hver %(days)d. dag.")
        yield Step(text % {"name": case.first_name, "days": every_days}, is_late=True)


def owners(actor: Actor, people: Iterable[cases.PersonOfCase]) -> Sequence[cases.PersonOfCase]:
    """Who can promise something: the one who writes first, then those around the case."""
    rest = [person for person in people if person.user_id is None or person.user_id != actor.user_id]
    return [cases.PersonOfCase(actor.name, actor.side, actor.title or _("Mig"), actor.user_id), *rest]
