import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from samspil.contexts.access.api import AccessLogEntry
from samspil.contexts.cases.api import Case, Task
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import Note

SKETCH = (
    "“Jeg turde godt, da Jonas sad tre sæder bagved.” Karla kørte tre stop uden at ringe. "
    "+ Hun har selv fundet rejseplanen frem. > Jonas kører med igen torsdag den 26."
)
WORD_PAGE = "Besøg d. 24.\r\n\r\n\uf0b7\tKarla var glad\x0b\x93Jeg vil selv.\x94\r\n\u00a0\u200bHun gik\x07 en tur.\f"


def _notes(desk, by="jonas"):
    return notes.stream(desk.cast.actor(by), desk.case_id)


def _only(desk):
    (found,) = _notes(desk)
    return found


def test_the_sketch_is_saved_and_stands_in_the_stream(desk):
    answer = desk.save(SKETCH)
    note = _only(desk)
    assert answer.status_code == 302
    assert answer["Location"] == f"/notat/her/#notat-{note.id}"
    assert [s.kind for s in note.segments] == ["citizen_words", "observation", "resource", "agreement"]
    assert note.happened_at == dt.datetime(2026, 11, 24, 8, 10, tzinfo=dt.UTC)
    task = Task.objects.get()
    assert (task.owner_name, task.due_on) == ("Jonas Lykke", dt.date(2026, 11, 26))
    page = desk.client.get(reverse("notes:stream", args=[desk.case_id])).content.decode()
    assert "“Jeg turde godt, da Jonas sad tre sæder bagved.”" in page
    assert "torsdag den 26. november" in page


def test_without_script_the_text_is_shown_as_it_was_read_first(desk):
    fields = desk.fields("“Jeg turde.” Hun kørte. #mål 6/10")
    del fields["laest"]
    page = desk.client.post(desk.url, fields)
    html = page.content.decode()
    assert page.status_code == 200
    assert not _notes(desk)
    assert "Se notatet igennem" in html
    assert html.count('<details class="chip-panel"') == 3
    assert html.count(" open>") == 3
    assert "Vælg det mål, som tallet gælder." in html
    said = {"p0__text": "Jeg turde.", "p1__text": "Hun kørte.", "p2__text": "", "p2__goal": str(desk.bus)}
    assert desk.save("“Jeg turde.” Hun kørte. #mål 6/10", **said).status_code == 302
    goal = goals.goals_for(desk.cast.actor("mette"), desk.case_id).goal(desk.bus)
    assert goal.rating_of("provider").value == 6


def test_what_was_chosen_at_a_chip_is_saved(desk):
    answer = desk.save(
        "Hun sov dårligt. > Jonas ringer torsdag den 26.",
        p0__text="Hun sov dårligt.",
        p0__kind="change",
        p0__auto='{"kind": "observation"}',
        p0__theme="søvn",
        p0__goal=str(desk.sleep),
        p0__hidden="on",
        p0__reason="Hun vil selv fortælle det.",
        p1__text="Jonas ringer torsdag den 26.",
        p1__who="Karla",
        p1__due="27.11.",
        p1__auto='{"kind": "agreement", "who": "Jonas", "due": "26.11.2026"}',
    )
    assert answer.status_code == 302
    change, agreement = _only(desk).segments
    assert (change.kind, change.theme, change.goal_title) == ("change", "Søvn", "Sove om natten")
    assert change.hidden_reason == "Hun vil selv fortælle det."
    assert (agreement.who, agreement.due_on) == ("Karla", dt.date(2026, 11, 27))


def test_what_the_text_says_anew_wins_over_what_it_said_before(desk):
    """The chip was filled from an older text; nobody touched it, so the newer text counts."""
    desk.save(
        "> Jonas ringer fredag den 27.",
        p0__text="Jonas ringer torsdag den 26.",
        p0__kind="agreement",
        p0__who="Jonas",
        p0__due="26.11.2026",
        p0__auto='{"kind": "agreement", "who": "Jonas", "due": "26.11.2026"}',
    )
    assert _only(desk).segments[0].due_on == dt.date(2026, 11, 27)


