import datetime as dt
from uuid import uuid4

import pytest
from django.utils import translation

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import Goal, GoalRefusal, NewRating, Rating
from samspil.kernel.verdict import Refused
from tests.cast import NOW


def _rate(world, name, value, **more):
    goals.rate_goal(actor=world.actor(name), at=NOW, goal_id=world.bus, value=value, **more)


def _latest(world):
    goal = goals.goals_for(world.actor("mette"), world.case_id).goal(world.bus)
    return {rating.side: (rating.value, rating.by_name) for rating in goal.latest}


def test_three_voices_stand_side_by_side(world):
    _rate(world, "mette", 5)
    _rate(world, "karla", 7, words="Jeg turde godt.")
    _rate(world, "jonas", 6)
    assert _latest(world) == {
        "provider": (6, "Jonas Lykke"),
        "citizen": (7, "Karla Holm"),
        "authority": (5, "Mette Bjerre"),
    }
    goal = goals.goals_for(world.actor("mette"), world.case_id).goal(world.bus)
    assert [rating.side for rating in goal.latest] == ["provider", "citizen", "authority"]
    assert goal.rating_of("citizen").words == "Jeg turde godt."
    assert goal.rating_of("relative") is None


def test_the_citizen_can_be_heard_by_others(world):
    _rate(world, "jonas", 8, side="citizen")
    assert _latest(world) == {"citizen": (8, "Karla Holm")}
    assert Rating.objects.get().rater_id == world.cast.jonas.id


@pytest.mark.parametrize(
    ("name", "value", "side", "reason"),
    [
        ("karla", 11, None, GoalRefusal.NOT_ON_SCALE),
        ("karla", -1, None, GoalRefusal.NOT_ON_SCALE),
        ("karla", 5, "provider", GoalRefusal.NOT_YOUR_VOICE),
        ("jonas", 5, "authority", GoalRefusal.NOT_YOUR_VOICE),
        ("ida", 5, None, NotAllowed.NOT_YOUR_ROLE),
    ],
)
def test_what_is_refused(world, name, value, side, reason):
    with pytest.raises(Refused) as caught:
        _rate(world, name, value, side=side)
    assert caught.value.reason is reason
    assert not Rating.objects.exists()


def test_an_ended_goal_is_rated_no_more(world):
    goals.move_goal(actor=world.actor("mette"), at=NOW, goal_id=world.bus, move="end")
    with pytest.raises(Refused) as caught:
        _rate(world, "karla", 5)
    assert caught.value.reason is GoalRefusal.WRONG_STATUS


def test_goals_of_other_cases_are_not_there(world):
    with pytest.raises(Goal.DoesNotExist):
        goals.rate_goals(actor=world.actor("mette"), at=NOW, case_id=world.case_id, ratings=[NewRating(uuid4(), 5)])


def test_many_ratings_cost_as_much_as_one(world, count_queries):
    def rate(*goal_ids):
        ratings = [NewRating(goal_id, 5) for goal_id in goal_ids]
        goals.rate_goals(actor=world.actor("mette"), at=NOW, case_id=world.case_id, ratings=ratings)

    one = count_queries(lambda: rate(world.bus))
    assert count_queries(lambda: rate(world.bus, world.sleep, world.bus)) == one
    assert Event.objects.filter(kind="goal.rated").count() == 2


def test_history_stops_eighteen_months_back_but_the_newest_always_stands(world):
    two_years_ago = NOW - dt.timedelta(days=730)
    goals.rate_goal(actor=world.actor("karla"), at=two_years_ago, goal_id=world.bus, value=2)
    goal = goals.goals_for(world.actor("mette"), world.case_id).goal(world.bus)
    assert goal.history == ()
    assert goal.rating_of("citizen").value == 2


def test_a_rating_goes_with_the_words_it_came_from(world):
    source = uuid4()
    goals.rate_goals(
        actor=world.actor("jonas"),
        at=NOW,
        case_id=world.case_id,
        ratings=[NewRating(world.bus, 9, source_id=source)],
    )
    goals.withdraw_ratings_of(actor=world.actor("otto"), at=NOW, source_ids=[source])
    assert _latest(world) == {"provider": (9, "Jonas Lykke")}
    goals.withdraw_ratings_of(actor=world.actor("jonas"), at=NOW, source_ids=[source])
    assert _latest(world) == {}


def test_a_speaker_without_a_name_is_kept_in_danish_whatever_the_screen_says(world):
    with translation.override("en"):
        _rate(world, "mette", 4, side="provider")
    assert _latest(world) == {"provider": (4, "Udfører")}
