"""The board's pages without script: who sees them, what the forms do, what stands on the wall."""

import datetime as dt
import re
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Card, Meeting
from samspil.contexts.notes.api import Segment
from tests.boards import NOTHING, call_meeting, everything, fill, op, open_board, put, write
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[str], Client]
PAGES = ("board", "show", "closing", "picture", "picture_pdf", "changes", "stream")
POSTS = ("open", "change", "ops", "closing", "undo")


def url(name: str, meeting_id: UUID) -> str:
    return reverse(f"board:{name}", args=[meeting_id])


def page(client: Client, meeting_id: UUID, name: str = "board", **query: str) -> str:
    response = client.get(url(name, meeting_id), query)
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, meeting_id: UUID, **fields: object):  # type: ignore[no-untyped-def]
    return client.post(url("change", meeting_id), {"form_key": str(uuid4()), **fields})


def cards(meeting_id: UUID) -> dict[str, Card]:
    return {card.text: card for card in Card.objects.filter(meeting_id=meeting_id, removed_at__isnull=True)}


@pytest.mark.parametrize("stranger", ["otto", "otto_provider", "uffe", "vita"])
def test_strangers_get_404_everywhere(cast: Cast, client_for: ClientFor, stranger: str) -> None:
    meeting_id = open_board(cast)
    client = client_for(stranger)
    ticket = {"billet": re.search(r'data-ticket="([^"]+)', page(client_for("mette"), meeting_id))[1]}  # type: ignore[index]
    for name in PAGES:
        assert client.get(url(name, meeting_id), ticket).status_code in {403, 404}, name
        assert client.get(url(name, meeting_id)).status_code in {403, 404}, name
    for name in POSTS:
        assert client.post(url(name, meeting_id)).status_code in {403, 404}, name
    for name in ("board", "show", "picture", "picture_pdf", "change"):
        call = client.post if name == "change" else client.get
        assert call(url(name, meeting_id)).status_code == 404, name
    assert not AccessLogEntry.objects.filter(user_id=getattr(cast, stranger).id).exists()


@pytest.mark.parametrize("who", ["ida", "jonas"])
def test_those_who_were_not_asked_are_told_so(cast: Cast, client_for: ClientFor, who: str) -> None:
    meeting_id = open_board(cast)
    Meeting.objects.get(id=meeting_id).attendees.filter(user=getattr(cast, who)).delete()
    for name in ("board", "show"):
        response = client_for(who).get(url(name, meeting_id))
        assert response.status_code == 403
        assert "Du er ikke med på mødet." in response.content.decode()


def test_the_wall_waits_with_the_board_until_the_meeting_opens(cast: Cast, client_for: ClientFor) -> None:
    meeting_id = call_meeting(cast)
    answer = client_for("karla").get(url("show", meeting_id))
    assert (answer.status_code, answer.url) == (302, url("board", meeting_id))
    assert "Tavlen åbner, når mødet begynder" in page(client_for("karla"), meeting_id)


@pytest.mark.parametrize("who", ["karla", "ida", "mette", "jonas"])
def test_everybody_at_the_meeting_sees_the_board_and_the_look_is_logged(
    cast: Cast, client_for: ClientFor, who: str
) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    html = page(client_for(who), meeting_id)
    assert "Karlas tavle" in html
    assert "Karla, Mette, Jonas og Ida er med" in html
    assert "“Koret er det bedste på ugen”" in html
    assert "Jonas · torsdag den 26. november" in html
    look = AccessLogEntry.objects.get(user_id=getattr(cast, who).id)
    assert (look.what, look.citizen_id, look.case_id) == ("board", cast.citizen_id, cast.case_id)


def test_only_the_authority_is_offered_to_close(cast: Cast, client_for: ClientFor) -> None:
    meeting_id = open_board(cast)
    assert "Afslut mødet" in page(client_for("mette"), meeting_id)
    for who in ("karla", "ida", "jonas"):
        assert "Afslut mødet" not in page(client_for(who), meeting_id)
        assert client_for(who).get(url("closing", meeting_id)).status_code == 404


