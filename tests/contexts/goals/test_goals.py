import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from samspil.contexts.access.api import Event, NotAllowed, system_actor
from samspil.contexts.cases.api import Case, CaseRefusal
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import Goal, GoalRefusal, Purpose
from samspil.kernel.machine import MoveRefusal
from samspil.kernel.verdict import ConcurrentChange
from tests.cast import NOW, TODAY
from tests.contexts.goals.conftest import IF_NOT_REACHED, IF_REACHED
from tests.refusals import refused

LATER = NOW + dt.timedelta(days=10)


def _add(world, by="mette", **given):
    arguments = {
        "title": "Lave mad",
        "if_reached": IF_REACHED,
        "if_not_reached": IF_NOT_REACHED,
        "status": "active",
    } | given
    return goals.add_goal(actor=world.actor(by), at=NOW, case_id=world.case_id, **arguments)


def _view(world, goal_id, by="mette"):
    return goals.goals_for(world.actor(by), world.case_id).goal(goal_id)


def test_a_purpose_said_again_later_leaves_the_old_one_readable(world):
    goals.set_purpose(
        actor=world.actor("mette"), at=LATER, case_id=world.case_id, citizen_words="Jeg vil synge.", wording=""
    )
    seen = goals.goals_for(world.actor("mette"), world.case_id).purpose
    assert (seen.citizen_words, seen.version) == ("Jeg vil synge.", 2)
    old = Purpose.objects.get(case=world.case_id, version=1)
    assert "bussen" in old.citizen_words
    assert old.runs.upper == LATER.date()


def test_a_purpose_said_again_on_the_same_day_is_one_purpose(world):
    goals.set_purpose(actor=world.actor("mette"), at=NOW, case_id=world.case_id, citizen_words="Jeg vil synge.")
    assert Purpose.objects.get(case=world.case_id).citizen_words == "Jeg vil synge."


def test_two_people_saying_the_purpose_both_see_both(world):
    goals.set_purpose(actor=world.actor("mette"), at=LATER, case_id=world.case_id, citizen_words="A", version=1)
    with pytest.raises(ConcurrentChange) as caught:
        goals.set_purpose(actor=world.actor("lene"), at=LATER, case_id=world.case_id, citizen_words="B", version=1)
    assert (caught.value.theirs, caught.value.yours) == ("A", "B")


def test_the_database_holds_one_running_purpose(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Purpose.objects.create(
            municipality=991, case_id=world.case_id, citizen_words="x", said_on=TODAY, runs=(TODAY, None)
        )


def test_a_fourth_goal_is_refused(world):
    _add(world)
    assert refused(lambda: _add(world, title="Ét for meget")) is GoalRefusal.FOUR_GOALS
    assert refused(lambda: _add(world, title="Også som kladde", status="")) is GoalRefusal.FOUR_GOALS


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"if_reached": ""}, GoalRefusal.HELP_UNSAID),
        ({"if_not_reached": "  "}, GoalRefusal.HELP_UNSAID),
        ({"title": " \x00 "}, GoalRefusal.NO_TITLE),
        ({"title": "x" * 81}, GoalRefusal.TOO_LONG),
        ({"wording": "x" * 1_000_000}, GoalRefusal.TOO_LONG),
        ({"theme_code": "ikke-en-kode"}, GoalRefusal.UNKNOWN_CODE),
        ({"follow_up_on": TODAY - dt.timedelta(days=1)}, GoalRefusal.DAY_IS_PAST),
    ],
)
def test_what_a_goal_is_refused_for(world, given, reason):
    assert refused(lambda: _add(world, **given)) is reason
    assert Goal.objects.filter(case=world.case_id).count() == 2


def test_without_a_purpose_a_goal_waits(cast):
    arguments = {"actor": cast.actor("mette"), "at": NOW, "case_id": cast.case_id, "title": "Cykle"}
    arguments |= {"if_reached": IF_REACHED, "if_not_reached": IF_NOT_REACHED}
    assert refused(lambda: goals.add_goal(**arguments, status="active")) is GoalRefusal.NO_PURPOSE
    goal_id = goals.add_goal(**arguments)
    assert Goal.objects.get(id=goal_id).status == "proposed"


def test_text_is_stored_clean(world):
    goal_id = _add(world, title="  Lave\n mad ", citizen_words="Jeg\x00 vil\u200b lave\x93mad\x94\r\nselv")
    goal = _view(world, goal_id)
    assert goal.title == "Lave mad"
    assert goal.citizen_words == "Jeg vil lave“mad”\nselv"


