import datetime as dt

import pytest

from samspil.contexts.access.api import Event
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import OrderRefusal, Recommendation, StatusNoteStatus
from samspil.kernel.verdict import ConcurrentChange
from tests.cast import NOW, TODAY
from tests.contexts.orders.desk import Desk
from tests.contexts.orders.world import said, seen, texts
from tests.refusals import refused


def theme(name):
    return next(one for one in catalogue.ffb_themes(TODAY) if one.name == name)


def test_a_status_note_is_drawn_from_what_was_written(world, desk):
    world.write(
        seen("Karla kørte tre stop uden at ringe.", goal=world.bus),
        said("Jeg turde godt, da du sad tre sæder bagved", goal=world.bus),
        NewSegment(kind="goal_status", text="Hun tør godt", goal_id=world.bus, value=6),
        NewSegment(kind="change", text="Har fået nye naboer", theme_id=theme("Relationer").sub_themes[0].id),
        NewSegment(kind="wish", text="Vil gerne have besøg senere på dagen"),
    )
    note = desk.view(desk.compose())
    bus, sleep, relations, remarks = note.parts
    assert (bus.heading, sleep.heading, relations.heading) == ("Tage bussen alene", "Sove om natten", "Relationer")
    assert texts(bus.lines) == [
        "Bostøtte Nord siger 6 af 10 (19. november).",
        "19. november, 6 af 10: Hun tør godt.",
        "“Jeg turde godt, da du sad tre sæder bagved.” Karla, 19. november.",
        "19. november: Karla kørte tre stop uden at ringe.",
    ]
    assert texts(sleep.lines) == []
    assert texts(relations.lines) == ["Ændring, 19. november: Har fået nye naboer."]
    assert texts(remarks.lines) == ["Ønske, 19. november: Vil gerne have besøg senere på dagen."]
    assert note.line.share == 100


def test_every_line_can_be_opened(world, desk):
    world.write(seen("Karla kørte tre stop uden at ringe.", goal=world.bus))
    note_id = desk.sent()
    (source,) = desk.view(note_id, "mette").parts[0].lines[0].sources
    assert source.author_name == "Uffe Dal"
    words = notes.wording(world.actor("mette"), source.id)
    assert words.text == "Karla kørte tre stop uden at ringe."
    assert (words.author_name, words.organisation_name) == ("Uffe Dal", "Bostøtte Nord")
    assert source.happened_at.date() == TODAY - dt.timedelta(days=5)


def test_what_the_citizen_may_not_see_is_left_out_and_counted(world, desk):
    world.write(
        seen("Det her er kun fagligt.", goal=world.bus, hidden="Kan skade samarbejdet"),
        seen("Karla kørte tre stop.", goal=world.bus),
    )
    note = desk.view(desk.compose())
    assert texts(note.parts[0].lines) == ["19. november: Karla kørte tre stop."]
    assert note.hidden_left_out == 1


def test_another_teams_notes_and_withdrawn_ones_are_not_drawn(world, desk):
    notes.withdraw_note(actor=world.actor("uffe"), at=NOW, note_id=world.write(seen("Fejl i sagen.", goal=world.bus)))
    at = NOW - dt.timedelta(days=3)
    notes.write_note(
        actor=world.actor("mette"),
        at=at,
        case_id=world.case_id,
        kind="phone",
        happened_at=at,
        pieces=[seen("Kommunens eget.", goal=world.bus)],
    )
    assert texts(desk.view(desk.compose()).parts[0].lines) == []


def test_a_correction_is_drawn_in_its_new_wording(world, desk):
    note_id = world.write(seen("Karla kørte fire stop.", goal=world.bus))
    (segment,) = world.segments(note_id)
    notes.correct_segment(
        actor=world.actor("uffe"),
        at=NOW - dt.timedelta(days=1),
        segment_id=segment.id,
        piece=seen("Karla kørte tre stop.", goal=world.bus),
    )
    assert texts(desk.view(desk.compose()).parts[0].lines) == ["19. november: Karla kørte tre stop."]