@pytest.mark.parametrize("who", ["karla", "mette"])
def test_the_wall_shows_nothing_private(cast: Cast, client_for: ClientFor, who: str) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    html = page(client_for(who), meeting_id, "show")
    for private in ("Holm", "Bjerre", "Lykke", "Havnegade", "Fjordby", "26-0001", "21 34 56 78", "site-nav", "Min dag"):
        assert private not in html, private
    assert not re.search(r"\b\d{6}-\d{4}\b", html)
    assert 'data-mode="tavle"' in html
    assert "Koret er det bedste på ugen" in html
    assert "<form" not in html


def test_before_it_opens_and_after_it_is_cancelled(cast: Cast, client_for: ClientFor) -> None:
    meeting_id = call_meeting(cast)
    assert "Tavlen åbner, når mødet begynder" in page(client_for("karla"), meeting_id)
    assert "Åbn tavlen nu" not in page(client_for("karla"), meeting_id)
    mette = client_for("mette")
    assert "Åbn tavlen nu" in page(mette, meeting_id)
    response = mette.post(url("open", meeting_id), {"form_key": str(uuid4())})
    assert response.url == url("board", meeting_id)
    assert "Det går godt" in page(mette, meeting_id)
    other = call_meeting(cast)
    meetings.cancel_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=other)
    assert "Mødet er aflyst." in page(client_for("karla"), other)


