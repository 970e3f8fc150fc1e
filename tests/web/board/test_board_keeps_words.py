"""Words on a board when the line breaks, the tab closes, the log-in ends or the meeting is over."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Card
from samspil.kernel import clock
from tests.boards import open_board, write
from tests.cast import Cast
from tests.web.board.device import Open, begin, board_path, card, saved, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LEAVING = """() => {
  const leaving = new Event("beforeunload", { cancelable: true });
  dispatchEvent(leaving);
  return leaving.defaultPrevented;
}"""
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"


def test_offline_keeps_the_words_and_sends_them_later(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "hard", "Larm")
    karla, ida = device("karla", board_path(meeting_id)), device("ida", board_path(meeting_id))
    saved(karla)
    karla.context.set_offline(True)
    begin(karla, "works", "Skrevet i kælderen")
    expect(karla.locator("[data-board-state]")).to_have_text("Ingen forbindelse. Dine ord er gemt her og bliver sendt.")
    karla.keyboard.press("Escape")
    card(karla, "Larm").click()
    karla.keyboard.press("End")
    karla.keyboard.type(" om natten")
    assert karla.evaluate(LEAVING)
    begin(ida, "works", "Skrevet imens")
    ida.keyboard.press("Escape")
    saved(ida)
    assert "Skrevet i kælderen" not in shown(ida, "works")
    karla.context.set_offline(False)
    saved(karla)
    for page in (karla, ida):
        expect(card(page, "Skrevet i kælderen").first).to_be_visible()
        expect(card(page, "Skrevet imens").first).to_be_visible()
    expect(card(ida, "Larm om natten")).to_be_visible()
    assert not karla.evaluate(LEAVING)


def test_words_that_were_not_sent_survive_a_reload(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "hard", "Larm")
    karla = device("karla", board_path(meeting_id))
    karla.on("dialog", lambda dialog: dialog.accept())
    saved(karla)
    karla.route("**/ops/**", lambda route: route.abort())
    begin(karla, "works", "Skrevet i kælderen")
    karla.keyboard.press("Escape")
    card(karla, "Larm").click()
    karla.keyboard.press("End")
    karla.keyboard.type(" om natten")
    expect(karla.locator("[data-board-state]")).to_have_text("Ingen forbindelse. Dine ord er gemt her og bliver sendt.")
    assert "kælderen" not in karla.evaluate(STORED)
    assert "samspil-tavle-" in karla.evaluate(STORED)
    karla.reload()
    expect(card(karla, "Skrevet i kælderen").first).to_be_visible()
    assert shown(karla, "works") == ["Skrevet i kælderen"]
    assert shown(karla, "hard") == ["Larm om natten"]
    assert Card.objects.count() == 1
    karla.unroute("**/ops/**")
    saved(karla)
    karla.reload()
    assert (shown(karla, "works"), shown(karla, "hard")) == (["Skrevet i kælderen"], ["Larm om natten"])
    assert Card.objects.count() == 2
    assert "samspil-tavle-" not in karla.evaluate("JSON.stringify(localStorage)")


def unsent(page: Page, text: str) -> None:
    """Written on a line that is broken, and kept by the browser."""
    saved(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.context.route("**/ops/**", lambda route: route.abort())
    begin(page, "works", text)
    expect(page.locator("[data-board-state]")).to_have_text("Ingen forbindelse. Dine ord er gemt her og bliver sendt.")
    page.wait_for_function(f"() => ({STORED}).includes('sealed')")


def test_words_that_were_not_sent_survive_a_closed_tab(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    unsent(karla, "Skrevet i kælderen")
    context, address = karla.context, karla.url
    karla.close()
    context.unroute("**/ops/**")
    again = context.new_page()
    again.goto(address)
    expect(card(again, "Skrevet i kælderen").first).to_be_visible()
    saved(again)
    assert [one.text for one in Card.objects.all()] == ["Skrevet i kælderen"]


def test_two_tabs_keep_their_own_words(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    first = device("karla", board_path(meeting_id))
    unsent(first, "Den ene")
    second = first.context.new_page()
    second.goto(first.url)
    expect(second.locator("html.has-script")).to_be_attached()
    second.wait_for_timeout(1500)
    assert shown(second, "works") == []
    begin(second, "works", "Den anden")
    second.wait_for_function("() => Object.keys(localStorage).filter((name) => name.includes('tavle-')).length === 2")
    first.context.unroute("**/ops/**")
    for page in (first, second):
        saved(page)
    assert sorted(one.text for one in Card.objects.all()) == ["Den anden", "Den ene"]


def test_words_of_a_board_that_was_closed_meanwhile_are_told_after_a_reload(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    unsent(karla, "Det nåede jeg ikke")
    address = karla.url
    karla.goto("about:blank")
    meetings.close_meeting(actor=cast.actor("mette"), at=clock.now(), meeting_id=meeting_id)
    karla.context.unroute("**/ops/**")
    karla.goto(address)
    left = karla.locator("[data-board-left]")
    expect(left).to_be_visible()
    expect(left).to_contain_text("Det nåede jeg ikke")
    left.get_by_role("button", name="Jeg har skrevet det ned").click()
    karla.reload()
    karla.wait_for_timeout(500)
    expect(left).to_be_hidden()


def test_what_is_stored_is_nothing_to_the_next_person(cast: Cast, device: Open, client_for: Callable[..., Any]) -> None:
    """The control stands beside: Karla's own page reads it."""
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    unsent(karla, "Kun mine ord")
    stored = karla.evaluate("JSON.stringify(localStorage)")
    ida = device("ida", board_path(meeting_id))
    saved(ida)
    ida.evaluate(
        "all => Object.entries(JSON.parse(all)).forEach(([name, value]) => localStorage.setItem(name, value))", stored
    )
    own = next(name for name in json.loads(stored) if name.startswith("samspil-tavle-"))
    place = ida.get_attribute("[data-samspil-board]", "data-ticket").split(":")[0]  # type: ignore[union-attr]
    ida.evaluate(
        "([own, place]) => localStorage.setItem(`samspil-tavle-${place}-x`, localStorage.getItem(own))", [own, place]
    )
    ida.reload()
    expect(ida.locator("[data-board-lost]")).to_contain_text("som ikke kan læses mere")
    assert shown(ida, "works") == []
    assert "Kun mine ord" not in ida.content()


def test_words_that_came_too_late_are_shown_and_not_thrown_away(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    karla.context.set_offline(True)
    begin(karla, "works", "Det nåede jeg ikke")
    meetings.close_meeting(actor=cast.actor("mette"), at=clock.now(), meeting_id=meeting_id)
    karla.context.set_offline(False)
    lost = karla.locator("[data-board-lost]")
    expect(lost).to_be_visible()
    expect(lost).to_contain_text("Mødet er afsluttet.")
    expect(lost).to_contain_text("Det nåede jeg ikke")
    karla.wait_for_timeout(1500)
    assert karla.url.endswith(board_path(meeting_id))


def test_a_log_in_that_ends_while_somebody_writes_loses_nothing(cast: Cast, device: Open, site: str) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    session = next(cookie for cookie in karla.context.cookies() if cookie["name"] == "sessionid")
    karla.context.clear_cookies(name="sessionid")
    begin(karla, "works", "Koret")
    expect(karla.locator("[data-board-state]")).to_contain_text("Du er logget af.")
    assert karla.evaluate(LEAVING)
    karla.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": site}])
    expect(karla.locator("[data-board-state]")).to_have_text("Alt på tavlen er gemt", timeout=20_000)
    assert Card.objects.get().text == "Koret"
