"""The board in real browsers: several devices, a broken line, the keyboard alone, four modes, small screens."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Card
from samspil.kernel import clock
from samspil.web.board.bells import TOWER
from tests.axe import violations
from tests.boards import NOTHING, call_meeting, everything, fill, open_board, write
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MODES = ["standard", "stor", "rolig", "tavle"]
SCREENS = ((1440, 810), (360, 740), (640, 450), (320, 256))
SMALL_TARGETS = """() =>
  [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden]), .scale-number")]
  .filter((e) => e.checkVisibility() && !e.matches(".sr-only, .skip-link, .scale-input"))
  .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 23.5).map(([text]) => text)"""
LEAVING = """() => {
  const leaving = new Event("beforeunload", { cancelable: true });
  dispatchEvent(leaving);
  return leaving.defaultPrevented;
}"""
COVERED = """() => {
  const { activeElement: held } = document;
  const box = held.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top?.closest(".board-foot") && !held.closest(".board-foot") ? held.outerHTML : "";
}"""
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
Open = Callable[..., Page]


@pytest.fixture
def device(browser: Browser, site: str, cast: Cast, client_for: Callable[..., object]) -> Iterator[Open]:
    """A browser of its own for somebody of the cast, on an address: `device("karla", f"/tavle/{id}/")`."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(who: str, path: str, **options: object) -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 810}, locale="da-DK", **options)
        contexts.append(context)
        session = client_for(who).cookies["sessionid"].value  # type: ignore[attr-defined]
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    TOWER.stop()
    assert errors == []


def board_path(meeting_id: UUID, after: str = "") -> str:
    return f"/tavle/{meeting_id}/{after}"


def shown(page: Page, column: str) -> list[str]:
    """The texts a person reads in a column, from top to bottom."""
    cards = page.locator(f'[data-column="{column}"] > [data-card]')
    return cards.evaluate_all("""items => items.map(item =>
        item.querySelector("textarea")?.value ?? item.querySelector("[data-text]").textContent)""")


def begin(page: Page, column: str, text: str) -> None:
    page.locator(f'[data-new="{column}"]').click()
    page.keyboard.type(text)


def saved(page: Page) -> None:
    expect(page.locator("[data-board-state]")).to_have_text("Alt på tavlen er gemt")


def card(page: Page, text: str):  # type: ignore[no-untyped-def]
    return page.locator("[data-card]").filter(has_text=text)


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


