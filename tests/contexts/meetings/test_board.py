"""The board in the database: who may write, what is stored, what a device gets that was away."""

import datetime as dt
from uuid import uuid4

import pytest

from samspil.contexts.access.api import Event
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import BoardLayout, BoardStep, Card, Meeting, ScaleAnswer
from samspil.kernel.verdict import Refused
from tests.boards import NOW, call_meeting, op, open_board, put, write
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def texts(cast: Cast, meeting_id: object, who: str = "mette") -> dict[str, list[str]]:
    view = meetings.board_for(cast.actor(who), meeting_id)  # type: ignore[arg-type]
    return {column.slug: [card.text for card in column.cards] for column in view.columns}


def test_the_layouts_are_loaded_as_often_as_one_likes() -> None:
    assert meetings.load_layouts() == meetings.load_layouts() == BoardLayout.objects.count() == 6
    for layout in BoardLayout.objects.all():
        assert {column["kind"] for column in layout.columns} <= set(meetings.CardKind.values)
        assert {column["tone"] for column in layout.columns} <= {"good", "hard", "wish", "next"}
        assert len({column["slug"] for column in layout.columns}) == len(layout.columns)
    three = BoardLayout.objects.get(slug="three_columns")
    assert [column["title"] for column in three.columns] == ["Det går godt", "Det er svært", "Det gør vi nu"]
    assert three.scale_question == "Hvor er du i dag?"


def test_all_four_write_and_all_four_read(cast: Cast) -> None:
    meeting_id = open_board(cast)
    for who in ("karla", "ida", "mette", "jonas", "lene"):
        write(cast, meeting_id, who, "works", who)
        assert texts(cast, meeting_id, who)["works"][-1] == who
    view = meetings.board_for(cast.actor("karla"), meeting_id)
    assert view.names == ("Karla", "Mette", "Jonas", "Ida")
    assert [card.author for card in view.columns[0].cards] == ["Karla", "Ida", "Mette", "Jonas", "Lene"]


@pytest.mark.parametrize("stranger", ["otto", "otto_provider", "uffe", "vita"])
def test_strangers_find_no_board(cast: Cast, stranger: str) -> None:
    meeting_id = open_board(cast)
    with pytest.raises(Meeting.DoesNotExist):
        put(cast, meeting_id, stranger, op("add", uuid4(), column="works", text="x"))
    with pytest.raises(Meeting.DoesNotExist):
        meetings.board_for(cast.actor(stranger), meeting_id)
    with pytest.raises(Meeting.DoesNotExist):
        meetings.changes_since(cast.actor(stranger), meeting_id, 0)
    with pytest.raises(Meeting.DoesNotExist):
        meetings.may_join_board(cast.actor(stranger), meeting_id)


@pytest.mark.parametrize("who", ["ida", "jonas"])
def test_a_relative_or_provider_who_was_not_asked_is_told_so(cast: Cast, who: str) -> None:
    meeting_id = open_board(cast)
    Meeting.objects.get(id=meeting_id).attendees.filter(user=getattr(cast, who)).delete()
    with pytest.raises(Refused) as refused:
        put(cast, meeting_id, who, op("add", uuid4(), column="works", text="x"))
    assert refused.value.reason == meetings.MeetingRefusal.NOT_INVITED
    with pytest.raises(Refused):
        meetings.board_for(cast.actor(who), meeting_id)
    assert not meetings.may_join_board(cast.actor(who), meeting_id)


def test_a_board_that_is_not_open_takes_nothing(cast: Cast) -> None:
    meeting_id = call_meeting(cast)
    with pytest.raises(Refused) as refused:
        put(cast, meeting_id, "karla", op("add", uuid4(), column="works", text="x"))
    assert refused.value.reason == meetings.MeetingRefusal.BOARD_NOT_OPEN


