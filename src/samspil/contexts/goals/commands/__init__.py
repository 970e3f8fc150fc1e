"""What can be done with goals: each function is one intention of one actor."""

from samspil.contexts.goals.commands.goals import add_goal, change_goal, move_goal, set_purpose, withdraw_goal
from samspil.contexts.goals.commands.plans import make_plan_version, withdraw_plan_version
from samspil.contexts.goals.commands.proposals import answer_proposal, propose_move
from samspil.contexts.goals.commands.ratings import NewRating, rate_goal, rate_goals, withdraw_ratings_of
from samspil.contexts.goals.commands.sub_goals import add_sub_goal, change_sub_goal

__all__ = [
    "NewRating",
    "add_goal",
    "add_sub_goal",
    "answer_proposal",
    "change_goal",
    "change_sub_goal",
    "make_plan_version",
    "move_goal",
    "propose_move",
    "rate_goal",
    "rate_goals",
    "set_purpose",
    "withdraw_goal",
    "withdraw_plan_version",
    "withdraw_ratings_of",
]
