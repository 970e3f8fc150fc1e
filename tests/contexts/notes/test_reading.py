import datetime as dt

import pytest
from django.db.utils import ProgrammingError

from samspil.contexts.access.api import Event
from samspil.contexts.cases.api import Task
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, Note, NoteRefusal, Segment
from samspil.kernel.verdict import Refused
from tests.cast import NOW, TODAY

SEEN = NewSegment("observation", "Karla kørte tre stop.")
HIDDEN = NewSegment("assessment", "Hun virker bange.", hidden_reason="Karla har bedt os vente.")
PROMISE = NewSegment("agreement", "Jonas kører med.", who="Jonas", due_on=TODAY)


def _texts(world, by):
    return [[s.text for s in note.segments] for note in world.seen(by)]


def _correct(world, by, segment_id, piece):
    return notes.correct_segment(actor=world.actor(by), at=NOW, segment_id=segment_id, piece=piece)


def test_the_citizen_sees_all_but_the_hidden(world):
    world.write("jonas", SEEN, HIDDEN)
    world.write("jonas", HIDDEN, at=NOW + dt.timedelta(minutes=1))
    assert _texts(world, "karla") == _texts(world, "ida") == [["Karla kørte tre stop."]]
    assert _texts(world, "mette")[0] == ["Hun virker bange."]
    assert world.seen("jonas")[0].segments[0].hidden_reason == "Karla har bedt os vente."
    kept = notes.segments_since(world.actor("karla"), world.case_id, NOW, NOW + dt.timedelta(days=1))
    assert [s.text for s in kept] == ["Karla kørte tre stop."]


def test_the_provider_sees_its_own_notes_and_those_meant_for_it(world):
    world.write("mette", SEEN)
    world.write("mette", NewSegment("observation", "Til jer alle."), for_provider=True)
    assert _texts(world, "jonas") == [["Til jer alle."]]
    assert len(_texts(world, "mette")) == 2