def test_only_the_authority_opens_and_only_once(cast: Cast) -> None:
    meeting_id = call_meeting(cast)
    for who in ("karla", "ida", "jonas"):
        with pytest.raises(Refused):
            meetings.open_meeting(actor=cast.actor(who), at=NOW, meeting_id=meeting_id)
    meetings.open_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    with pytest.raises(Refused):
        meetings.open_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    assert Event.objects.filter(kind="meeting.opened", subject_id=meeting_id).count() == 1


@pytest.mark.parametrize(("layout", "own_words"), [("three_columns", "wish"), ("loeft", "citizen_words")])
def test_what_was_answered_at_home_stands_on_the_board(cast: Cast, layout: str, own_words: str) -> None:
    meeting_id = call_meeting(cast, layout=layout)
    karla = cast.actor("karla")
    for step, choices, words in [
        ("hopes", ["calm"], ""),
        ("wishes", [], "At komme i koret hver uge"),
        ("points", [], "Larmen om natten\nMin medicin"),
    ]:
        meetings.save_preparation_step(
            actor=karla, at=NOW, meeting_id=meeting_id, step=step, choices=choices, words=words
        )
    meetings.send_preparation(actor=karla, at=NOW, meeting_id=meeting_id)
    meetings.open_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    view = meetings.board_for(cast.actor("mette"), meeting_id)
    cards = {card.text: card for column in view.columns for card in column.cards}
    assert cards["Mere ro"].kind == "wish"
    assert cards["At komme i koret hver uge"].kind == own_words  # never a dream under "Det går godt" as if it were so
    assert cards["Larmen om natten"].kind == cards["Min medicin"].kind == "question"
    assert {(card.author, card.from_preparation) for card in cards.values()} == {("Karla", True)}


def test_every_change_is_numbered_with_its_writer(cast: Cast) -> None:
    meeting_id = open_board(cast)
    card = write(cast, meeting_id, "ida", "works", "Koret")
    put(cast, meeting_id, "karla", op("move", card, column="hard"), op("kind", card, card_kind="worry"))
    steps = BoardStep.objects.filter(meeting_id=meeting_id).order_by("seq")
    assert [(step.seq, step.change["kind"], step.user_id) for step in steps] == [
        (1, "add", cast.ida.id),
        (2, "move", cast.karla.id),
        (3, "kind", cast.karla.id),
    ]
    assert Meeting.objects.get(id=meeting_id).board_seq == 3


def test_a_change_sent_twice_counts_once(cast: Cast) -> None:
    meeting_id = open_board(cast)
    change = op("add", uuid4(), column="works", text="Koret")
    first, again = put(cast, meeting_id, "ida", change), put(cast, meeting_id, "ida", change)
    assert (first[0].state, again[0].state, again[0].card) == ("done", "again", change.card)
    assert Card.objects.filter(meeting_id=meeting_id).count() == 1


def test_a_refused_change_does_not_stop_the_others(cast: Cast) -> None:
    meeting_id = open_board(cast)
    outcomes = put(
        cast,
        meeting_id,
        "ida",
        op("add", uuid4(), column="nowhere", text="x"),
        op("add", uuid4(), column="works", text="y"),
    )
    assert [outcome.state for outcome in outcomes] == ["refused", "done"]
    assert texts(cast, meeting_id)["works"] == ["y"]


def test_a_card_of_another_meeting_is_out_of_reach(cast: Cast) -> None:
    first, second = open_board(cast), open_board(cast)
    card = write(cast, first, "ida", "works", "Koret")
    for change in (op("text", card, text="stjålet"), op("remove", card), op("add", card, column="works", text="x")):
        assert put(cast, second, "ida", change)[0].state == "refused"
    assert texts(cast, first)["works"] == ["Koret"]