@pytest.mark.parametrize("name", ["otto", "otto_provider", "uffe", "vita"])
def test_strangers_find_no_case(world, name):
    with pytest.raises(Case.DoesNotExist):
        goals.goals_for(world.actor(name), world.case_id)
    with pytest.raises(Case.DoesNotExist):
        goals.move_goal(actor=world.actor(name), at=NOW, goal_id=world.bus, move="pause")
    assert goals.running_goals(world.actor(name), world.case_id) == ()


@pytest.mark.parametrize("name", ["karla", "ida"])
def test_the_citizen_reads_but_does_not_write(world, name):
    assert _view(world, world.bus, by=name).title == "Tage bussen alene"
    assert refused(lambda: _add(world, by=name)) is NotAllowed.NOT_YOUR_ROLE
    move = {"actor": world.actor(name), "at": NOW, "goal_id": world.bus, "move": "end"}
    assert refused(lambda: goals.move_goal(**move)) is NotAllowed.NOT_YOUR_ROLE


def test_nothing_changes_in_a_closed_case(world):
    Case.objects.filter(id=world.case_id).update(status="closed")
    assert refused(lambda: _add(world)) is CaseRefusal.CASE_CLOSED
    assert goals.goals_for(world.actor("mette"), world.case_id).may_edit.refusal is CaseRefusal.CASE_CLOSED


def test_the_system_carries_goals_over_in_its_municipality_only(world):
    inside, outside = system_actor(TODAY, municipality=991), system_actor(TODAY, municipality=992)
    goals.add_goal(actor=inside, at=NOW, case_id=world.case_id, title="Fra bestillingen")
    with pytest.raises(Case.DoesNotExist):
        goals.add_goal(actor=outside, at=NOW, case_id=world.case_id, title="Fra bestillingen")


def test_a_new_wording_on_another_day_is_another_goal(world, mobility):
    step = goals.add_sub_goal(actor=world.actor("jonas"), at=NOW, goal_id=world.bus, title="Køre to stop")
    goals.rate_goal(actor=world.actor("karla"), at=NOW, goal_id=world.bus, value=4)
    fresh = goals.change_goal(
        actor=world.actor("mette"), at=LATER, goal_id=world.bus, version=1, theme_code=mobility.code
    )
    goals.rate_goal(actor=world.actor("karla"), at=LATER, goal_id=fresh, value=6)
    assert fresh != world.bus
    seen = _view(world, world.bus)
    assert seen.id == fresh
    assert seen.earlier_ids == (world.bus,)
    assert (seen.theme, seen.title) == ("Mobilitet", "Tage bussen alene")
    assert seen.area == "Aktivitet og deltagelse"
    assert [point.value for point in seen.history] == [4, 6]
    assert [sub.id for sub in seen.sub_goals] == [step]
    old = Goal.objects.get(id=world.bus)
    assert (old.status, old.ended_on) == ("ended", LATER.date())
    assert len(goals.goals_for(world.actor("mette"), world.case_id).all) == 2


def test_a_new_name_or_quotation_is_the_same_goal(world):
    same = goals.change_goal(
        actor=world.actor("mette"), at=LATER, goal_id=world.bus, version=1, title="Bussen", citizen_words="Selv!"
    )
    assert same == world.bus
    assert (_view(world, same).title, _view(world, same).version) == ("Bussen", 2)


def test_a_slip_is_put_right_on_the_same_day(world):
    same = goals.change_goal(actor=world.actor("mette"), at=NOW, goal_id=world.bus, version=1, wording="Ny ordlyd")
    assert same == world.bus


def test_two_people_changing_a_goal_lose_nothing(world):
    goals.change_goal(actor=world.actor("mette"), at=NOW, goal_id=world.bus, version=1, wording="Mettes ord")
    with pytest.raises(ConcurrentChange) as caught:
        goals.change_goal(actor=world.actor("lene"), at=NOW, goal_id=world.bus, version=1, wording="Lenes ord")
    assert (caught.value.theirs, caught.value.yours) == ("Mettes ord", "Lenes ord")
    assert _view(world, world.bus).wording == "Mettes ord"


def test_a_running_goal_keeps_saying_what_happens_to_the_help(world):
    change = {"actor": world.actor("mette"), "at": NOW, "goal_id": world.bus}
    assert refused(lambda: goals.change_goal(**change, if_reached=" ")) is GoalRefusal.HELP_UNSAID


