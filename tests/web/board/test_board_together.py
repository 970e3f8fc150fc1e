"""Several people at one board in real browsers: words arrive, and disturb nobody."""

import time
from typing import Any

import pytest
from playwright.sync_api import expect

from samspil.contexts.meetings.models import Card
from tests.boards import NOTHING, everything, fill, open_board, write
from tests.cast import Cast
from tests.web.board.device import Open, begin, board_path, card, saved, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_word_typed_here_is_there_within_a_second(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla, ida = (device(who, board_path(meeting_id)) for who in ("karla", "ida"))
    wall = device("mette", board_path(meeting_id, "vis/"))
    for page in (karla, ida, wall):
        saved(page)
    begin(karla, "works", "Koret")
    waits = []
    for word in (" er", " det", " bedste"):
        began = time.monotonic()
        karla.keyboard.type(word)
        for page in (ida, wall):
            expect(card(page, word.strip())).to_be_visible(timeout=3000)
        waits.append(time.monotonic() - began)
    assert max(waits) < 1, waits
    expect(card(ida, "Koret er det bedste").locator("[data-byline]")).to_have_text("Karla")


def test_three_write_at_once_and_nothing_is_lost(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "works", "Fælles")
    people = {who: device(who, board_path(meeting_id)) for who in ("karla", "ida", "jonas")}
    for page in people.values():
        saved(page)
        card(page, "Fælles").click()
        page.keyboard.press("End")
    said = {who: [f"{who}{n}" for n in range(6)] for who in people}
    for n in range(6):
        for who, page in people.items():
            page.keyboard.type(f" {said[who][n]}", delay=15)
    for page in people.values():
        saved(page)
    standing = {word for text in Card.objects.values_list("text", flat=True) for word in text.split()}
    assert {word for words in said.values() for word in words} <= standing
    for page in people.values():
        page.wait_for_timeout(600)
        page.keyboard.press("Escape")
    boards = [shown(page, "works") for page in people.values()]
    assert boards[0] == boards[1] == boards[2]
    assert any("skrevet samtidig" in page.inner_text("main") for page in people.values())


def test_another_ones_words_come_into_an_open_card(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "works", "Vi øver ruten")
    karla, ida = device("karla", board_path(meeting_id)), device("ida", board_path(meeting_id))
    for page in (karla, ida):
        saved(page)
        card(page, "Vi øver").click()
    karla.keyboard.press("End")
    karla.keyboard.type(" på søndag")
    expect(ida.locator("textarea")).to_have_value("Vi øver ruten på søndag")
    ida.keyboard.press("Home")
    ida.keyboard.type("Ja! ")
    expect(karla.locator("textarea")).to_have_value("Ja! Vi øver ruten på søndag")
    assert karla.evaluate("document.activeElement.selectionStart") == len("Ja! Vi øver ruten på søndag")


def test_focus_and_caret_stay_when_somebody_else_moves_the_card(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "works", "Vi øver ruten")
    karla, ida = device("karla", board_path(meeting_id)), device("ida", board_path(meeting_id))
    saved(karla)
    card(karla, "Vi øver").click()
    karla.keyboard.press("Home")
    karla.keyboard.type("Nu")
    saved(karla)
    saved(ida)
    card(ida, "Vi øver").locator("[data-open]").focus()
    ida.keyboard.press("Alt+ArrowRight")
    expect(karla.locator('[data-column="hard"] textarea')).to_be_focused()
    karla.keyboard.type(" og her:")
    saved(karla)
    assert shown(karla, "hard") == ["Nu og her:Vi øver ruten"]


def test_what_others_write_is_read_out_once_they_pause(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    write(cast, meeting_id, "ida", "works", "Koret")
    expect(karla.locator("[data-board-said]")).to_have_text("Ida skrev: Koret", timeout=6000)


def test_closed_in_three_clicks_and_everybody_sees_the_picture(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    fill(cast, meeting_id)
    mette, karla = (device(who, board_path(meeting_id)) for who in ("mette", "karla"))
    wall = device("mette", board_path(meeting_id, "vis/"))
    saved(karla)
    mette.get_by_role("link", name="Afslut mødet").click()
    mette.get_by_role("button", name="Afslut og send").click()
    mette.wait_for_url("**/billede/")
    assert everything() == {**NOTHING, "notes": 1, "tasks": 1, "plans": 1, "pictures": 1, "closed": 1}
    for page in (karla, wall):
        page.wait_for_url("**/billede/")
        expect(page.get_by_text("Koret er det bedste på ugen")).to_be_visible()
    mette.get_by_text("Fortryd afslutningen").click()
    mette.get_by_role("button", name="Åbn mødet igen").click()
    mette.wait_for_url(f"**{board_path(meeting_id)}")
    assert everything() == NOTHING


def test_where_a_stream_finds_no_room_the_device_asks(cast: Cast, device: Open, settings: Any) -> None:
    settings.BOARD_STREAMS = 0
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    write(cast, meeting_id, "ida", "works", "Koret")
    expect(card(karla, "Koret")).to_be_visible(timeout=3000)