def test_typing_is_counted_and_the_share_is_shown(world, desk):
    world.write(seen("Karla kørte tre stop uden at ringe til nogen.", goal=world.bus))
    note_id = desk.compose()
    part = desk.view(note_id).parts[0]
    desk.save(note_id, text=f"{part.text}\nHun er klar til at prøve selv i december.")
    note = desk.view(note_id)
    typed = len("HunerklartilatprøveselviDecember.")
    assert (note.typed, note.drawn) == (typed, len("".join(part.text.split())))
    assert note.line.share == note.drawn * 100 // (note.drawn + typed)
    assert orders.share_drawn(world.actor("uffe"), note_id) == note.line.share
    assert note.parts[0].is_edited
    assert note.parts[0].lines[0].sources
    assert note.parts[0].lines[1].sources == ()


def test_unchanged_takes_the_text_as_it_is_and_says_so_where_nothing_was_written(world, desk):
    world.write(seen("Karla kørte tre stop.", goal=world.bus))
    note_id = desk.compose()
    bus = desk.save(note_id, 0, unchanged=True)
    sleep = desk.save(note_id, 1, unchanged=True)
    assert (bus.text, bus.is_unchanged) == ("19. november: Karla kørte tre stop.", True)
    assert (sleep.text, sleep.typed) == ("Uændret siden sidst.", 0)


def test_what_was_left_out_can_be_added(world, desk):
    world.write(*(seen(f"Karla tog tur nummer {n} med bussen.", goal=world.bus) for n in range(9)))
    note_id = desk.compose()
    part = desk.view(note_id).parts[0]
    assert len(part.lines) == 4
    left = orders.left_out(world.actor("uffe"), note_id, part.id)
    assert len(left) == 5
    after = desk.save(note_id, add=[left[0].sources[0].id])
    assert texts(after.lines)[-1] == left[0].text
    assert after.lines[-1].sources == left[0].sources
    assert after.typed == 0
    assert len(orders.left_out(world.actor("uffe"), note_id, part.id)) == 4


def test_composing_again_takes_in_what_is_new_and_keeps_what_was_edited(world, desk):
    world.write(seen("Karla kørte tre stop.", goal=world.bus), seen("Sov til kl. 4.", goal=world.sleep))
    note_id = desk.compose()
    edited = desk.save(note_id, 0, text="Det går godt med bussen.")
    world.write(seen("Kørte fem stop.", goal=world.bus), seen("Sov til kl. 5.", goal=world.sleep), days_ago=1)
    assert desk.compose() == note_id
    bus, sleep, _ = desk.view(note_id).parts
    assert (bus.id, bus.text) == (edited.id, "Det går godt med bussen.")
    assert texts(sleep.lines) == ["19. november: Sov til kl. 4.", "23. november: Sov til kl. 5."]
    with pytest.raises(ConcurrentChange):
        desk.save(note_id, 0, version=edited.version, text="Noget andet")


def test_two_colleagues_at_the_same_part_lose_nothing(world, desk):
    note_id = desk.compose()
    version = desk.view(note_id).parts[0].version
    desk.save(note_id, 0, text="Den ene skriver.", version=version)
    with pytest.raises(ConcurrentChange) as change:
        desk.save(note_id, 0, text="Den anden skriver.", version=version)
    assert (change.value.theirs, change.value.yours) == ("Den ene skriver.", "Den anden skriver.")


def test_a_sent_note_stands_and_the_authority_has_something_to_read(world, desk):
    note_id = desk.sent()
    assert desk.view(note_id).line.turn == "authority"
    assert refused(lambda: desk.save(note_id, text="Nej")) is OrderRefusal.NOTE_ALREADY_SENT
    assert refused(lambda: desk.send(note_id)) is OrderRefusal.NOTE_ALREADY_SENT
    (waiting,) = orders.status_notes_to_decide(world.actor("mette"), {world.case_id})
    assert waiting.id == note_id
    (task,) = [task for task in cases.tasks_of(world.actor("mette"), world.case_id) if "statusnotat" in task.text]
    assert task.text == "Læs statusnotatet fra Bostøtte Nord, og tal om det på statusmødet"
    event = Event.objects.get(kind="status_note.sent")
    assert event.data["sha256"] == desk.view(note_id).sha256
    assert len(event.data["sha256"]) == 64