def test_the_life_of_a_goal(world):
    mette = world.actor("mette")
    step = goals.add_sub_goal(actor=world.actor("jonas"), at=NOW, goal_id=world.bus, title="Køre to stop")
    for move, status in [("pause", "paused"), ("resume", "active"), ("reach", "reached"), ("end", "ended")]:
        goals.move_goal(actor=mette, at=NOW, goal_id=world.bus, move=move)
        assert Goal.objects.get(id=world.bus).status == status
    goal = Goal.objects.get(id=world.bus)
    assert (goal.reached_on, goal.ended_on) == (TODAY, TODAY)
    assert Goal.objects.get(id=step).status == "ended"
    move = {"actor": mette, "at": NOW, "goal_id": world.bus, "move": "resume"}
    assert refused(lambda: goals.move_goal(**move)) is MoveRefusal.NOT_FROM_HERE
    assert Event.objects.filter(kind="goal.moved", case_id=world.case_id).count() == 4


def test_a_reached_goal_comes_back_only_where_there_is_room(world):
    mette = world.actor("mette")
    goals.move_goal(actor=mette, at=NOW, goal_id=world.bus, move="reach")
    _add(world)
    _add(world, title="Ringe selv")
    move = {"actor": mette, "at": NOW, "goal_id": world.bus, "move": "resume"}
    assert refused(lambda: goals.move_goal(**move)) is GoalRefusal.FOUR_GOALS


def test_sub_goals_are_the_providers(world):
    jonas = world.actor("jonas")
    step = goals.add_sub_goal(actor=jonas, at=NOW, goal_id=world.bus, title="Køre to stop", pictogram="bus")
    goals.change_sub_goal(actor=jonas, at=NOW, goal_id=step, version=1, title="Køre tre stop", follow_up_on=TODAY)
    goals.move_goal(actor=jonas, at=NOW, goal_id=step, move="reach")
    seen = _view(world, world.bus).sub_goals[0]
    assert (seen.title, seen.status, seen.reached_on, seen.version) == ("Køre tre stop", "reached", TODAY, 3)
    with pytest.raises(ConcurrentChange):
        goals.change_sub_goal(actor=jonas, at=NOW, goal_id=step, version=1, title="Køre fire stop")


def test_no_steps_under_steps_or_under_what_is_over(world):
    jonas = world.actor("jonas")
    step = goals.add_sub_goal(actor=jonas, at=NOW, goal_id=world.bus, title="Køre to stop")
    under = {"actor": jonas, "at": NOW, "title": "Trin"}
    assert refused(lambda: goals.add_sub_goal(goal_id=step, **under)) is GoalRefusal.PARENT_IS_SUB_GOAL
    goals.move_goal(actor=world.actor("mette"), at=NOW, goal_id=world.bus, move="end")
    assert refused(lambda: goals.add_sub_goal(goal_id=world.bus, **under)) is GoalRefusal.PARENT_NOT_RUNNING
    assert refused(lambda: goals.change_sub_goal(actor=jonas, at=NOW, goal_id=step, title="A")) is (
        GoalRefusal.WRONG_STATUS
    )


def test_the_provider_does_not_move_goals(world):
    move = {"actor": world.actor("jonas"), "at": NOW, "goal_id": world.bus, "move": "end"}
    assert refused(lambda: goals.move_goal(**move)) is NotAllowed.NOT_YOUR_ROLE


def test_an_unknown_goal_is_not_found(world):
    with pytest.raises(Goal.DoesNotExist):
        goals.move_goal(actor=world.actor("mette"), at=NOW, goal_id=uuid4(), move="end")


def test_five_queries_however_many_goals_and_ratings(world, count_queries, mobility):
    mette = world.actor("mette")
    goals.change_goal(actor=mette, at=NOW, goal_id=world.bus, theme_code=mobility.code)
    few = count_queries(lambda: goals.goals_for(mette, world.case_id))
    _add(world, theme_code=mobility.code)
    for day in range(30):
        at = NOW - dt.timedelta(days=day)
        goals.rate_goal(actor=world.actor("karla"), at=at, goal_id=world.sleep, value=day % 11)
        goals.add_sub_goal(actor=mette, at=NOW, goal_id=world.bus, title=f"Trin {day}")
    assert count_queries(lambda: goals.goals_for(mette, world.case_id)) == few <= 5
    assert count_queries(lambda: goals.running_goals(mette, world.case_id)) == 1
