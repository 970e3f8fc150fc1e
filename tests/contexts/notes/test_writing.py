import datetime as dt
from uuid import uuid4

import pytest

from samspil.contexts.access.api import Event, NotAllowed
from samspil.contexts.cases import api as cases
from samspil.contexts.cases.api import Case, CaseRefusal, Task
from samspil.contexts.goals import api as goals
from samspil.contexts.goals.api import GoalRefusal
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, Note, NoteRefusal, Segment
from tests.cast import NOW, TODAY
from tests.refusals import refused

THURSDAY = TODAY + dt.timedelta(days=2)
SEEN = NewSegment("observation", "Karla kørte tre stop.")
PROMISE = NewSegment("agreement", "Jonas kører med igen.", who="Jonas", due_on=THURSDAY)


def test_a_note_stands_as_it_was_written(world):
    world.write(
        "jonas", NewSegment("citizen_words", "Jeg turde godt."), SEEN, NewSegment("resource", "Hun fandt ruten.")
    )
    note = world.seen("mette")[0]
    assert [(s.kind, s.text) for s in note.segments] == [
        ("citizen_words", "Jeg turde godt."),
        ("observation", "Karla kørte tre stop."),
        ("resource", "Hun fandt ruten."),
    ]
    assert (note.author_name, note.organisation_name, note.kind_words) == ("Jonas Lykke", "Bostøtte Nord", "Besøg")
    assert not note.is_mine
    assert world.seen("jonas")[0].is_mine
    assert Event.objects.get(kind="note.written").data["kinds"] == {"citizen_words": 1, "observation": 1, "resource": 1}


def test_a_promise_becomes_a_task_of_the_one_who_made_it(world):
    world.write("jonas", PROMISE)
    task = Task.objects.get(case_id=world.case_id)
    assert (task.owner_id, task.owner_name, task.owner_side) == (world.cast.jonas.id, "Jonas Lykke", "provider")
    assert (task.due_on, task.source, task.status) == (THURSDAY, "note", "open")
    assert world.seen("jonas")[0].segments[0].kept == "open"


@pytest.mark.parametrize(
    ("who", "name", "side"),
    [("karla holm", "Karla Holm", "citizen"), ("Ida", "Ida Holm", "relative"), ("Korlederen", "Korlederen", "nobody")],
)
def test_who_a_promise_belongs_to(world, who, name, side):
    world.write("mette", NewSegment("agreement", "Det gør vi.", who=who, due_on=THURSDAY))
    task = Task.objects.get(case_id=world.case_id)
    assert (task.owner_name, task.owner_side) == (name, side)


def test_a_mark_on_a_goal_becomes_the_writers_rating(world):
    world.write("jonas", NewSegment("goal_status", "Det går fremad.", goal_id=world.bus, value=6))
    assert world.rating() == 6
    goal = goals.goals_for(world.actor("mette"), world.case_id).goal(world.bus)
    assert goal.rating_of("provider").words == "Det går fremad."


def test_a_mark_can_be_somebody_elses(world):
    world.write("mette", NewSegment("goal_status", "Det går.", goal_id=world.bus, value=8, voice="citizen"))
    goal = goals.goals_for(world.actor("mette"), world.case_id).goal(world.bus)
    assert goal.rating_of("citizen").by_name == "Karla Holm"
    assert goal.rating_of("authority") is None


def test_a_providers_change_reaches_the_coordinator(world):
    world.write("jonas", NewSegment("change", "Karla har fået nye naboer."))
    task = Task.objects.get(case_id=world.case_id)
    assert task.text == "Svar på ændring fra Jonas: Karla har fået nye naboer."
    assert (task.owner_id, task.source) == (world.cast.mette.id, "change")
    assert task.due_on == dt.date(2026, 12, 1)


def test_the_authoritys_own_change_asks_nobody(world):
    world.write("mette", NewSegment("change", "Karla er flyttet."))
    assert not Task.objects.exists()


def test_hidden_words_do_not_come_out_another_way(world):
    hidden = {"hidden_reason": "Karla har bedt os vente."}
    world.write(
        "jonas",
        NewSegment("agreement", "Jonas ringer til lægen.", who="Jonas", due_on=THURSDAY, **hidden),
        NewSegment("change", "Hun drikker igen.", **hidden),
        NewSegment("goal_status", "Hun lyver om det.", goal_id=world.bus, value=2, **hidden),
    )
    karla, mette = world.actor("karla"), world.actor("mette")
    assert len(cases.tasks_of(mette, world.case_id)) == 2
    assert cases.tasks_of(karla, world.case_id) == cases.tasks_of(world.actor("ida"), world.case_id) == ()
    for task in cases.tasks_of(mette, world.case_id):
        with pytest.raises(Task.DoesNotExist):
            cases.task(karla, task.id)
    goal = goals.goals_for(karla, world.case_id).goal(world.bus)
    assert (goal.rating_of("provider").value, goal.rating_of("provider").words) == (2, "")
    plan_id = goals.make_plan_version(actor=mette, at=NOW, case_id=world.case_id)
    assert goals.plan(karla, plan_id).content.agreements == ()