def test_by_keyboard_alone(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    page = device("mette", board_path(meeting_id))
    saved(page)
    page.keyboard.press("3")
    page.keyboard.press("n")
    page.keyboard.type("Jonas kører med bussen")
    page.keyboard.press("Enter")
    page.keyboard.type("Jonas")
    page.keyboard.press("Enter")
    page.keyboard.type("om 3 dage")
    page.keyboard.press("Enter")
    saved(page)
    made = Card.objects.get()
    assert (made.kind, made.who, made.text) == ("agreement", "Jonas", "Jonas kører med bussen")
    byline = card(page, "Jonas kører").locator("[data-byline]")
    expect(byline).to_have_text(re.compile(r"^Jonas · \w+dag den \d+\. \w+( \d{4})?$"))
    assert page.evaluate("document.activeElement.matches('[data-open]')")
    page.keyboard.press("Alt+ArrowLeft")
    assert shown(page, "hard") == ["Jonas kører med bussen"]
    assert page.evaluate("document.activeElement.closest('[data-column]').dataset.column") == "hard"
    page.keyboard.press("n")
    page.keyboard.type('"Jeg bliver bange')
    page.keyboard.press("Enter")
    saved(page)
    assert shown(page, "hard") == ["Jonas kører med bussen", "“Jeg bliver bange”"]
    page.keyboard.press("Alt+ArrowUp")
    assert shown(page, "hard") == ["“Jeg bliver bange”", "Jonas kører med bussen"]
    page.keyboard.press('"')
    assert shown(page, "hard") == ["Jeg bliver bange", "Jonas kører med bussen"]
    saved(page)
    page.reload()
    assert shown(page, "hard") == ["Jeg bliver bange", "Jonas kører med bussen"]


def test_single_keys_can_be_switched_off(cast: Cast, device: Open) -> None:
    page = device("mette", board_path(open_board(cast)))
    page.get_by_text("Genveje på tastaturet").click()
    page.get_by_role("button", name="Slå genveje fra").click()
    page.keyboard.press("n")
    assert page.locator("[data-card-form]").count() == 0
    page.get_by_role("button", name="Slå genveje til").click()
    page.keyboard.press("n")
    assert page.locator("[data-card-form]").count() == 1


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


def test_what_others_write_is_read_out_once_they_pause(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    write(cast, meeting_id, "ida", "works", "Koret")
    expect(karla.locator("[data-board-said]")).to_have_text("Ida skrev: Koret", timeout=6000)


def test_remove_and_bring_back(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "works", "Koret")
    page = device("karla", board_path(meeting_id))
    saved(page)
    card(page, "Koret").click()
    page.get_by_text("Flyt eller fjern").click()
    page.get_by_role("button", name="Fjern kortet").click()
    assert shown(page, "works") == []
    assert page.evaluate("document.activeElement.textContent.trim()") == "Fortryd"
    page.keyboard.press("Enter")
    expect(card(page, "Koret")).to_be_visible()
    saved(page)
    assert Card.objects.get().removed_at is None


def test_moved_by_button_and_by_mouse(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    write(cast, meeting_id, "mette", "works", "Koret")
    write(cast, meeting_id, "mette", "hard", "Larm")
    page = device("karla", board_path(meeting_id))
    saved(page)
    card(page, "Koret").click()
    page.get_by_text("Flyt eller fjern").click()
    page.get_by_role("button", name="Flyt til Det er svært").click()
    page.keyboard.press("Escape")
    assert shown(page, "hard") == ["Larm", "Koret"]
    card(page, "Koret").drag_to(page.locator('[data-board-column="hard"] h2'))
    assert shown(page, "hard") == ["Koret", "Larm"]
    card(page, "Larm").drag_to(page.locator('[data-board-column="next"] h2'))
    saved(page)
    assert (shown(page, "hard"), shown(page, "next")) == (["Koret"], ["Larm"])


def test_a_day_that_cannot_be_read_is_said_at_the_field(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    page = device("karla", board_path(meeting_id))
    begin(page, "next", "Vi øver")
    page.get_by_label("Hvornår?").fill("31. februar")
    page.get_by_label("Hvem?").fill("Ida")
    expect(page.locator('[data-error="when"]')).to_have_text("Den dato findes ikke. Skriv fx 26.11.")
    expect(page.get_by_label("Hvornår?")).to_have_value("31. februar")
    page.get_by_label("Hvornår?").fill("i morgen")
    page.keyboard.press("Enter")
    saved(page)
    assert Card.objects.get().due_on is not None


def test_pause_holds_the_wall_still(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    wall = device("mette", board_path(meeting_id, "vis/"))
    saved(wall)
    wall.get_by_role("button", name="Hold pause").click()
    write(cast, meeting_id, "ida", "works", "Imens")
    wall.wait_for_timeout(1500)
    assert shown(wall, "works") == []
    wall.get_by_role("button", name="Fortsæt").click()
    expect(card(wall, "Imens")).to_be_visible()


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


def test_without_script_every_form_works(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    page = device("karla", board_path(meeting_id), java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Nyt kort i Det gør vi nu")).click()
    page.get_by_label("Hvad skal der stå?").fill("Vi øver ruten")
    page.get_by_label("Hvem?").fill("Ida")
    page.get_by_label("Hvornår?").fill("i morgen")
    page.get_by_role("button", name="Færdig").click()
    expect(page.get_by_text("Vi øver ruten").first).to_be_visible()
    page.get_by_role("link", name=re.compile("Ret.*Vi øver ruten")).click()
    page.get_by_text("Flyt eller fjern").click()
    page.get_by_role("button", name="Flyt til Det går godt").click()
    assert Card.objects.get().column == "works"
    page.get_by_text("7", exact=True).click()
    page.get_by_role("button", name="Gem").click()
    assert meetings.board_for(cast.actor("ida"), meeting_id).scale == 7
    page.get_by_role("link", name=re.compile("Ret.*Vi øver ruten")).click()
    page.get_by_text("Flyt eller fjern").click()
    page.get_by_role("button", name="Fjern kortet").click()
    page.get_by_role("button", name="Fortryd").click()
    assert Card.objects.get().removed_at is None


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_and_nothing_reaches_beyond_the_screen(
    cast: Cast, device: Open, site: str, mode: str
) -> None:
    meeting_id, closed = open_board(cast), open_board(cast)
    for one in (meeting_id, closed):
        cards = fill(cast, one)
    write(cast, meeting_id, "mette", "next", "Uden hvem og hvornår")
    write(cast, meeting_id, "mette", "works", "Etmegetlangtordudenmellemrum" * 4)
    meetings.close_meeting(actor=cast.actor("mette"), at=clock.now(), meeting_id=closed)
    pages = {
        "board": board_path(meeting_id),
        "writing": board_path(meeting_id, f"?ret={_any(meeting_id)}"),
        "new": board_path(meeting_id, "?nyt=next"),
        "show": board_path(meeting_id, "vis/"),
        "closing": board_path(meeting_id, "afslut/"),
        "picture": board_path(closed, "billede/"),
        "not open": board_path(call_meeting(cast)),
        "chime": board_path(open_board(cast, layout="chime")),
    }
    assert cards
    if mode != "standard":
        pages = {name: pages[name] for name in ("writing", "show", "closing", "picture")}
    page = device("mette", "/sund/")
    faults = []
    for name, path in pages.items():
        page.goto(site + path)
        page.evaluate("mode => { document.documentElement.dataset.mode = mode }", mode)
        faults += [f"{name}: {found}" for found in violations(page)]
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                faults.append(f"{name}: {over} px too wide at {width}")
        faults += [f"{name}: small target {text!r}" for text in page.evaluate(SMALL_TARGETS)]
        page.set_viewport_size({"width": 1440, "height": 810})
    assert faults == [], json.dumps(faults, indent=1, ensure_ascii=False)


def _any(meeting_id: UUID) -> UUID:
    return Card.objects.filter(meeting_id=meeting_id, kind="agreement").values_list("id", flat=True)[0]


def test_the_focused_field_is_never_under_the_foot(cast: Cast, device: Open) -> None:
    meeting_id = open_board(cast)
    for n in range(6):
        write(cast, meeting_id, "mette", "next", f"Aftale nummer {n}", who="Ida", when="i morgen")
    page = device("mette", board_path(meeting_id))
    saved(page)
    page.keyboard.press("3")
    page.keyboard.press("n")
    page.keyboard.type("Endnu en")
    for _ in range(8):
        covered = page.evaluate(COVERED)
        assert not covered
        page.keyboard.press("Tab")


def test_where_a_stream_finds_no_room_the_device_asks(cast: Cast, device: Open, settings: Any) -> None:
    settings.BOARD_STREAMS = 0
    meeting_id = open_board(cast)
    karla = device("karla", board_path(meeting_id))
    saved(karla)
    write(cast, meeting_id, "ida", "works", "Koret")
    expect(card(karla, "Koret")).to_be_visible(timeout=3000)


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