def test_a_goal_without_a_word_stops_the_sending(desk):
    note_id = desk.compose()
    assert refused(lambda: desk.send(note_id)) is OrderRefusal.PART_MISSING


def test_a_change_or_an_end_must_be_explained(world, desk):
    world.write(seen("Kører selv.", goal=world.bus), seen("Sover.", goal=world.sleep))
    note_id = desk.compose()
    assert refused(lambda: desk.send(note_id, "")) is OrderRefusal.RECOMMENDATION_MISSING
    assert refused(lambda: desk.send(note_id, Recommendation.END)) is OrderRefusal.REASON_MISSING
    desk.send(note_id, Recommendation.END, "Karla klarer det selv nu.")
    assert desk.view(note_id, "karla").recommendation_words == "Karla klarer det selv nu."


def test_a_sent_note_can_be_taken_back_until_it_is_decided(world, desk):
    note_id = desk.sent()
    orders.take_back_status_note(actor=desk.uffe, at=NOW, status_note_id=note_id)
    assert desk.view(note_id).line.status == StatusNoteStatus.DRAFT
    assert orders.status_notes_of(world.actor("mette"), world.case_id) == ()
    assert [task.status for task in cases.Task.objects.filter(source_id=note_id)] == ["cancelled"]
    desk.send(note_id)
    desk.compose()
    assert (
        refused(lambda: orders.take_back_status_note(actor=desk.uffe, at=NOW, status_note_id=note_id))
        is OrderRefusal.DRAFT_EXISTS
    )


def test_the_next_note_begins_where_the_last_one_ended_also_for_what_was_written_late(world, desk):
    world.write(seen("Før den første status.", goal=world.bus), days_ago=5)
    first = desk.compose(at=NOW - dt.timedelta(days=4))
    desk.save(first, 1, unchanged=True)
    desk.send(first, at=NOW - dt.timedelta(days=4))
    world.write(seen("Efter den første status.", goal=world.bus), days_ago=2)
    at = NOW - dt.timedelta(days=1)
    notes.write_note(
        actor=world.actor("uffe"),
        at=at,
        case_id=world.case_id,
        kind="visit",
        happened_at=NOW - dt.timedelta(days=6),
        pieces=[seen("Skrevet ind senere.", goal=world.bus)],
    )
    second = desk.view(desk.compose())
    assert [text.split(": ")[1] for text in texts(second.parts[0].lines)] == [
        "Skrevet ind senere.",
        "Efter den første status.",
    ]


def test_drafts_are_the_providers_own(world, desk):
    note_id = desk.compose()
    for name in ("mette", "karla", "ida", "jonas", "otto", "otto_provider"):
        assert orders.status_notes_of(world.actor(name), world.case_id) == ()
        with pytest.raises(orders.StatusNote.DoesNotExist):
            orders.status_note(world.actor(name), note_id)
    orders.drop_status_note(actor=desk.uffe, at=NOW, status_note_id=note_id)
    assert orders.status_notes_for(desk.uffe, desk.order_id) == ()
    assert desk.compose() != note_id


def test_strangers_cannot_write(world, desk):
    part = desk.view(desk.compose()).parts[0]
    for name in ("mette", "jonas", "otto_provider"):
        with pytest.raises(orders.StatusNote.DoesNotExist):
            orders.save_part(actor=world.actor(name), at=NOW, part_id=part.id, version=1, text="Nej")
    assert (
        refused(lambda: orders.compose_status_note(actor=world.actor("mette"), at=NOW, order_id=desk.order_id))
        is not None
    )
    with pytest.raises(orders.Order.DoesNotExist):
        orders.compose_status_note(actor=world.actor("otto_provider"), at=NOW, order_id=desk.order_id)


