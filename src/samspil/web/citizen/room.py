"""What the citizen's pages show: what is new, at most three cards, a path, and people. Plain words only."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import Scope
from samspil.contexts.decisions import api as decisions
from samspil.contexts.feedback import api as feedback
from samspil.contexts.goals import api as goals
from samspil.contexts.letters import api as letters
from samspil.contexts.meetings import api as meetings
from samspil.kernel.danish_dates import long_date
from samspil.kernel.text import and_list, spoken_name
from samspil.web.components.shapes import Stone
from samspil.web.shell.language import language

RECENT = dt.timedelta(days=14)
STATES = {"reached": "reached", "active": "now", "paused": "paused", "ended": "reached", "proposed": "later"}


@dataclass(frozen=True, slots=True)
class Helper:
    name: str
    first_name: str
    title: str
    phone: str
    hours: str
    picture: str
    presentation: str
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class PlanGoal:
    id: UUID
    title: str
    words: str
    if_reached: str
    if_not_reached: str
    stones: tuple[Stone, ...]
    own_rating: int | None
    others: tuple[goals.RatingView, ...]
    status_words: str
    may_rate: bool


@dataclass(frozen=True, slots=True)
class Home:
    """`meeting` and `ask_about` are never both shown: what comes next goes first.

    `hearings` wait for an answer; `new_letter` came in the last days. `sees` are the scopes that the reader has; what
    is outside them is empty here.
    """

    case_id: UUID
    citizen_id: UUID
    first_name: str
    hearings: tuple[decisions.HearingLine, ...]
    new_letter: letters.LetterRow | None
    meeting: meetings.MeetingLine | None
    company: str
    ask_about: meetings.MeetingLine | None
    purpose: str
    stones: tuple[Stone, ...]
    new_plan_at: dt.datetime | None
    coordinator: Helper | None
    sees: frozenset[str]


def case_of(actor: Actor) -> cases.CaseFacts:
    """The citizen's own case, an open one before a closed one. Raises Case.DoesNotExist when there is none."""
    rows = cases.cases_of_citizen(actor, actor.citizen_id) if actor.citizen_id else ()
    if not rows:
        raise cases.Case.DoesNotExist
    chosen = next((row for row in rows if row.status != cases.CaseStatus.CLOSED), rows[0])
    return cases.case_facts(actor, chosen.case_id)


def home(actor: Actor, *, now: dt.datetime) -> Home:
    case = case_of(actor)
    actor = cases.reading_in(actor, case)
    sees = frozenset(str(scope) for scope in Scope if citizens.may(actor, scope))
    plan = goals.goals_for(actor, case.id, case=case) if Scope.PLAN in sees else None
    coming = meetings.next_meeting(actor, case.id, now=now)
    first = plan.running[0] if plan and plan.running else None
    return Home(
        case_id=case.id,
        citizen_id=case.citizen_id,
        first_name=case.first_name,
        hearings=_asked(actor, case.id) if Scope.DECISIONS in sees else (),
        new_letter=letters.newest_letter(actor, case.id, since=now - RECENT) if Scope.LETTERS in sees else None,
        meeting=coming,
        company=_company(actor, coming, now) if coming else "",
        ask_about=None if coming or actor.side != Side.CITIZEN else _unanswered(actor, case.id, now),
        purpose=plan.purpose.citizen_words if plan and plan.purpose else "",
        stones=_stones(first) if first else (),
        new_plan_at=_newest_plan(actor, case.id, since=now - RECENT),
        coordinator=next((h for h in helpers(actor, case) if h.is_coordinator), None),
        sees=sees,
    )


def _asked(actor: Actor, case_id: UUID) -> tuple[decisions.HearingLine, ...]:
    return tuple(line for line in decisions.hearings_in(actor, case_id) if not line.is_answered)


def _company(actor: Actor, line: meetings.MeetingLine, now: dt.datetime) -> str:
    view = meetings.meeting_for(actor, line.id, now=now)
    names = [spoken_name(person.name) for person in view.people if person.side != Side.CITIZEN]
    return and_list(names, language())


def _unanswered(actor: Actor, case_id: UUID, now: dt.datetime) -> meetings.MeetingLine | None:
    held = (line for line in meetings.meetings_of(actor, case_id) if line.status == "closed")
    newest = next(held, None)
    if newest is None or newest.starts_at < now - RECENT:
        return None
    return None if feedback.feedback_on(actor, newest.id) else newest


def _newest_plan(actor: Actor, case_id: UUID, *, since: dt.datetime) -> dt.datetime | None:
    made = (one.made_at for one in goals.new_plans(actor, since=since) if one.case_id == case_id)
    return next(made, None)


def plan(actor: Actor, case_id: UUID) -> tuple[str, tuple[PlanGoal, ...]]:
    """The purpose in the citizen's words, and as a path every goal that is running or was reached."""
    view = goals.goals_for(actor, case_id)
    reached = tuple(goal for goal in view.over if goal.status == goals.GoalStatus.REACHED)
    shown = tuple(_plan_goal(goal, actor) for goal in view.running + reached)
    return view.purpose.citizen_words if view.purpose else "", shown


def _plan_goal(goal: goals.GoalView, actor: Actor) -> PlanGoal:
    own = goal.rating_of("citizen")
    return PlanGoal(
        id=goal.id,
        title=goal.title,
        words=goal.citizen_words,
        if_reached=goal.if_reached,
        if_not_reached=goal.if_not_reached,
        stones=_stones(goal),
        own_rating=own.value if own else None,
        others=tuple(rating for rating in goal.latest if rating.side != "citizen"),
        status_words=goal.status_words,
        may_rate=goal.status == "active" and actor.side == Side.CITIZEN,
    )


def _stones(goal: goals.GoalView) -> tuple[Stone, ...]:
    """Sub-goals as stepping stones; the goal itself is the last one."""
    stones = []
    is_later = False
    for sub in goal.sub_goals:
        state = STATES[sub.status]
        stones.append(
            Stone(
                text=sub.citizen_words or sub.title,
                pictogram=sub.pictogram or "goal",
                state="later" if is_later and state == "now" else state,  # type: ignore[arg-type]
                detail=_detail(sub),
            )
        )
        is_later = is_later or state == "now"
    last = STATES[goal.status] if not goal.sub_goals or goal.status != "active" else "later"
    stones.append(Stone(text=goal.title, pictogram=goal.pictogram or "goal", state=last))  # type: ignore[arg-type]
    return tuple(stones)


def _detail(sub: goals.SubGoalView) -> str:
    if sub.reached_on:
        return _("Klaret %(day)s") % {"day": long_date(sub.reached_on, language())}
    return sub.responsible_name


def helpers(actor: Actor, case: cases.CaseFacts) -> tuple[Helper, ...]:
    """Those who help, with name and picture, the coordinating caseworker first (B8). Nobody without the scope."""
    if not citizens.may(actor, Scope.HELPERS):
        return ()
    around = [p for p in cases.people_of_case(actor, case.id) if p.user_id and p.side in {"authority", "provider"}]
    known = access.people([p.user_id for p in around if p.user_id])
    found = [
        Helper(
            name=person.name,
            first_name=person.name.split()[0],
            title=person.title,
            phone=person.phone,
            hours=person.phone_hours,
            picture=person.picture,
            presentation=person.presentation,
            is_coordinator=person.id == case.coordinator_id,
        )
        for p in around
        if p.user_id and (person := known.get(p.user_id))
    ]
    return tuple(sorted(found, key=lambda helper: not helper.is_coordinator))
