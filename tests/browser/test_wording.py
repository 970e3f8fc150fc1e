"""The check of wording in a real browser: marks that follow the words, the panel, the keyboard, and no script."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "Såfremt Karla ringer, svarer vi snarest. Hun påstår, at hun er træt. Ligeledes 😀 anmoder hun om hjælp."
MARKED = """() => [...document.querySelectorAll(".wording-mirror mark")].map((mark) => mark.textContent)"""
PLACES = """() => {
  const [mirror, field] = [".wording-mirror", ".wording-field textarea"].map((s) => document.querySelector(s));
  const [a, b] = [getComputedStyle(mirror), getComputedStyle(field)];
  const same = ["fontSize", "lineHeight", "paddingLeft", "paddingTop", "borderLeftWidth", "letterSpacing"];
  const [m, f] = [mirror.getBoundingClientRect(), field.getBoundingClientRect()];
  return [same.filter((name) => a[name] !== b[name]), m.width === f.width, m.left === f.left, m.top === f.top];
}"""


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


@pytest.fixture(autouse=True)
def at_rest(page: Page, people: Cast) -> Iterator[None]:
    """No look is under way when the database is emptied."""
    yield
    page.goto("about:blank")
    page.wait_for_timeout(700)


def write(page: Page, site: str, cast: Cast, who: str = "Jonas") -> None:
    page.goto(f"{site}/log-ind/")
    page.get_by_role("button", name=who).first.click()
    page.goto(f"{site}/notat/{cast.case_id}/skriv/")


def test_words_are_marked_while_one_writes_and_dealt_with_by_keyboard(page: Page, site: str, people: Cast) -> None:
    write(page, site, people)
    text = page.locator("textarea[name=text]")
    text.focus()
    page.keyboard.type(TEXT)
    panel = page.locator(".wording-panel")
    expect(panel.locator("summary")).to_have_text("4 forslag til sproget")
    assert page.evaluate(MARKED) == ["Såfremt", "snarest", "påstår"]
    assert page.evaluate(PLACES) == [[], True, True, True]
    page.keyboard.press("Alt+N")
    assert (
        page.evaluate(
            "getSelection().toString() || document.activeElement.value.slice("
            "document.activeElement.selectionStart, document.activeElement.selectionEnd)"
        )
        == "påstår"
    )
    page.keyboard.press("Alt+I")
    expect(panel.locator("summary")).to_have_text("3 forslag til sproget")
    page.keyboard.press("Alt+N")
    page.keyboard.press("Alt+R")
    expect(text).to_have_value(TEXT.replace("Såfremt", "Hvis"))
    page.keyboard.press("Control+z")
    expect(text).to_have_value(TEXT)


def test_marks_follow_their_words_past_what_is_typed_before_them(page: Page, site: str, people: Cast) -> None:
    write(page, site, people)
    text = page.locator("textarea[name=text]")
    text.fill("Hun er glad. Hun påstår, at hun kan. 😀 Ligeledes kan hun synge.")
    expect(page.locator(".wording-mirror mark")).to_have_count(2)
    text.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("I dag: 😀 ")
    assert page.evaluate(MARKED) == ["påstår", "Ligeledes"], "at once, before the server has looked again"


@pytest.mark.parametrize("width", [1280, 360])
def test_marks_lie_under_the_words_in_an_invitation_too(page: Page, site: str, people: Cast, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    write(page, site, people, "Mette")
    page.goto(site + reverse("meetings:call", args=[people.case_id]))
    page.locator("textarea[name=purpose]").fill("Hjælpen bevilges på baggrund af din ansøgning.")
    expect(page.locator(".wording-mirror mark")).to_have_count(2)
    assert page.evaluate(PLACES) == [[], True, True, True]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_button_opens_the_panel_and_says_when_all_is_well(page: Page, site: str, people: Cast) -> None:
    write(page, site, people)
    page.locator("textarea[name=text]").fill("Karla cyklede til bageren i dag.")
    page.get_by_role("button", name="Tjek sproget").click()
    expect(page.get_by_text("Der er ikke noget at bemærke.")).to_be_visible()
    expect(page.locator(".wording-frame [role=status]")).to_have_text("Sproget er klart")


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_reaches_beyond(page: Page, site: str, people: Cast, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    write(page, site, people)
    page.locator("textarea[name=text]").fill(TEXT)
    page.get_by_role("button", name="Tjek sproget").click()
    expect(page.locator(".wording-finding").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_script_a_new_tab_tells_and_the_text_stays(browser: Browser, site: str, people: Cast) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    write(page, site, people, "Mette")
    page.locator("textarea[name=text]").fill(TEXT)
    with context.expect_page() as opened:
        page.get_by_role("button", name="Tjek sproget").click()
    told = opened.value
    expect(told.get_by_role("heading", name="Tjek af sproget", level=1)).to_be_visible()
    expect(told.locator(".wording-text mark")).to_have_count(3)
    expect(page.locator("textarea[name=text]")).to_have_value(TEXT)
    context.close()
