"""The check of wording: what it shows, with and without script, and that it keeps nothing about anybody."""

import html
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.klartjek import overlay_of
from samspil.web.wording.shown import Piece, pieces_of
from samspil.web.wording.views import LONGEST
from tests.cast import FJORDBY, Cast

pytestmark = pytest.mark.django_db
HARD = "Såfremt borgeren påstår det, ringer vi snarest. Vi anmoder om svar. Hun er doven & ligeledes træt."


@pytest.fixture
def client(client_for) -> Client:
    return client_for("jonas")


def asked(client: Client, text: str, *, kind: str = "note", script: bool = True):
    headers = {"HX-Request": "true"} if script else {}
    fields = {"tjek": f"{kind}:besked", "besked": text}
    return client.post(reverse("wording:check"), fields, headers=headers)


def rows(page: str) -> list[tuple[str, str]]:
    """What is shown at once or waits in a fold, and the words it is about."""
    first, _fold, rest = page.partition("<details")
    row = re.compile(r'<li\s+class="[^"]*"\s+data-start="(\d+)"\s+data-end="(\d+)"')
    return [
        (place, HARD[int(start) : int(end)])
        for place, part in (("first", first), ("later", rest))
        for start, end in row.findall(part)
    ]


def test_three_at_a_time_the_most_useful_first(client: Client) -> None:
    page = asked(client, HARD).content.decode()
    assert rows(page) == [
        ("first", "påstår"),
        ("first", "borgeren"),
        ("first", "Såfremt"),
        ("later", "snarest"),
        ("later", "doven"),
        ("later", "anmoder om"),
        ("later", "ligeledes"),
    ]
    assert 'data-replacement="Hvis"' in page
    assert "7 forslag til sproget" in page
    assert "<html" not in page


def test_without_script_it_is_a_page_with_the_text_marked(client: Client) -> None:
    answer = asked(client, HARD, script=False)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<h1>Tjek af sproget</h1>" in page
    text = re.search(r'<p class="wording-text"[^>]*>(.*?)</p>', page, flags=re.DOTALL)
    assert text is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", text[1])).strip() == HARD
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", text[1]) == ["Såfremt", "borgeren", "påstår"]


def test_a_clear_text_is_left_in_peace(client: Client) -> None:
    page = asked(client, "Karla cyklede til bageren.").content.decode()
    assert "Sproget er klart" in page
    assert "<li" not in page


def test_a_message_is_read_as_a_letter(client: Client) -> None:
    assert "Passiv" in asked(client, "Hjælpen bevilges fra maj.", kind="message").content.decode()
    assert "Passiv" not in asked(client, "Hjælpen bevilges fra maj.", kind="note").content.decode()


def test_without_script_all_texts_of_a_form_are_told_of(client: Client) -> None:
    fields = {"tjek": "note:a message:b note:c", "a": "Såfremt hun vil.", "b": "Hjælpen bevilges.", "c": " ", "d": "!"}
    page = client.post(reverse("wording:check"), fields).content.decode()
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", page) == ["Såfremt", "bevilges"]
    assert page.count(">Forslag</h2>") == 2
    places = re.findall(r' id="([^"]+)"', page)
    assert len(places) == len(set(places))


def test_a_municipality_adds_words_and_others_do_not_hear_of_them(client_for, settings) -> None:
    own = {"words": [{"term": "hejduk", "plain": "hjælper", "source": "Fjordby"}], "silent": ["såfremt"]}
    settings.OWN_WORDS = {FJORDBY: overlay_of(own, name="Fjordby")}
    text = "Såfremt du vil, kommer en hejduk."
    page = asked(client_for("mette"), text).content.decode()
    assert 'data-replacement="hjælper"' in page
    assert 'data-replacement="Hvis"' not in page
    page = asked(client_for("otto"), text).content.decode()
    assert 'data-replacement="hjælper"' not in page
    assert 'data-replacement="Hvis"' in page


@pytest.mark.parametrize("script", [True, False])
def test_too_long_a_text_is_said_in_words(client: Client, script: bool) -> None:
    answer = asked(client, "ord " * (LONGEST // 4 + 1), script=script)
    assert answer.status_code == 413
    assert "Tjek den i dele" in answer.content.decode()


@pytest.mark.parametrize(
    "asking", ["", "note", "roman:besked", "page:besked", "letter:besked", "note:besked roman:besked"]
)
def test_a_kind_that_is_not_offered_is_a_bad_request(client: Client, asking: str) -> None:
    assert client.post(reverse("wording:check"), {"tjek": asking, "besked": "x"}).status_code == 400


def test_markup_in_a_text_stays_text(client: Client) -> None:
    page = asked(client, "<b>Såfremt</b> hun <script>alert(1)</script> ringer.", script=False).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_only_those_who_write_for_citizens_may_ask(client_for) -> None:
    assert asked(client_for("karla"), "x").status_code == 404
    assert Client().post(reverse("wording:check"), {"tjek": "note:besked"}).status_code in (302, 401, 403)


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


@pytest.mark.parametrize("script", [True, False])
def test_nothing_is_kept_of_the_text_or_of_who_wrote_it(client: Client, script: bool) -> None:
    asked(client, HARD, script=script)  # what a first visit leaves is no part of this
    before = counts()
    with CaptureQueriesContext(connection) as queries:
        asked(client, HARD, script=script)
    writes = [
        each["sql"] for each in queries if re.match(r"\s*(INSERT|UPDATE|DELETE|COPY|MERGE)", each["sql"], re.IGNORECASE)
    ]
    assert writes == []
    assert counts() == before


def test_no_table_has_a_place_for_a_writers_figures() -> None:
    """A figure about wording belongs to a letter, and a letter is signed. No other row has both: that a letter's figure
    is never counted for the one who signed it is read from the statements in tests/contexts/insight."""
    figure = re.compile(r"(^|_)(lix|wording|klartjek|readability)(_|$)")
    person = re.compile(r"(^|_)(user|author|writer|by|actor|worker|owner)(_id)?$")
    ranked = [
        model._meta.label
        for model in apps.get_models()
        if any(figure.search(field.name) for field in model._meta.get_fields())
        and any(person.search(field.name) for field in model._meta.get_fields())
    ]
    assert ranked == ["letters.Letter"]
    assert figure.search("lix_of_letter")
    assert person.search("author_id")


def test_overlapping_finds_are_marked_once() -> None:
    class Found:
        def __init__(self, start: int, end: int) -> None:
            self.start, self.end = start, end

    assert pieces_of("abcdef", (Found(3, 5), Found(1, 4), Found(6, 6))) == (  # type: ignore[arg-type]
        Piece("a", False),
        Piece("bcd", True),
        Piece("ef", False),
    )


@pytest.mark.parametrize(
    ("name", "address", "field"),
    [
        ("jonas", "notes:write", "note:text"),
        ("mette", "notes:write", "note:text"),
        ("mette", "meetings:call", "message:purpose message:agenda message:material"),
    ],
)
def test_the_button_stands_where_somebody_writes_for_a_citizen(
    client_for, cast: Cast, name: str, address: str, field: str
) -> None:
    page = client_for(name).get(reverse(address, args=[cast.case_id])).content.decode()
    button = re.search(rf'<button type="submit"[^>]*value="{field}"[^>]*>', page)
    assert button is not None
    assert 'formtarget="_blank"' in button[0]
    assert f'formaction="{reverse("wording:check")}"' in button[0]
    assert page.index("button-primary") < button.start(), "Enter presses the first button"
    assert all(f'name="{one.partition(":")[2]}"' in page for one in field.split())