def test_writers_who_did_not_see_each_other_are_merged_from_the_log(cast: Cast) -> None:
    meeting_id = open_board(cast)
    card = write(cast, meeting_id, "karla", "works", "Vi øver ruten")
    put(cast, meeting_id, "ida", op("text", card, text="Ida og Karla øver ruten", base_version=1))
    put(cast, meeting_id, "jonas", op("text", card, text="Vi øver ruten på søndag", base_version=1))
    assert texts(cast, meeting_id)["works"] == ["Ida og Karla øver ruten på søndag"]
    put(cast, meeting_id, "mette", op("text", card, text="Vi øver turen", base_version=1))
    assert texts(cast, meeting_id)["works"] == ["Ida og Karla øver ruten på søndag", "Vi øver turen"]
    assert Card.objects.get(text="Vi øver turen").apart_from == card


def test_the_scale_keeps_every_answer_and_remembers_the_last_meeting(cast: Cast) -> None:
    earlier = open_board(cast)
    put(cast, earlier, "karla", op("scale", value=3), at=NOW)
    put(cast, earlier, "karla", op("scale", value=5), at=NOW + dt.timedelta(minutes=1))
    Meeting.objects.filter(id=earlier).update(starts_at=NOW - dt.timedelta(days=90))
    meeting_id = open_board(cast)
    assert (view := meetings.board_for(cast.actor("karla"), meeting_id)).scale is None
    assert view.scale_before == 5
    put(cast, meeting_id, "karla", op("scale", value=7))
    view = meetings.board_for(cast.actor("karla"), meeting_id)
    assert (view.scale, view.scale_before) == (7, 5)
    assert ScaleAnswer.objects.count() == 3


def test_names_on_the_board_are_first_names(cast: Cast) -> None:
    meeting_id = open_board(cast)
    card = write(cast, meeting_id, "mette", "next", "Kører med", who="jonas lykke", when="torsdag")
    other = write(cast, meeting_id, "mette", "next", "Nattero", who="Fjordby Boligselskab", when="1.12.")
    assert Card.objects.get(id=card).who == "Jonas"
    assert Card.objects.get(id=other).who == "Fjordby Boligselskab"
    assert Card.objects.get(id=other).due_on == dt.date(2026, 12, 1)


def test_a_device_gets_what_is_newer_as_it_stands_now(cast: Cast) -> None:
    meeting_id = open_board(cast)
    old = write(cast, meeting_id, "karla", "works", "Koret")
    seen = meetings.changes_since(cast.actor("ida"), meeting_id, 0).seq
    new = write(cast, meeting_id, "karla", "works", "Ny")
    for n in range(30):
        put(cast, meeting_id, "karla", op("text", new, text=f"Ny {n}", base_version=n + 1))
    put(cast, meeting_id, "karla", op("remove", old))
    changes = meetings.changes_since(cast.actor("ida"), meeting_id, seen)
    assert {card.id: (card.text, card.is_removed) for card in changes.cards} == {
        old: ("Koret", True),
        new: ("Ny 29", False),
    }
    assert meetings.changes_since(cast.actor("ida"), meeting_id, changes.seq).cards == ()


def test_a_card_whose_column_the_layout_lost_is_still_seen(cast: Cast) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "karla", "hard", "Larm")
    layout = BoardLayout.objects.get(slug="three_columns")
    layout.columns = [column for column in layout.columns if column["slug"] != "hard"]
    layout.save()
    assert texts(cast, meeting_id)["works"] == ["Larm"]


def test_queries_do_not_grow_with_cards(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    meeting_id = open_board(cast)
    actor = cast.actor("karla")
    counts = []
    for _ in range(2):
        for n in range(15):
            write(cast, meeting_id, "karla", "works", f"kort {n}")
        counts.append(
            (
                count_queries(lambda: meetings.board_for(actor, meeting_id)),
                count_queries(lambda: write(cast, meeting_id, "karla", "works", "ét til")),
                count_queries(lambda: meetings.changes_since(actor, meeting_id, 3)),
            )
        )
    assert counts[0] == counts[1]
    opening, one_card, catching_up = counts[0]
    assert (opening, catching_up) == (4, 2)
    assert one_card <= 11  # with who acts, and the savepoint around it in a test