def test_a_card_is_added_changed_moved_removed_and_brought_back_by_form(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    assert 'name="text"' in page(client, meeting_id, nyt="works")
    response = send(client, meeting_id, column="works", text="Koret", kind="citizen_words", do="save")
    card = cards(meeting_id)["Koret"]
    assert (card.kind, card.column, card.author_name) == ("citizen_words", "works", "Karla Holm")
    assert response.url == f"{url('board', meeting_id)}#kort-{card.id}"
    form = page(client, meeting_id, ret=str(card.id))
    assert f'value="{card.id}"' in form
    send(client, meeting_id, card=card.id, version=1, text="Koret om torsdagen", kind="wish", do="to:hard")
    moved = cards(meeting_id)["Koret om torsdagen"]
    assert (moved.column, moved.kind) == ("hard", "wish")
    gone = send(client, meeting_id, card=card.id, text="Koret om torsdagen", do="remove")
    assert cards(meeting_id) == {}
    assert "Kortet er fjernet." in client.get(gone.url).content.decode()
    send(client, meeting_id, card=card.id, do="restore")
    assert list(cards(meeting_id)) == ["Koret om torsdagen"]


def test_up_and_down(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    one, two, three = (write(cast, meeting_id, "karla", "works", text) for text in ("1", "2", "3"))

    def order() -> list[str]:
        view = meetings.board_for(cast.actor("karla"), meeting_id)
        return [card.text for card in view.columns[0].cards]

    for card, do, expected in [
        (three, "up", ["1", "3", "2"]),
        (three, "up", ["3", "1", "2"]),
        (three, "up", ["3", "1", "2"]),
        (one, "down", ["3", "2", "1"]),
        (one, "down", ["3", "2", "1"]),
        (two, "up", ["2", "3", "1"]),
    ]:
        assert send(client, meeting_id, card=card, do=do).status_code == 302
        assert order() == expected


def test_the_same_form_sent_twice_counts_once(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    form = {"form_key": str(uuid4()), "column": "works", "text": "Koret", "do": "save"}
    first, second = (client.post(url("change", meeting_id), form) for _ in range(2))
    assert Card.objects.filter(meeting_id=meeting_id).count() == 1
    assert first.url == second.url


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"when": "31. februar"}, "Den dato findes ikke. Skriv fx 26.11."),
        ({"when": "i går"}, "Tidspunktet er gået. Vælg et tidspunkt, der kommer."),
        ({"when": "en dag"}, "Vi forstod ikke dagen. Skriv fx torsdag eller 26.11."),
        ({"text": "x" * 1001}, "1000"),
        ({"text": "x" * 100_000}, "1000"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_what_was_typed_stays(
    cast: Cast, client_for: ClientFor, typed: dict[str, str], sentence: str
) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    card = write(cast, meeting_id, "karla", "next", "Vi øver")
    form = {
        "card": card,
        "version": 1,
        "text": "Vi øver ruten",
        "kind": "agreement",
        "who": "Ida",
        "when": "",
        "do": "save",
    }
    response = send(client, meeting_id, **{**form, **typed})
    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert next(iter(typed.values())) in html


def test_nonsense_in_a_form_is_no_crash(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    for fields in (
        {},
        {"do": "save"},
        {"card": "x", "do": "save"},
        {"card": uuid4(), "do": "save", "text": "væk"},
        {"card": uuid4(), "do": "remove"},
        {"column": "../etc", "text": "x"},
        {"column": "works", "text": "\x00\x07"},
        {"do": "to:nowhere", "card": write(cast, meeting_id, "ida", "works", "x"), "text": "x"},
        {"do": "scale", "value": "99"},
        {"do": "scale"},
        {"version": "-1", "card": uuid4()},
        {"form_key": "not a key", "column": "works", "text": "ja"},
    ):
        assert send(client, meeting_id, **fields).status_code in {302, 422}, fields
    assert client.get(url("board", meeting_id), {"ret": "x", "nyt": "<b>", "fjernet": "x"}).status_code == 200


def test_two_who_wrote_at_once_are_told_where_the_words_are(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    card = write(cast, meeting_id, "karla", "works", "Vi øver")
    put(cast, meeting_id, "ida", op("text", card, text="Vi øver søndag", base_version=1))
    response = send(client, meeting_id, card=card, version=1, text="Vi øver mandag", do="save")
    html = client.get(response.url).content.decode()
    assert "Dine ord står på et kort for sig." in html
    assert "skrevet samtidig" in html
    assert {"Vi øver søndag", "Vi øver mandag"} == set(cards(meeting_id))


def test_the_scale_by_form(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("karla")
    send(client, meeting_id, do="scale", value="7")
    assert meetings.board_for(cast.actor("ida"), meeting_id).scale == 7


def test_a_board_that_closed_meanwhile_says_so_and_keeps_the_words(cast: Cast, client_for: ClientFor) -> None:
    meeting_id = open_board(cast)
    meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    response = send(client_for("karla"), meeting_id, column="works", text="Jeg nåede det ikke", do="save")
    assert response.status_code == 403
    assert "Mødet er afsluttet." in response.content.decode()
    assert client_for("karla").get(url("board", meeting_id)).url == url("picture", meeting_id)


# --- closing ---


def test_three_clicks_close_the_meeting(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("mette")
    fill(cast, meeting_id)
    html = page(client, meeting_id, "closing")
    assert "Det blev vi enige om" in html
    assert "Bekymring" in html or "Larm om natten" in html
    response = client.post(url("closing", meeting_id), {"form_key": str(uuid4())})
    assert response.url == url("picture", meeting_id)
    assert everything() == {**NOTHING, "notes": 1, "tasks": 1, "plans": 1, "pictures": 1, "closed": 1}
    shown = client.get(response.url).content.decode()
    assert "Mødet er afsluttet." in shown
    assert "Åbn mødet igen" in shown


def test_double_click_on_close_closes_once(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("mette")
    fill(cast, meeting_id)
    key = {"form_key": str(uuid4())}
    first, second = (client.post(url("closing", meeting_id), key) for _ in range(2))
    assert first.url == second.url == url("picture", meeting_id)
    assert everything()["notes"] == 1


def test_a_missing_person_and_day_are_said_right_there(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("mette")
    card = write(cast, meeting_id, "ida", "next", "Vi øver ruten")
    html = page(client, meeting_id, "closing")
    assert "Skriv, hvem der gør det." in html
    assert "Skriv, hvornår. Fx torsdag eller 26.11." in html
    fields = {f"who-{card}": "Ida", f"when-{card}": "31. februar"}
    response = client.post(url("closing", meeting_id), {"form_key": str(uuid4()), **fields})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Den dato findes ikke." in html
    assert 'value="31. februar"' in html
    assert 'value="Ida"' in html
    assert "Skriv, hvem der gør det." not in html
    assert everything() == NOTHING
    fields[f"when-{card}"] = "på søndag"
    response = client.post(url("closing", meeting_id), {"form_key": str(uuid4()), **fields})
    assert response.url == url("picture", meeting_id)
    stored = Card.objects.get(id=card)
    assert (stored.who, stored.due_on) == ("Ida", dt.date(2026, 11, 29))


def test_the_closing_page_shows_the_words_that_will_stand_in_the_note(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast), client_for("mette")
    write(cast, meeting_id, "ida", "hard", "Larm om natten")
    assert "Bekymring: Larm om natten" in page(client, meeting_id, "closing")
    client.post(url("closing", meeting_id), {"form_key": str(uuid4())})
    assert Segment.objects.get().text == "Bekymring: Larm om natten"


@pytest.mark.parametrize(("who", "where"), [("mette", "authority:case"), ("jonas", "provider:case")])
def test_the_note_leads_to_the_picture(cast: Cast, client_for: ClientFor, who: str, where: str) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "ida", "works", "Koret")
    meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    client = client_for(who)
    assert url("picture", meeting_id) in client.get(reverse(where, args=[cast.case_id])).content.decode()
    assert client.get(url("picture", meeting_id)).status_code == 200


def test_goals_are_chosen_on_the_closing_page(cast: Cast, client_for: ClientFor) -> None:
    meeting_id, client = open_board(cast, layout="my_plan"), client_for("mette")
    ids = [write(cast, meeting_id, "karla", "dream", f"Mål {n}", card_kind="goal") for n in range(4)]
    html = page(client, meeting_id, "closing")
    assert "Der er allerede tre mål." in html
    fields = {f"goal-{card}": "new" for card in ids}
    response = client.post(url("closing", meeting_id), {"form_key": str(uuid4()), **fields})
    assert response.status_code == 422
    fields[f"goal-{ids[3]}"] = "wish"
    response = client.post(url("closing", meeting_id), {"form_key": str(uuid4()), **fields})
    assert response.url == url("picture", meeting_id)
    assert everything()["goals"] == 3


def test_undo_by_button_and_the_sentence_when_it_is_too_late(cast: Cast, client_for: ClientFor, time_machine) -> None:  # type: ignore[no-untyped-def]
    meeting_id, client = open_board(cast), client_for("mette")
    fill(cast, meeting_id)
    client.post(url("closing", meeting_id), {"form_key": str(uuid4())})
    response = client.post(url("undo", meeting_id), {"form_key": str(uuid4())})
    assert response.url == url("board", meeting_id)
    assert everything() == NOTHING
    client.post(url("closing", meeting_id), {"form_key": str(uuid4())})
    time_machine.move_to(NOW + dt.timedelta(hours=25))
    client = client_for("mette")
    assert "Åbn mødet igen" not in page(client, meeting_id, "picture")
    response = client.post(url("undo", meeting_id), {"form_key": str(uuid4())})
    assert "Der er gået mere end 24 timer." in client.get(response.url).content.decode()
    assert everything()["closed"] == 1


@pytest.mark.parametrize("who", ["karla", "ida", "mette", "jonas"])
def test_everybody_gets_the_picture(cast: Cast, client_for: ClientFor, who: str) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    meetings.close_meeting(actor=cast.actor("mette"), at=NOW, meeting_id=meeting_id)
    client = client_for(who)
    html = page(client, meeting_id, "picture")
    assert "“Koret er det bedste på ugen”" in html
    assert ("Åbn mødet igen" in html) == (who == "mette")
    pdf = client.get(url("picture_pdf", meeting_id))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content[:5] == b"%PDF-"
    assert set(AccessLogEntry.objects.values_list("what", flat=True)) == {"board_picture"}


def test_no_picture_before_the_meeting_is_closed(cast: Cast, client_for: ClientFor) -> None:
    assert client_for("karla").get(url("picture", open_board(cast))).status_code == 404


def test_opening_takes_few_queries_that_do_not_grow(cast: Cast, client_for: ClientFor, count_queries) -> None:  # type: ignore[no-untyped-def]
    meeting_id, client = open_board(cast), client_for("karla")
    counts = []
    for _ in range(2):
        for n in range(12):
            write(cast, meeting_id, "karla", "works", f"kort {n}")
        counts.append([count_queries(lambda name=name: page(client, meeting_id, name)) for name in ("board", "show")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10
