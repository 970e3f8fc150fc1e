import datetime as dt
from uuid import UUID

import pytest
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Attendee
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, Segment
from tests.boards import LATER, fill, open_board
from tests.cast import NOW


def _write(desk, by, *pieces, at=NOW, **more):
    return notes.write_note(
        actor=desk.cast.actor(by), at=at, case_id=desk.case_id, kind="visit", happened_at=at, pieces=pieces, **more
    )


def _page(desk, **query):
    return desk.client.get(reverse("notes:stream", args=[desk.case_id]), query)


def _correct(desk, segment_id, **fields):
    url = reverse("notes:correct", args=[segment_id])
    return desk.client.post(url, {"kind": "wish", "text": "Senere besøg.", "next": "/notat/her/"} | fields)


@pytest.fixture
def wish(desk):
    _write(desk, "jonas", NewSegment("wish", "Vil gerne have besøg tidligt."))
    return Segment.objects.get()


def test_the_stream_says_what_each_sentence_became(desk):
    _write(
        desk,
        "jonas",
        NewSegment("change", "Karla har fået nye naboer."),
        NewSegment("agreement", "Jonas ringer.", who="Jonas", due_on=dt.date(2026, 11, 26)),
        NewSegment("goal_status", "Det går.", goal_id=desk.bus, value=6),
        NewSegment("assessment", "Hun er træt.", hidden_reason="Hun vil selv sige det."),
    )
    html = " ".join(_page(desk).content.decode().split())
    assert "Bliver til ændringsmeddelelse" in html
    assert "Tage bussen alene: 6 af 10" in html
    assert "Borgeren kan ikke se dette: Hun vil selv sige det." in html


def test_the_citizen_reads_the_same_notes_without_the_hidden(desk_of):
    desk = desk_of("karla")
    _write(desk, "jonas", NewSegment("wish", "Senere besøg."), NewSegment("assessment", "Træt.", hidden_reason="Nej."))
    html = _page(desk).content.decode()
    assert "Det er skrevet om mig" in html
    assert "Senere besøg." in html
    assert "Træt." not in html
    assert "/ret/" not in html
    assert AccessLogEntry.objects.get().what == "notes"


def test_older_notes_lie_behind_one_link(desk):
    for hour in range(25):
        _write(desk, "jonas", NewSegment("observation", f"Time {hour}."), at=NOW - dt.timedelta(hours=hour))
    html = _page(desk).content.decode()
    assert "Time 19." in html
    assert "Time 20." not in html
    older = html.split('href="')
    url = next(part.split('"')[0] for part in older if "foer=" in part.split('"')[0]).replace("&amp;", "&")
    rest = desk.client.get(url).content.decode()
    assert all(f"Time {hour}." in rest for hour in range(20, 25))
    assert "Vis ældre" not in rest
    fragment = desk.client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<article class="note"')


@pytest.mark.parametrize("cursor", ["hejsa", "2026-11-24_x", f"2026-11-24T10:00:00_{UUID(int=1)}", "_"])
def test_a_made_up_place_in_the_stream_is_not_found(desk, cursor):
    assert _page(desk, foer=cursor).status_code == 404


@pytest.mark.parametrize("name", ["otto", "otto_provider", "uffe", "vita"])
def test_strangers_see_no_stream_and_correct_nothing(desk_of, name):
    desk = desk_of(name)
    note_id = _write(desk, "jonas", NewSegment("wish", "Senere besøg."))
    assert _page(desk).status_code == 404
    assert desk.client.get(reverse("notes:own", args=[note_id])).status_code == 404
    assert _correct(desk, Segment.objects.get().id).status_code == 404


def test_a_correction_keeps_the_old_words_in_reach(desk, wish):
    form = desk.client.get(reverse("notes:correct", args=[wish.id])).content.decode()
    assert "Vil gerne have besøg tidligt." in form
    answer = _correct(desk, wish.id)
    assert answer["Location"] == f"/notat/her/#notat-{wish.note_id}"
    html = _page(desk).content.decode()
    assert "rettet 24. nov." in html
    assert "<s>Vil gerne have besøg tidligt.</s>" in html


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Skriv mindst én sætning."),
        ({"text": "x" * 1_000_000}, "Teksten er for lang."),
        ({"kind": "agreement"}, "En aftale mangler et navn."),
        ({"hidden": "on"}, "Skriv, hvorfor borgeren ikke skal se det."),
    ],
)
def test_a_bad_correction_stays_on_the_page(desk, wish, fields, sentence):
    answer = _correct(desk, wish.id, **fields)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Segment.objects.count() == 1


def test_a_correction_that_becomes_an_agreement_asks_who_and_when(desk, wish):
    html = _correct(desk, wish.id, kind="agreement").content.decode()
    assert 'name="who"' in html
    assert 'name="due"' in html
    assert _correct(desk, wish.id, kind="agreement", who="Jonas", due="om en uge").status_code == 302


def test_two_tabs_correct_once(desk, wish):
    _correct(desk, wish.id)
    answer = _correct(desk, wish.id, text="Noget tredje.")
    assert answer.status_code == 403
    assert "Noget tredje." in answer.content.decode()
    assert Segment.objects.count() == 2


def test_only_ones_own_note_can_be_corrected(desk_of):
    desk = desk_of("mette")
    note_id = _write(desk, "jonas", NewSegment("wish", "Senere besøg."))
    assert desk.client.get(reverse("notes:own", args=[note_id])).status_code == 403
    answer = _correct(desk, Segment.objects.get().id)
    assert "Notatet er skrevet af en anden." in answer.content.decode()
    assert Segment.objects.count() == 1


def test_the_own_note_offers_each_sentence(desk):
    note_id = _write(desk, "jonas", NewSegment("wish", "A."), NewSegment("observation", "B."))
    html = desk.client.get(reverse("notes:own", args=[note_id])).content.decode()
    assert html.count("/ret/?next=") == 2


def test_as_many_queries_for_many_notes_as_for_few(desk, count_queries):
    pieces = [NewSegment("wish", "A."), NewSegment("agreement", "B.", who="Jonas", due_on=NOW.date())]
    _write(desk, "jonas", *pieces)
    few = count_queries(lambda: _page(desk))
    for hour in range(1, 15):
        _write(desk, "jonas", *pieces * 3, at=NOW - dt.timedelta(hours=hour))
    assert count_queries(lambda: _page(desk)) == few


@pytest.mark.parametrize(
    ("reader", "is_asked", "is_let"), [("jonas", True, True), ("jonas", False, False), ("mette", False, True)]
)
def test_only_those_at_the_meeting_are_shown_the_way_to_its_picture(desk_of, reader, is_asked, is_let):
    desk = desk_of(reader)
    meeting_id = open_board(desk.cast)
    fill(desk.cast, meeting_id)
    meetings.close_meeting(actor=desk.cast.actor("mette"), at=LATER, meeting_id=meeting_id)
    if not is_asked:
        Attendee.objects.filter(meeting_id=meeting_id, user_id=desk.cast.actor(reader).user_id).delete()
    picture = reverse("board:picture", args=[meeting_id])
    assert (picture in _page(desk).content.decode()) is is_let
    assert bool(meetings.may_join_board(desk.cast.actor(reader), meeting_id)) is is_let
