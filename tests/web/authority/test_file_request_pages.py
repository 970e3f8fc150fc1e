"""Aktindsigt from the citizen's telephone to the caseworker's desk and back, on the pages."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.contexts.access.models import AccessLogEntry
from samspil.contexts.disclosure.api import DisclosedPaper, FileRequest, Mask
from samspil.contexts.notes import api as notes
from samspil.kernel.ids import new_id
from tests.cast import NOW
from tests.contexts.disclosure.world import REASONS, represents
from tests.contexts.disclosure.world import World as Room
from tests.pdf_text import text_of
from tests.posted_forms import forms_of
from tests.scenarios import full_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast: Any) -> Room:
    full_case(cast, now=NOW)
    return Room(cast)


@pytest.fixture
def mette(client_for: Any) -> Any:
    return client_for("mette")


@pytest.fixture
def karla(client_for: Any) -> Any:
    return client_for("karla")


def send(client: Any, at: str, fields: dict[str, str], *, to: str = "") -> Any:
    shown = client.get(at)
    (form,) = [one for one in forms_of(at, shown.content.decode()) if one.action == (to or at)]
    return client.post(to or at, form.filled() | fields | {"form_key": str(new_id())})


def text(client: Any, at: str) -> str:
    return " ".join(client.get(at).content.decode().split())


def url(name: str, *args: Any) -> str:
    return reverse(f"disclosure:{name}", args=args)


def asked(karla: Any, **fields: str) -> Any:
    answer = send(karla, reverse("citizen:file_ask"), {"wanted": "everything"} | fields)
    assert answer.status_code == 302, answer.content.decode()
    return FileRequest.objects.latest("id").id


def test_the_whole_way(room, mette, karla):
    key, part = room.write()
    assert reverse("citizen:file") in karla.get(reverse("citizen:home")).content.decode()
    request = asked(karla)
    mine = reverse("citizen:file_request", args=[request])
    assert "Du får svar senest" in text(karla, mine)
    assert "Karla Holm" in text(mette, url("case", room.cast.case_id))

    assert "Se papirerne igennem" in text(mette, url("request", request))
    assert send(mette, url("papers", request), {}).url == url("request", request)
    page = url("document", request, key)
    assert "Preben Ulk" in text(mette, page)
    covered = {"part": part, "words": "Preben Ulk", "reason": "others_private"}
    assert send(mette, page, covered).url == page
    assert "Naboen [dækket: Andres private forhold] drikker" in text(mette, page)
    assert "1 sted er dækket" in text(mette, url("answer", request))
    none = send(mette, url("answer", request), {})
    assert none.status_code == 422
    assert "Skriv, hvorfor noget ikke er med." in none.content.decode()
    assert send(mette, url("answer", request), {"reasons": REASONS}).url == url("request", request)

    assert REASONS in text(karla, mine)
    paper = karla.get(reverse("citizen:file_download", args=[request, "extract"]))
    assert paper.headers["Content-Type"] == "application/pdf"
    assert "attachment" in paper.headers["Content-Disposition"]
    assert "drikker om aftenen" in text_of(paper.content)
    assert "Preben" not in text_of(paper.content)
    assert mette.get(url("download", request, "extract")).content == paper.content
    looked = AccessLogEntry.objects.filter(what="file_request", citizen_id=room.cast.citizen_id)
    assert {room.cast.karla.id, room.cast.mette.id} <= set(looked.values_list("user_id", flat=True))

    complain = reverse("citizen:file_complain", args=[request])
    assert send(karla, mine, {"words": "Jeg vil se det hele"}, to=complain).url == mine
    assert "Jeg vil se det hele" in text(mette, url("request", request))
    sent = mette.post(url("forwarded", request), {"form_key": str(new_id())})
    assert sent.url == url("request", request)
    assert "Din klage er sendt til Ankestyrelsen" in text(karla, mine)


def test_a_paper_is_left_out_with_a_reason_and_never_without(room, mette, karla):
    key, _part = room.write()
    request = asked(karla)
    late = send(mette, url("papers", request), {f"in_{key}": "", f"why_{key}": ""})
    assert late.status_code == 422
    assert "Vælg, hvorfor papiret ikke er med" in late.content.decode()
    assert send(mette, url("papers", request), {f"in_{key}": "", f"why_{key}": "internal"}).status_code == 302
    assert "1 papir er ikke med" in text(mette, url("answer", request))


def test_a_name_is_covered_everywhere_and_taken_back(room, mette, karla):
    request = asked(karla)
    said = {"words": "Preben Ulk", "reason": "others_private"}
    covered = send(mette, url("papers", request), said, to=url("cover_words", request))
    assert covered.url == url("papers", request)
    assert "Preben Ulk" in text(mette, url("papers", request))
    mask = Mask.objects.get(file_request_id=request)
    assert mette.post(url("lift", mask.id), {"form_key": str(new_id())}).url == url("papers", request)
    assert "Preben Ulk" not in text(mette, url("papers", request))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"wanted": "since"}, "Skriv fra hvilken dag"),
        ({"wanted": "words", "words": " "}, "Skriv det med ord."),
        ({"wanted": ""}, "Vælg, hvad du gerne vil se"),
        ({"wanted": "since", "since_on": "engang"}, "engang"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(room, karla, fields, said):
    before = FileRequest.objects.count()
    answer = send(karla, reverse("citizen:file_ask"), fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert FileRequest.objects.count() == before


def test_it_is_noted_postponed_and_withdrawn(room, mette, karla):
    noted = send(
        mette,
        url("case", room.cast.case_id),
        {
            "kind": "file",
            "asks": "citizen",
            "channel": "call",
            "received_on": "i går",
            "wanted": "words",
            "words": "Alt",
        },
    )
    request = FileRequest.objects.latest("id").id
    assert noted.url == url("request", request)
    assert send(mette, url("postpone", request), {"day": "om en måned", "words": "400 sider"}).status_code == 302
    assert "400 sider" in text(karla, reverse("citizen:file_request", args=[request]))
    gone = karla.post(reverse("citizen:file_withdraw", args=[request]), {"form_key": str(new_id())})
    assert gone.url == reverse("citizen:file")
    assert "Trukket tilbage" in text(mette, url("request", request))
    for name in ("papers", "answer", "postpone"):
        assert mette.get(url(name, request)).url == url("request", request)


def test_the_citizen_takes_a_copy_along_without_waiting(room, karla, client_for):
    karla.get(reverse("citizen:home"))
    made = karla.post(reverse("citizen:own_data"), {"form_key": str(new_id())})
    request = FileRequest.objects.latest("id")
    assert made.url == reverse("citizen:file_request", args=[request.id])
    shown = text(karla, made.url)
    assert "Dine oplysninger som fil" in shown
    file = karla.get(reverse("citizen:file_download", args=[request.id, "own_data_file"]))
    data = json.loads(file.content)
    assert data["citizen"]["last_name"] == "Holm"
    assert {"notes.segment", "goals.goal"} <= data["rows"].keys()
    assert {look["purpose"] for look in data["looks"]} == {"own"}, "only the citizen has looked"
    assert client_for("ida").post(reverse("citizen:own_data"), {"form_key": str(new_id())}).status_code == 404


def test_a_sister_asks_when_she_has_a_power(room, client_for):
    ida = client_for("ida")
    assert "når du har fuldmagt" in text(ida, reverse("citizen:file"))
    assert ida.get(reverse("citizen:file_ask")).url == reverse("citizen:file")
    represents(room)
    assert "Bed om at se papirerne" in text(ida, reverse("citizen:file"))
    request = asked(ida)
    assert FileRequest.objects.get(id=request).asks == "representative"


def test_two_who_choose_at_once_see_both(room, mette, karla):
    key, _part = room.write()
    request = asked(karla)
    at = url("papers", request)
    (form,) = [one for one in forms_of(at, mette.get(at).content.decode()) if one.action == at]
    assert send(mette, at, {f"in_{key}": "", f"why_{key}": "internal"}).status_code == 302
    late = mette.post(at, form.filled() | {"form_key": str(new_id())})
    assert late.status_code == 409


def test_what_is_not_there_is_not_found(room, mette, karla):
    request = asked(karla)
    assert mette.get(url("document", request, "note:x")).status_code == 404
    assert mette.get(url("download", request, "extract")).status_code == 404
    assert mette.get(url("download", request, "alt")).status_code == 404
    assert not DisclosedPaper.objects.filter(file_request_id=request).exists()


def test_the_list_of_papers_asks_no_more_when_there_is_more(room, mette, karla):
    request = asked(karla)
    counts: list[int] = []
    room.write("En note")
    text(mette, url("papers", request))  # what is read once a process is read, for a note too
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked_for:
            assert mette.get(url("papers", request)).status_code == 200
        counts.append(len(asked_for))
        for number in range(4):
            room.write(f"Note {number}")
    assert counts[0] == counts[1]


def test_a_note_that_was_taken_back_is_looked_through_before_it_is_in_the_copy(room, mette, karla):
    room.write("Bent fra nummer syv drikker.")
    notes.withdraw_note(actor=room.actor(), at=NOW, note_id=notes.Note.objects.latest("id").id)
    request = room.note(kind="own_data")
    page = url("answer", request)
    assert "Bent fra nummer syv drikker." in text(mette, page)
    about = str(notes.taken_back_notes(room.actor(), room.cast.case_id)[0].id)
    answer = send(mette, page, {"handed": "room", "about_others": about})
    assert answer.status_code == 302, answer.content.decode()
    assert "Bent" not in room.paper(request, kind="own_data_file").decode()
    of_the_file = room.note()
    assert "Bent fra nummer syv" not in text(mette, url("answer", of_the_file)), "only for a copy of own data"
