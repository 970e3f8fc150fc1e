"""Purpose, goals and steps, and how everybody rates them over the months."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access.api import Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.jobs.demo.content import Goal, Rating
from samspil.jobs.demo.life import Agenda, Life, user_of
from samspil.jobs.demo.moments import SKETCH_MEETING, workday_from
from samspil.jobs.demo.writing import RECENT

KARLA = "Karla Holm"
FOLLOW_UP_IN = (0, 1, 0, 2, 1, 3, 5, 6, 7, 1, 8, 4)
"""Days to the status meeting of those who are followed up now, one after the other."""
_MOVES = {"reached": "reach", "paused": "pause"}
_PAUSED = 20
_DAYS_A_MONTH = 30.4
_LATEST = 4
"""The newest marks were given this many days ago."""
_SETTLED_AFTER = 3
"""The first marks are given so many days after the help has begun."""


def plan_goals(life: Life, agenda: Agenda, *, set_at: dt.datetime, status: str) -> None:
    """Put the purpose and the goals on the agenda; with `status` proposed they wait for a decision."""
    agenda.add(set_at, lambda at: _set(life, at, status))


def plan_help_with_goals(life: Life, agenda: Agenda) -> None:
    """The provider's steps towards the goals, and everybody's marks."""
    begun_at = life.accepted_at
    if begun_at is None:
        return
    agenda.add(begun_at + dt.timedelta(minutes=20), lambda at: _set_steps(life, agenda, at))
    begun = (life.moments.today - begun_at.date()).days - life.shift - _SETTLED_AFTER
    for ago, marks in _marks(life, begun).items():
        agenda.add(life.help_at(life.past(ago, "12.05")), lambda at, ago=ago, marks=marks: _rate(life, at, ago, marks))  # type: ignore[misc]


def _set(life: Life, at: dt.datetime, status: str) -> None:
    story, actor = life.story, life.as_caseworker(at)
    goals.set_purpose(
        actor=actor,
        at=at,
        case_id=life.case,
        citizen_words=life.tell(story.purpose.words),
        wording=life.tell(story.purpose.professional),
    )
    for goal in story.goals:
        life.goal_ids[goal.key] = goals.add_goal(
            actor=actor,
            at=at,
            case_id=life.case,
            title=life.tell(goal.title),
            citizen_words=life.tell(goal.words),
            wording=life.tell(goal.professional),
            theme_code=life.codes.theme_code(goal.subtheme),
            goal_type=life.codes.goal_types[goal.kind],
            expected_level=life.codes.expected_levels[goal.kind],
            if_reached=life.tell(goal.if_reached),
            if_not_reached=life.tell(goal.if_not_reached),
            pictogram=goal.pictogram,
            follow_up_on=next_follow_up(life),
            responsible_name=life.party("worker").name,
            status=status,
        )
    cases.hand_over(
        actor=actor,
        at=at,
        case_id=life.case,
        coordinator_id=user_of(actor),
        district_id=life.home.district,
        follow_up_on=next_follow_up(life),
    )


def days_ahead(life: Life) -> int:
    """Days to the next follow-up: soon where a status is due, later for the others."""
    if life.story.cast.name == KARLA and life.copy == 0:
        days = (SKETCH_MEETING - life.moments.today).days
        return days if days > 0 else 15
    match life.stage:
        case "follow_up":
            return FOLLOW_UP_IN[life.rank % len(FOLLOW_UP_IN)]
        case "status_due":
            return life.story.upcoming.in_days if life.story.upcoming else 15 + life.rank * 2 % 13
        case _:
            return 45 + life.townsperson.number * 7 % 110


def next_follow_up(life: Life) -> dt.date:
    return workday_from(life.moments.day(-days_ahead(life)))


def _set_steps(life: Life, agenda: Agenda, at: dt.datetime) -> None:
    actor = life.as_worker(at)
    for goal in life.story.goals:
        for number, step in enumerate(goal.steps, 1):
            row = goals.Goal(
                order=number,
                title=life.tell(step.text),
                pictogram=step.pictogram,
                responsible_name=actor.name,
                status=goals.GoalStatus.PROPOSED if step.state == "not_begun" else goals.GoalStatus.ACTIVE,
            )
            life.ledger.step(actor=actor, at=at, place=life.place, goal_id=life.goal_ids[goal.key], step=row)
            life.step_ids[goal.key, number] = row.id
            if step.state in _MOVES:
                ago = _PAUSED if step.state == "paused" else step.ago or 0
                _move_later(life, agenda, row.id, _MOVES[step.state], ago)


def _move_later(life: Life, agenda: Agenda, step_id: UUID, move: str, ago: int) -> None:
    def step(at: dt.datetime) -> None:
        life.ledger.move_step(actor=life.as_worker(at), at=at, place=life.place, step_id=step_id, move=move)

    agenda.add(life.help_at(life.past(ago, "13.40")), step)


def _marks(life: Life, begun: int) -> dict[int, list[tuple[Goal, Rating]]]:
    """The marks by days ago. Those from before the help began are the first ones; of several the last counts."""
    found: dict[int, dict[str, tuple[Goal, Rating]]] = {}
    for goal in life.story.goals:
        for rating in goal.ratings:
            ago = min(max(round(rating.months_ago * _DAYS_A_MONTH), _LATEST), max(begun, 0))
            found.setdefault(ago, {})[goal.key] = goal, rating
    return {ago: list(marks.values()) for ago, marks in found.items()}


def _rate(life: Life, at: dt.datetime, ago: int, marks: list[tuple[Goal, Rating]]) -> None:
    """The citizen rates, or says it to the provider; the authority writes its own mark."""
    worker, caseworker = life.as_worker(at), life.as_caseworker(at)
    said = [(life.goal_ids[goal.key], rating) for goal, rating in marks]
    at_home = [goals.NewRating(goal_id, r.provider) for goal_id, r in said if r.provider is not None]
    at_home += [goals.NewRating(goal_id, r.citizen, side=Side.CITIZEN) for goal_id, r in said if r.citizen is not None]
    at_office = [goals.NewRating(goal_id, r.authority) for goal_id, r in said if r.authority is not None]
    for actor, written in ((worker, at_home), (caseworker, at_office)):
        if not written:
            continue
        if ago + life.shift > RECENT:
            life.ledger.rate(
                actor=actor,
                at=at,
                place=life.place,
                marks=written,
                citizen_name=life.townsperson.name,
            )
        else:
            goals.rate_goals(actor=actor, at=at, case_id=life.case, ratings=written)
