from samspil.contexts.goals.queries.goals import goals_for, lineage, running_goals
from samspil.contexts.goals.queries.plans import compare_plans, new_plans, plan, plan_versions
from samspil.contexts.goals.queries.shapes import (
    Asked,
    GoalsView,
    GoalView,
    NewPlan,
    PlanChange,
    PlanContent,
    PlanView,
    PurposeView,
    RatingView,
    RunningGoal,
    SubGoalView,
)

__all__ = [
    "Asked",
    "GoalView",
    "GoalsView",
    "NewPlan",
    "PlanChange",
    "PlanContent",
    "PlanView",
    "PurposeView",
    "RatingView",
    "RunningGoal",
    "SubGoalView",
    "compare_plans",
    "goals_for",
    "lineage",
    "new_plans",
    "plan",
    "plan_versions",
    "running_goals",
]