@pytest.mark.parametrize(("kind", "day"), [("visit", TODAY), ("phone", TODAY), ("other", None)])
def test_what_counts_as_contact(world, kind, day):
    Case.objects.filter(id=world.case_id).update(last_contact_on=None)
    world.write("jonas", SEEN, kind=kind)
    assert Case.objects.get(id=world.case_id).last_contact_on == day


@pytest.mark.parametrize(
    ("piece", "reason"),
    [
        (NewSegment("observation", ""), NoteRefusal.NOTHING_WRITTEN),
        (NewSegment("observation", " \x00\u200b\n"), NoteRefusal.NOTHING_WRITTEN),
        (NewSegment("observation", "x" * 1_000_000), NoteRefusal.TOO_LONG),
        (NewSegment("observation", "Hun var ked af det.", hidden=True), NoteRefusal.REASON_MISSING),
        (NewSegment("observation", "A", hidden=True, hidden_reason=" \x07"), NoteRefusal.REASON_MISSING),
        (NewSegment("agreement", "Vi ringer.", due_on=THURSDAY), NoteRefusal.AGREEMENT_WITHOUT_OWNER),
        (NewSegment("agreement", "Jonas ringer.", who="Jonas"), NoteRefusal.AGREEMENT_WITHOUT_DAY),
        (NewSegment("goal_status", "", goal_id=uuid4(), value=5), NoteRefusal.UNKNOWN_GOAL),
        (NewSegment("observation", "A", theme_id=uuid4()), NoteRefusal.UNKNOWN_THEME),
        (NewSegment("goal_status", "", value=11), NoteRefusal.NOT_ON_SCALE),
    ],
)
def test_what_is_refused_leaves_nothing(world, piece, reason):
    assert refused(lambda: world.write("jonas", piece)) is reason
    assert not Note.objects.exists()


def test_a_day_to_come_is_refused_but_a_fast_clock_is_not(world):
    soon = NOW + dt.timedelta(minutes=6)
    assert refused(lambda: world.write("jonas", SEEN, happened_at=soon)) is NoteRefusal.IN_THE_FUTURE
    world.write("jonas", SEEN, happened_at=NOW + dt.timedelta(minutes=4))


def test_all_of_it_happens_or_none(world):
    goals.move_goal(actor=world.actor("mette"), at=NOW, goal_id=world.bus, move="end")
    mark = NewSegment("goal_status", "", goal_id=world.bus, value=6)
    assert refused(lambda: world.write("jonas", PROMISE, mark)) is GoalRefusal.WRONG_STATUS
    assert not Note.objects.exists()
    assert not Task.objects.exists()


@pytest.mark.parametrize("name", ["karla", "ida"])
def test_the_citizen_reads_and_does_not_write(world, name):
    assert refused(lambda: world.write(name, SEEN)) is NotAllowed.NOT_YOUR_ROLE


@pytest.mark.parametrize("name", ["otto", "otto_provider", "uffe", "vita"])
def test_strangers_find_no_case(world, name):
    world.write("jonas", SEEN)
    with pytest.raises(Case.DoesNotExist):
        world.write(name, SEEN)
    assert world.seen(name) == ()
    with pytest.raises(Note.DoesNotExist):
        notes.note(world.actor(name), Note.objects.get().id)
    with pytest.raises(Segment.DoesNotExist):
        notes.segment(world.actor(name), Segment.objects.get().id)
    assert notes.segments_since(world.actor(name), world.case_id, NOW, NOW + dt.timedelta(days=1)) == ()


def test_nothing_is_written_in_a_closed_case(world):
    Case.objects.filter(id=world.case_id).update(status="closed")
    assert refused(lambda: world.write("jonas", SEEN)) is CaseRefusal.CASE_CLOSED


def test_more_sentences_cost_no_more_queries(world, count_queries):
    def write(*pieces):
        return count_queries(lambda: world.write("jonas", *pieces))

    write(SEEN)  # the first of the day also moves the day of contact
    few = write(SEEN, NewSegment("wish", "Senere besøg."))
    assert write(*[SEEN] * 20, *[NewSegment("resource", "Hun kan selv.")] * 20) == few
    assert few <= 8
    assert write(SEEN, SEEN, SEEN, PROMISE, NewSegment("goal_status", "", goal_id=world.bus, value=6)) <= 24
