"""The board in a real browser: the keyboard alone, moving cards, no script, four modes, small screens."""

import json
import re
from uuid import UUID

import pytest
from playwright.sync_api import expect

from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.models import Card
from samspil.kernel import clock
from tests.axe import violations
from tests.boards import call_meeting, fill, open_board, write
from tests.cast import Cast
from tests.web.board.device import Open, begin, board_path, card, saved, shown

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MODES = ["standard", "stor", "rolig", "tavle"]
SCREENS = ((1440, 810), (360, 740), (640, 450), (320, 256))
SMALL_TARGETS = """() =>
  [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden]), .scale-number")]
  .filter((e) => e.checkVisibility() && !e.matches(".sr-only, .skip-link, .scale-input"))
  .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 23.5).map(([text]) => text)"""
COVERED = """() => {
  const { activeElement: held } = document;
  const box = held.getBoundingClientRect();
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return top?.closest(".board-foot") && !held.closest(".board-foot") ? held.outerHTML : "";
}"""


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
