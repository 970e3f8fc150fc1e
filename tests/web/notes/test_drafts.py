import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import Draft
from tests.cast import NOW


def _key(desk):
    return f"note:{desk.case_id}"


def _keep(desk, text="Karla kørte", **fields):
    return desk.client.post(reverse("shell:draft", args=[_key(desk)]), desk.fields(text, **fields))


def test_what_is_typed_comes_back_and_says_so(desk):
    yesterday = dt.datetime(2026, 11, 23, 14, 12, tzinfo=dt.UTC)
    with time_machine.travel(yesterday, tick=False):
        assert _keep(desk, "Karla kørte tre stop", kind="phone", day="23.11.2026").json() == {"at": "15.12"}
    html = desk.client.get(desk.url).content.decode()
    assert "Din kladde fra i går kl. 15.12 er hentet frem." in html
    assert "Karla kørte tre stop</textarea>" in html
    assert '<option value="phone" selected>' in html
    assert 'value="23.11.2026"' in html


def test_what_was_said_about_a_piece_comes_back_too(desk):
    _keep(desk, "Hun sov.", p0__text="Hun sov.", p0__theme="Søvn", p0__hidden="on", p0__reason="Nej.")
    html = " ".join(desk.client.get(desk.url).content.decode().split())
    assert 'name="p0-theme" value="Søvn"' in html
    assert "Skjult" in html


def test_a_saved_note_leaves_no_draft(desk):
    _keep(desk)
    desk.save("Karla kørte tre stop.")
    assert not Draft.objects.exists()
    assert "er hentet frem" not in desk.client.get(desk.url).content.decode()


def test_a_note_that_could_not_be_saved_keeps_its_draft(desk):
    _keep(desk, "> Jonas ringer.")
    desk.save("> Jonas ringer.")
    assert Draft.objects.exists()


def test_thrown_away_with_an_undo(desk):
    _keep(desk)
    answer = desk.client.post(reverse("shell:drop_draft", args=[_key(desk)]), {"next": desk.url})
    assert answer["Location"] == desk.url
    html = desk.client.get(desk.url).content.decode()
    assert "Kladden er smidt væk." in html
    assert "Karla kørte" not in html.split("<textarea")[1].split("</textarea>")[0]
    desk.client.post(reverse("shell:restore_draft", args=[_key(desk)]), {"next": desk.url})
    assert "Karla kørte</textarea>" in desk.client.get(desk.url).content.decode()


def test_the_undo_is_offered_for_a_quarter_of_an_hour(desk):
    _keep(desk)
    notes.drop_draft(actor=desk.cast.actor("jonas"), at=NOW - dt.timedelta(minutes=16), key=_key(desk))
    assert "Kladden er smidt væk." not in desk.client.get(desk.url).content.decode()


def test_others_do_not_see_it(desk_of):
    jonas, mette = desk_of("jonas"), Client()
    _keep(jonas)
    assert mette.post(reverse("shell:draft", args=[_key(jonas)]), {"text": "x"}).status_code == 401
    assert notes.draft(jonas.cast.actor("mette"), _key(jonas)) is None


def test_more_than_a_megabyte_gets_a_plain_sentence(desk):
    answer = _keep(desk, "x" * 1_100_000)
    assert answer.status_code == 413
    assert "Kladden er for stor" in answer.content.decode()


def test_control_characters_stay_in_the_draft_and_leave_the_note(desk):
    _keep(desk, "Hun\x07 gik.")
    assert notes.draft(desk.cast.actor("jonas"), _key(desk)).fields["text"] == "Hun\x07 gik."
    desk.save("Hun\x07 gik.")
    assert notes.stream(desk.cast.actor("jonas"), desk.case_id)[0].segments[0].text == "Hun gik."


@pytest.mark.parametrize("verb", ["drop_draft", "restore_draft", "draft"])
def test_nothing_is_changed_by_looking(desk, verb):
    assert desk.client.get(reverse(f"shell:{verb}", args=[_key(desk)])).status_code == 405


def test_no_secret_field_is_kept(desk):
    _keep(desk, csrfmiddlewaretoken="hemmelig")
    assert set(Draft.objects.get().fields) == {"text", "kind", "day", "clock", "laest"}