def test_older_notes_come_a_page_at_a_time_without_gaps(world):
    for number in range(7):
        at = NOW - dt.timedelta(hours=number // 2)
        world.write("jonas", NewSegment("observation", f"Nummer {number}"), at=NOW, happened_at=at)
    everything = _texts(world, "mette")
    found, before = [], None
    while page := world.seen("mette", limit=3, before=before):
        found += [[s.text for s in note.segments] for note in page]
        before = page[-1].cursor
    assert found == everything
    assert len(found) == 7


def test_few_queries_however_long_the_stream(world, count_queries):
    def read(by):
        return count_queries(lambda: world.seen(by))

    world.write("jonas", SEEN, PROMISE, HIDDEN)
    few = {name: read(name) for name in ("mette", "jonas", "karla")}
    for _ in range(12):
        world.write("jonas", SEEN, PROMISE, HIDDEN, NewSegment("goal_status", "", goal_id=world.bus, value=5))
    assert {name: read(name) for name in few} == few
    assert max(few.values()) <= 4


def test_a_correction_takes_the_place_and_the_old_words_stay(world):
    world.write("jonas", SEEN, NewSegment("wish", "Senere besøg."))
    old = world.seen("jonas")[0].segments[1]
    first = _correct(world, "jonas", old.id, NewSegment("wish", "Senere besøg om fredagen."))
    second = _correct(world, "jonas", first, NewSegment("observation", "Hun vil sove."))
    segment = world.seen("mette")[0].segments[1]
    assert (segment.id, segment.text, segment.kind) == (second, "Hun vil sove.", "observation")
    assert [(e.text, e.kind) for e in segment.earlier] == [
        ("Senere besøg om fredagen.", "wish"),
        ("Senere besøg.", "wish"),
    ]
    assert segment.corrected_at == NOW
    kept = notes.segments_since(world.actor("jonas"), world.case_id, NOW, NOW + dt.timedelta(days=1))
    assert [s.text for s in kept] == ["Karla kørte tre stop.", "Hun vil sove."]
    assert Event.objects.filter(kind="segment.corrected").count() == 2


def test_what_was_hidden_before_a_correction_stays_hidden_from_the_citizen(world):
    world.write("jonas", HIDDEN)
    old = world.seen("jonas")[0].segments[0]
    _correct(world, "jonas", old.id, NewSegment("assessment", "Hun er i tvivl."))
    segment = world.seen("karla")[0].segments[0]
    assert (segment.text, segment.earlier) == ("Hun er i tvivl.", ())


def test_hiding_by_correction_hides_the_old_words_too(world):
    world.write("jonas", SEEN, NewSegment("assessment", "Hun virker bange."))
    old = world.seen("jonas")[0].segments[1]
    _correct(world, "jonas", old.id, HIDDEN)
    assert _texts(world, "karla") == [["Karla kørte tre stop."]]
    kept = notes.segments_since(world.actor("karla"), world.case_id, NOW, NOW + dt.timedelta(days=1))
    assert [s.text for s in kept] == ["Karla kørte tre stop."]


@pytest.mark.parametrize("name", ["mette", "lene", "karla"])
def test_only_ones_own_words_are_corrected(world, name):
    world.write("jonas", SEEN)
    with pytest.raises(Refused):
        _correct(world, name, Segment.objects.get().id, SEEN)


def test_a_wording_is_corrected_once(world):
    world.write("jonas", SEEN)
    old = Segment.objects.get().id
    _correct(world, "jonas", old, NewSegment("observation", "Karla kørte fire stop."))
    with pytest.raises(Refused) as caught:
        _correct(world, "jonas", old, NewSegment("observation", "Karla kørte fem stop."))
    assert caught.value.reason is NoteRefusal.ALREADY_CORRECTED


def test_consequences_follow_the_new_words(world):
    world.write("jonas", PROMISE, NewSegment("goal_status", "", goal_id=world.bus, value=9))
    promise, mark = world.seen("jonas")[0].segments
    _correct(world, "jonas", promise.id, NewSegment("agreement", "Ida kører med.", who="Ida", due_on=TODAY))
    _correct(world, "jonas", mark.id, NewSegment("goal_status", "", goal_id=world.bus, value=6))
    tasks = {task.text: (task.status, task.owner_name) for task in Task.objects.all()}
    assert tasks == {"Jonas kører med.": ("cancelled", "Jonas Lykke"), "Ida kører med.": ("open", "Ida Holm")}
    assert world.rating() == 6


def test_the_database_keeps_segments_as_they_are(world):
    world.write("jonas", SEEN)
    with pytest.raises(ProgrammingError, match="Cannot update or delete"):
        Segment.objects.update(text="Noget andet")


def test_a_note_is_taken_back_with_all_it_set_in_motion(world):
    note_id = world.write(
        "jonas", PROMISE, NewSegment("goal_status", "", goal_id=world.bus, value=9), NewSegment("change", "Ny nabo.")
    )
    notes.withdraw_note(actor=world.actor("jonas"), at=NOW, note_id=note_id)
    assert world.seen("mette") == world.seen("jonas") == ()
    assert set(Task.objects.values_list("status", flat=True)) == {"cancelled"}
    assert world.rating() is None
    assert Note.objects.get().withdrawn_at == NOW
    with pytest.raises(Refused) as caught:
        notes.withdraw_note(actor=world.actor("jonas"), at=NOW, note_id=note_id)
    assert caught.value.reason is NoteRefusal.ALREADY_WITHDRAWN


def test_who_takes_a_note_back(world):
    mine = world.write("mette", SEEN)
    of_a_meeting = world.write("mette", SEEN, kind="meeting", meeting_id=world.bus)
    with pytest.raises(Refused) as caught:
        notes.withdraw_note(actor=world.actor("lene"), at=NOW, note_id=mine)
    assert caught.value.reason is NoteRefusal.NOT_YOUR_NOTE
    notes.withdraw_note(actor=world.actor("lene"), at=NOW, note_id=of_a_meeting)
    with pytest.raises(Note.DoesNotExist):
        notes.withdraw_note(actor=world.actor("otto"), at=NOW, note_id=mine)