def fill(world, count, *, days=530):
    """`count` segments over so many days, of all kinds, tied to goals and themes in turn."""
    kinds = ["observation", "citizen_words", "goal_status", "assessment", "change", "wish", "resource"]
    themes = [sub.id for theme in catalogue.ffb_themes(TODAY) for sub in theme.sub_themes]
    for start in range(0, count, 10):
        pieces = []
        for n in range(start, min(start + 10, count)):
            kind = kinds[n % len(kinds)]
            tied = [world.bus, world.sleep, None][n % 3]
            pieces.append(
                NewSegment(
                    kind=kind,
                    text=f"Sætning nummer {n} om det, der skete den dag.",
                    goal_id=world.bus if kind == "goal_status" else tied,
                    theme_id=themes[n % len(themes)] if n % 2 else None,
                    value=n % 11 if kind == "goal_status" else None,
                )
            )
        world.write(*pieces, days_ago=1 + start * days // count)


@pytest.mark.slow
def test_eighteen_months_are_composed_in_twelve_queries(world, count_queries):
    at = NOW - dt.timedelta(days=540)
    order_id = world.send(at=at, starts_on=at.date())
    world.accept(order_id, at=at)
    uffe = world.actor("uffe")

    def compose():
        return orders.compose_status_note(actor=uffe, at=NOW, order_id=order_id)

    fill(world, 20)
    few = count_queries(compose)
    (draft,) = orders.status_notes_for(uffe, order_id)
    orders.drop_status_note(actor=uffe, at=NOW, status_note_id=draft.id)
    fill(world, 480)
    many = count_queries(compose)
    savepoints = 2
    assert many == few
    assert many - savepoints <= 12
    (draft,) = orders.status_notes_for(uffe, order_id)
    note = orders.status_note(uffe, draft.id)
    assert sum(len(part.lines) for part in note.parts) > 30
    assert all(len(part.lines) < 25 for part in note.parts)
    assert count_queries(lambda: orders.status_note(uffe, draft.id)) <= 9


def test_a_goal_with_a_new_wording_keeps_what_was_written_under_the_old_one(world, desk):
    world.write(seen("Karla kørte tre stop.", goal=world.bus), seen("Sov til kl. 5.", goal=world.sleep))
    tomorrow = NOW + dt.timedelta(days=1)
    newer = goals.change_goal(
        actor=world.actor("mette"),
        at=tomorrow,
        goal_id=world.bus,
        title="Tage bus og tog alene",
        wording="Karla rejser alene i hele byen.",
    )
    assert newer != world.bus
    bus = next(part for part in desk.view(desk.compose(at=tomorrow)).parts if part.heading == "Tage bus og tog alene")
    assert texts(bus.lines) == ["19. november: Karla kørte tre stop."]


def test_what_is_written_on_a_sub_goal_belongs_to_its_goal(world, desk):
    step = goals.add_sub_goal(actor=desk.uffe, at=NOW, goal_id=world.bus, title="Kende ruten")
    world.write(seen("Karla kan ruten udenad.", goal=step), days_ago=0)
    bus, sleep, remarks = desk.view(desk.compose(at=NOW + dt.timedelta(hours=1))).parts
    assert texts(bus.lines) == ["24. november: Karla kan ruten udenad."]
    assert (sleep.text, remarks.text) == ("", "")


def test_a_goal_outside_the_order_is_told_of_when_somebody_wrote_about_it(world):
    desk = Desk(world, world.running(goal_ids=[world.bus]))
    assert [part.heading for part in desk.view(desk.compose()).parts] == ["Tage bussen alene", ""]
    world.write(seen("Sov til kl. 5.", goal=world.sleep))
    headings = [part.heading for part in desk.view(desk.compose()).parts]
    assert headings == ["Tage bussen alene", "Sove om natten", ""]