def test_a_pasted_word_page_becomes_readable_segments(desk):
    assert desk.save(WORD_PAGE).status_code == 302
    assert [s.text for s in _only(desk).segments] == [
        "Besøg d. 24.",
        "• Karla var glad",
        "Jeg vil selv.",
        "Hun gik en tur.",
    ]


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("", {}, "Skriv mindst én sætning."),
        (" \x07\u200b ", {}, "Skriv mindst én sætning."),
        ("x" * 1_000_000, {}, "Teksten er for lang. Del den i flere notater."),
        ("A.", {"day": "25.11.2026"}, "Dagen er ikke kommet endnu."),
        ("A.", {"clock": "9.45"}, "Dagen er ikke kommet endnu."),
        ("A.", {"day": "31.2.2026"}, "findes ikke"),
        ("A.", {"clock": "25.99"}, "Skriv klokkeslættet sådan: 10.30"),
        ("> Vi ringer i morgen.", {}, None),
        ("> Nogen ringer i morgen.", {}, "En aftale mangler et navn."),
        ("> Jonas ringer.", {}, "En aftale mangler en dato."),
        ("#mål 6/10", {}, "Vælg det mål, som tallet gælder."),
        ("A.", {"p0__text": "A.", "p0__hidden": "on"}, "Skriv, hvorfor borgeren ikke skal se det."),
        ("A.", {"p0__text": "A.", "p0__theme": "Findes ikke"}, "Vælg et tema fra listen."),
        ("#bus 6/10", {"p0__text": "", "p0__value": "11"}, "Vælg et tal fra 0 til 10."),
        ("#bus 6/10", {"p0__text": "", "p0__goal": "hejsa"}, "Målet findes ikke længere."),
    ],
)
def test_bad_input_is_answered_at_the_field_and_the_text_stays(desk, text, more, sentence):
    answer = desk.save(text, **more)
    if sentence is None:
        assert answer.status_code == 302
        return
    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in html
    assert 'role="alert"' in html
    assert not Note.objects.exists()
    assert text.replace("\x07", "")[:40].strip() in html.replace("&gt;", ">").replace("\x07", "")


def test_a_text_larger_than_a_request_may_be_has_a_page_of_its_own(desk):
    answer = desk.save("x" * 5_000_000)
    assert answer.status_code == 413
    assert "Teksten er for lang" in answer.content.decode()


def test_a_double_click_saves_one_note(desk):
    fields = desk.fields("Karla kørte selv.")
    first, second = desk.client.post(desk.url, fields), desk.client.post(desk.url, fields)
    assert first["Location"] == second["Location"]
    assert Note.objects.count() == 1


def test_a_form_that_was_wrong_can_be_sent_again(desk):
    fields = desk.fields("> Jonas ringer.")
    assert desk.client.post(desk.url, fields).status_code == 200
    assert desk.client.post(desk.url, fields | {"text": "Jonas ringer."}).status_code == 302


def test_more_pieces_than_are_shown_are_saved_as_they_stand(desk):
    lines = [f"Linje {number}." for number in range(50)]
    assert desk.save("\n".join([*lines, "> Ingen ringer.", "! Noget nyt."])).status_code == 302
    kinds = [s.kind for s in _only(desk).segments]
    assert len(kinds) == 52
    assert kinds[-2:] == ["observation", "change"]


def test_the_authority_chooses_what_the_provider_sees(desk_of):
    desk = desk_of("mette")
    desk.save("Kun for os.")
    desk.save("For jer alle.", for_provider="on")
    assert [note.segments[0].text for note in _notes(desk)] == ["For jer alle."]
    assert len(_notes(desk, by="mette")) == 2


def test_a_provider_cannot_choose_for_others(desk):
    desk.save("Mit notat.", for_provider="on")
    assert not Note.objects.get().for_provider


@pytest.mark.parametrize("name", ["otto", "otto_provider", "uffe", "vita", "karla", "ida"])
def test_those_without_business_find_nothing(desk_of, name):
    desk = desk_of(name)
    assert desk.client.get(desk.url).status_code == 404
    assert desk.save("Hej.").status_code == 404
    assert not Note.objects.exists()


def test_a_closed_case_says_so(desk):
    Case.objects.filter(id=desk.case_id).update(status="closed")
    answer = desk.save("Hej.")
    assert answer.status_code == 200
    assert "Sagen er afsluttet." in answer.content.decode()


