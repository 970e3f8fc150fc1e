"""What readers of goals and plans get: frozen, made of plain values."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from samspil.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PurposeView:
    citizen_words: str
    wording: str
    said_on: dt.date
    version: int


@dataclass(frozen=True, slots=True)
class RatingView:
    """One party's mark, 0 to 10. `by_name` is the person who speaks, also when somebody else wrote it down."""

    side: str
    by_name: str
    value: int
    words: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """What the provider recommends to do with a goal, and why."""

    move: str
    words: str
    by_name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SubGoalView:
    id: UUID
    title: str
    citizen_words: str
    status: str
    status_words: str
    pictogram: str
    responsible_name: str
    follow_up_on: dt.date | None
    started_on: dt.date
    reached_on: dt.date | None
    version: int


@dataclass(frozen=True, slots=True)
class GoalView:
    """`latest` has the newest rating of each side that has rated: provider, citizen, authority in that order.

    `history` holds all ratings of the last 18 months, oldest first, also those of the wordings before this one;
    `earlier_ids` are those wordings' ids, newest first. Codes and their Danish words stand side by side.
    """

    id: UUID
    title: str
    citizen_words: str
    wording: str
    status: str
    status_words: str
    pictogram: str
    theme_code: str
    theme: str
    area: str
    goal_type: str
    goal_type_words: str
    expected_level: str
    expected_level_words: str
    if_reached: str
    if_not_reached: str
    responsible_name: str
    follow_up_on: dt.date | None
    started_on: dt.date
    reached_on: dt.date | None
    ended_on: dt.date | None
    proposed_by_side: str
    version: int
    asked: Asked | None
    latest: tuple[RatingView, ...]
    history: tuple[RatingView, ...]
    sub_goals: tuple[SubGoalView, ...]
    earlier_ids: tuple[UUID, ...]

    def rating_of(self, side: str) -> RatingView | None:
        return next((rating for rating in self.latest if rating.side == side), None)


@dataclass(frozen=True, slots=True)
class GoalsView:
    """`running` are active or on pause, `proposed` wait for the authority, `over` are reached or ended.

    `to_note` are those that a note can be about, in the order of the plan.
    """

    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    citizen_first_name: str
    purpose: PurposeView | None
    running: tuple[GoalView, ...]
    proposed: tuple[GoalView, ...]
    over: tuple[GoalView, ...]
    to_note: "tuple[RunningGoal, ...]"
    may_edit: Verdict
    may_add: Verdict
    may_propose: Verdict
    may_edit_sub_goals: Verdict

    @property
    def all(self) -> tuple[GoalView, ...]:
        return self.running + self.proposed + self.over

    def goal(self, goal_id: UUID) -> GoalView | None:
        """The goal, also when an earlier wording's id is given."""
        found = (goal for goal in self.all if goal.id == goal_id or goal_id in goal.earlier_ids)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class RunningGoal:
    """As much of a goal as one needs to choose it from a list."""

    id: UUID
    title: str
    pictogram: str
    theme_id: UUID | None


@dataclass(frozen=True, slots=True)
class PlanRating:
    side: str
    by_name: str
    value: int
    words: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class PlanSubGoal:
    id: UUID
    title: str
    status: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class PlanGoal:
    """`root_id` stays the same when a goal gets a new wording, so that two versions can be laid side by side."""

    id: UUID
    root_id: UUID
    title: str
    citizen_words: str
    wording: str
    status: str
    pictogram: str
    theme: str
    goal_type_words: str
    expected_level_words: str
    if_reached: str
    if_not_reached: str
    responsible_name: str
    follow_up_on: dt.date | None
    ratings: tuple[PlanRating, ...]
    sub_goals: tuple[PlanSubGoal, ...]


@dataclass(frozen=True, slots=True)
class PlanAgreement:
    text: str
    who: str
    due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class PlanContent:
    citizen_name: str
    case_number: str
    municipality_name: str
    coordinator_name: str
    coordinator_title: str
    purpose_citizen_words: str
    purpose_wording: str
    goals: tuple[PlanGoal, ...]
    agreements: tuple[PlanAgreement, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    id: UUID
    case_id: UUID
    citizen_id: UUID
    number: int
    made_at: dt.datetime
    made_by_name: str
    meeting_id: UUID | None
    is_withdrawn: bool
    content: PlanContent


@dataclass(frozen=True, slots=True)
class NewPlan:
    """That a plan was made anew, for those it goes to."""

    id: UUID
    case_id: UUID
    citizen_id: UUID
    citizen_name: str
    made_at: dt.datetime
    made_by_name: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference between two versions: `what` is a field's name, `goal` the goal's title or empty."""

    goal: str
    what: str
    before: str
    after: str
