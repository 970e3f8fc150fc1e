import datetime as dt

import pytest

from samspil.contexts.access.api import NotAllowed
from samspil.contexts.cases.api import Case, Task
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalRefusal, PlanVersion
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY

LATER = NOW + dt.timedelta(days=30)


def _make(world, at=NOW):
    return goals.make_plan_version(actor=world.actor("mette"), at=at, case_id=world.case_id)


def test_a_version_stays_as_it_was(world):
    goals.rate_goal(actor=world.actor("karla"), at=NOW, goal_id=world.bus, value=7, words="Jeg turde godt.")
    goals.add_sub_goal(actor=world.actor("jonas"), at=NOW, goal_id=world.bus, title="Køre to stop")
    Task.objects.create(
        municipality=991,
        case_id=world.case_id,
        text="Jonas kører med.",
        owner_name="Jonas Lykke",
        owner_side="provider",
        due_on=TODAY,
        source="note",
        created_at=NOW,
    )
    plan_id = _make(world)
    goals.change_goal(actor=world.actor("mette"), at=LATER, goal_id=world.bus, title="Noget helt andet")
    content = goals.plan(world.actor("karla"), plan_id).content
    first = content.goals[0]
    assert (content.citizen_name, content.municipality_name) == ("Karla Holm", "Fjordby Kommune")
    assert content.coordinator_name == "Mette Bjerre"
    assert "bussen" in content.purpose_citizen_words
    assert (first.title, first.sub_goals[0].title) == ("Tage bussen alene", "Køre to stop")
    assert (first.ratings[0].value, first.ratings[0].on) == (7, TODAY)
    assert (content.agreements[0].who, content.agreements[0].due_on) == ("Jonas Lykke", TODAY)


def test_numbers_rise_and_are_not_used_again(world):
    first, second = _make(world), _make(world)
    goals.withdraw_plan_version(actor=world.actor("mette"), at=NOW, plan_id=second)
    third = _make(world)
    seen = goals.plan_versions(world.actor("jonas"), world.case_id)
    assert [(plan.id, plan.number) for plan in seen] == [(third, 3), (first, 1)]
    assert goals.plan(world.actor("mette"), second).is_withdrawn
    with pytest.raises(Refused) as caught:
        goals.withdraw_plan_version(actor=world.actor("mette"), at=NOW, plan_id=second)
    assert caught.value.reason is GoalRefusal.PLAN_WITHDRAWN


def test_what_changed_between_two_versions(world):
    mette, jonas = world.actor("mette"), world.actor("jonas")
    step = goals.add_sub_goal(actor=jonas, at=NOW, goal_id=world.bus, title="Køre to stop")
    before = goals.plan(mette, _make(world))
    goals.change_goal(actor=mette, at=LATER, goal_id=world.bus, wording="Karla tager bus 3 på egen hånd.")
    goals.move_goal(actor=jonas, at=LATER, goal_id=step, move="reach")
    goals.move_goal(actor=mette, at=LATER, goal_id=world.sleep, move="end")
    goals.add_goal(actor=mette, at=LATER, case_id=world.case_id, title="Lave mad", if_reached="A", if_not_reached="B")
    goals.set_purpose(actor=mette, at=LATER, case_id=world.case_id, citizen_words="Jeg vil synge.")
    after = goals.plan(mette, _make(world, LATER))
    changes = {(c.goal, c.what): (c.before, c.after) for c in goals.compare_plans(before, after)}
    assert changes[("", "purpose_citizen_words")][1] == "Jeg vil synge."
    assert changes[("Tage bussen alene", "wording")] == ("", "Karla tager bus 3 på egen hånd.")
    assert changes[("Tage bussen alene", "sub_goal_reached")] == ("Køre to stop", "Køre to stop")
    assert changes[("Sove om natten", "goal_gone")][1] == ""
    assert ("Lave mad", "new_goal") in changes
    assert goals.compare_plans(after, after) == ()


def test_who_reads_and_makes_plans(world):
    plan_id = _make(world)
    for name in ("otto", "otto_provider", "uffe"):
        with pytest.raises(PlanVersion.DoesNotExist):
            goals.plan(world.actor(name), plan_id)
        assert goals.plan_versions(world.actor(name), world.case_id) == ()
        with pytest.raises(Case.DoesNotExist):
            goals.make_plan_version(actor=world.actor(name), at=NOW, case_id=world.case_id)
    with pytest.raises(Refused) as caught:
        goals.make_plan_version(actor=world.actor("jonas"), at=NOW, case_id=world.case_id)
    assert caught.value.reason is NotAllowed.NOT_YOUR_ROLE