def test_the_way_back_is_always_ours(desk):
    answer = desk.save("Hej.", next="https://andre.dk/")
    assert answer["Location"].startswith(reverse("provider:case", args=[desk.case_id]))


def test_looking_is_logged_for_the_citizen(desk):
    desk.client.get(desk.url)
    assert AccessLogEntry.objects.get().what == "notes"


def test_logged_out_while_writing_loses_nothing(desk):
    answer = Client().post(desk.url, desk.fields("Karla kørte selv."))
    assert answer.status_code == 401
    assert 'name="parked"' in answer.content.decode()


class TestReadingWhileWriting:
    def read(self, desk, text, **more):
        return desk.client.post(reverse("notes:read", args=[desk.case_id]), desk.fields(text, **more))

    def test_each_sentence_gets_its_chip(self, desk):
        html = self.read(desk, SKETCH, people="Karla Holm|Jonas Lykke").content.decode()
        assert "Aftale · Jonas · 26. nov." in html
        assert 'data-summary="Borgerens ord, Observation, Ressource, Aftale"' in html
        assert "form-error" not in html
        assert 'name="laest"' in html  # so that saving needs no second look

    def test_what_is_missing_is_said_gently(self, desk):
        assert "Hvem? Hvornår?" in self.read(desk, "> Nogen ses").content.decode()
        assert "Hvilket mål?" in self.read(desk, "#mål 6/10").content.decode()

    def test_the_only_person_named_is_the_one(self, desk):
        people = "Karla Holm|Ida Holm|Jonas Lykke"
        assert "Aftale · Ida · 26. nov." in self.read(desk, "> På torsdag ringer Ida.", people=people).content.decode()
        assert "Aftale · 26. nov." in self.read(desk, "> På torsdag ses Ida og Karla.", people=people).content.decode()
        assert "Aftale · Jonas · 26. nov." in self.read(desk, "> Jeg ringer på torsdag.").content.decode()

    def test_suggestions_wait_for_a_yes(self, desk):
        html = " ".join(self.read(desk, "Vi aftalte at øve igen.").content.decode().split())
        assert 'data-samspil-offer data-kind="agreement" data-start="0"' in html
        assert 'data-summary="Observation"' in html

    def test_one_query_beside_who_is_asking(self, desk, count_queries):
        self.read(desk, SKETCH)
        short = count_queries(lambda: self.read(desk, "Hej."))
        assert count_queries(lambda: self.read(desk, SKETCH * 10)) == short <= 5

    def test_a_long_text_is_not_read(self, desk):
        html = self.read(desk, "Hej. " * 5000).content.decode()
        assert "Teksten er for lang til ét notat." in html
        assert "chip-panel" not in html

    def test_strangers_learn_nothing(self, desk_of):
        html = self.read(desk_of("otto_provider"), "#bus 6/10").content.decode()
        assert "Tage bussen" not in html


class TestMarking:
    def mark(self, desk, **fields):
        return desk.client.post(reverse("notes:mark"), {"text": "Hun kan. Ja.", "cursor": "2", "kind": "wish"} | fields)

    def test_the_sentence_is_marked(self, desk):
        assert self.mark(desk).json() == {"text": "* Hun kan.\nJa.", "cursor": 10}

    @pytest.mark.parametrize(
        "fields", [{"kind": "andet"}, {"cursor": "-1"}, {"cursor": "²"}, {"cursor": ""}, {"text": "x" * 30_000}]
    )
    def test_nonsense_is_a_bad_request(self, desk, fields):
        assert self.mark(desk, **fields).status_code == 400

    def test_a_cursor_beyond_the_end_is_the_end(self, desk):
        assert self.mark(desk, cursor="999999999999").json()["text"] == "Hun kan. * Ja."


def test_the_editor_costs_the_same_with_many_notes(desk, count_queries):
    desk.client.get(desk.url)  # the lists of themes are read once
    few = count_queries(lambda: desk.client.get(desk.url))
    for _ in range(5):
        desk.save(SKETCH)
    assert count_queries(lambda: desk.client.get(desk.url)) == few
