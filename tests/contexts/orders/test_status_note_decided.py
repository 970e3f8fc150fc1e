import datetime as dt

import pytest

from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import CitizenSays, OrderRefusal, Recommendation
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY
from tests.refusals import refused


def decide(world, note_id, decision=Recommendation.CONTINUE, *, who="mette", **changes):
    said = {"citizen_says": CitizenSays.AGREES} | changes
    return orders.decide_status_note(actor=world.actor(who), at=NOW, status_note_id=note_id, decision=decision, **said)


def test_deciding_makes_the_plan_that_all_three_see(world, desk):
    note_id = desk.sent()
    plan_id = decide(world, note_id, words="Vi fortsætter.", follow_up_on=TODAY + dt.timedelta(days=180))
    note = desk.view(note_id)
    assert (note.line.decided, note.decision_words, note.line.turn) == ("Fortsæt som nu", "Vi fortsætter.", "nobody")
    assert note.follow_up_on == TODAY + dt.timedelta(days=180)
    for name in ("karla", "uffe", "mette"):
        assert goals.plan(world.actor(name), plan_id).content.goals[0].title == "Tage bussen alene"
    assert [task.status for task in cases.Task.objects.filter(source_id=note_id)] == ["done"]
    assert refused(lambda: decide(world, note_id)) is OrderRefusal.WRONG_STATUS
    reason = refused(lambda: orders.take_back_status_note(actor=desk.uffe, at=NOW, status_note_id=note_id))
    assert reason is OrderRefusal.WRONG_STATUS


def propose(world, title="Handle ind selv"):
    return goals.add_goal(
        actor=world.actor("uffe"),
        at=NOW,
        case_id=world.case_id,
        title=title,
        citizen_words="Jeg vil selv købe ind.",
        if_reached="Så holder vi op med at handle sammen.",
        if_not_reached="Så handler vi sammen lidt endnu.",
    )


def test_every_proposed_goal_gets_an_answer(world, desk):
    agreed, dropped = propose(world), propose(world, "Spise sammen med andre")
    note_id = desk.sent()
    assert {goal.id for goal in desk.view(note_id, "mette").proposals} == {agreed, dropped}
    assert refused(lambda: decide(world, note_id, agreed=[agreed])) is OrderRefusal.PROPOSAL_OPEN
    plan_id = decide(world, note_id, Recommendation.CHANGE, words="Ét nyt mål.", agreed=[agreed], dropped=[dropped])
    titles = [goal.title for goal in goals.plan(world.actor("karla"), plan_id).content.goals]
    assert titles == ["Tage bussen alene", "Sove om natten", "Handle ind selv"]
    assert [goal.title for goal in orders.order(world.actor("uffe"), desk.order_id).goals] == titles
    assert desk.view(desk.compose()).parts[2].heading == "Handle ind selv"


def test_an_end_ends_the_order(world, desk):
    note_id = desk.sent(recommendation=Recommendation.END, words="Karla kan selv.")
    assert refused(lambda: decide(world, note_id, Recommendation.END)) is OrderRefusal.REASON_MISSING
    decide(world, note_id, Recommendation.END, words="Karla klarer sig selv.")
    view = orders.order(world.actor("mette"), desk.order_id)
    assert (view.line.ends_on, view.end_words) == (TODAY, "Karla klarer sig selv.")
    assert desk.view(note_id).line.decided == "Afslut"
    with pytest.raises(orders.StatusNote.DoesNotExist):
        orders.status_note(world.actor("uffe", on=TODAY + dt.timedelta(days=1)), note_id)


def test_only_the_authority_decides(world, desk):
    note_id = desk.sent()
    for name in ("uffe", "karla"):
        with pytest.raises(Refused):
            decide(world, note_id, who=name)


def test_the_citizen_is_asked_and_heard(world, desk):
    note_id = desk.sent()
    assert refused(lambda: decide(world, note_id, citizen_says="")) is OrderRefusal.CITIZEN_NOT_ASKED
    assert refused(lambda: decide(world, note_id, citizen_says="partly")) is OrderRefusal.REASON_MISSING
    decide(world, note_id, citizen_says="disagrees", words="Karla vil hellere have besøg om aftenen.")
    for name in ("karla", "uffe", "mette"):
        assert desk.view(note_id, name).citizen_said == "Ikke enig"
