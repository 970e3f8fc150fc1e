"""Somebody at a screen. What a person would do by keyboard is done by keyboard: Tab, letters, arrows, Enter."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from samspil.web.board.bells import TOWER

FARTHEST = 90
"""Nobody should have to press Tab more often than this to reach something."""
LAPTOP, PHONE = (1280, 800), (360, 740)


@dataclass
class Person:
    """One browser of one's own. `clicks` counts what was pressed or tapped on the way to something."""

    page: Page
    site: str
    clicks: list[str] = field(default_factory=list)

    def log_in(self, name: str) -> None:
        self.go("/log-ind/")
        self.press(re.compile(name))

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.site + path)
        assert answer is not None
        assert answer.status == 200, path

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("link", name=name).first

    def follow(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self.tap(self.link(name))

    def tab(self, name: str) -> None:
        """One of the tabs of the case."""
        with self.page.expect_navigation():
            self.tap(self.page.locator("nav.tabs").get_by_role("link", name=name))

    def tap(self, target: Locator) -> None:
        self.clicks.append(target.inner_text())
        target.click()

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus, backwards for what was passed already."""
        expect(target).to_be_visible()
        behind = target.evaluate(
            "to => !!(to.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
        )
        for _ in range(FARTHEST):
            if target.evaluate("to => document.activeElement === to"):
                return
            self.page.keyboard.press("Shift+Tab" if behind else "Tab")
        raise AssertionError(f"Tab never came to {target}")

    def write(self, label: str, text: str, *, within: Locator | None = None) -> None:
        target = (within or self.page).get_by_label(label).first
        self.tab_to(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def pick(self, label: str, choice: str, *, within: Locator | None = None) -> None:
        """A choice in a drop-down list: its first letters (those before the first æ, ø or å), then the arrow."""
        target = (within or self.page).get_by_label(label).first
        self.tab_to(target)
        self.page.keyboard.type("".join(takewhile(str.isascii, choice)))
        for _ in range(target.locator("option").count()):
            if target.evaluate("list => list.selectedOptions[0].textContent.trim()").startswith(choice):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{choice} cannot be chosen under {label}")

    def choose(self, legend: str, choice: str) -> None:
        """One of a few large tiles, with the arrow keys."""
        group = self.page.get_by_role("group", name=legend)
        tiles = group.get_by_role("radio")
        wanted = group.get_by_label(choice, exact=True)
        checked = group.locator("input:checked")
        self.tab_to(checked if checked.count() else tiles.first)
        self.page.keyboard.press("Space")
        for _ in range(tiles.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{choice} cannot be chosen under {legend}")

    def tick(self, label: str, *, within: Locator | None = None) -> None:
        target = (within or self.page).get_by_label(label).first
        self.tab_to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def unfold(self, summary: str) -> None:
        self.tab_to(self.page.locator("summary").filter(has_text=summary).first)
        self.page.keyboard.press("Enter")

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """A button that leads on, reached with Tab and pressed with Enter."""
        target = (within or self.page).get_by_role("button", name=name).first
        self.tab_to(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_not(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)


People = Callable[..., Person]


@pytest.fixture
def somebody(browser: Browser, site: str) -> Iterator[People]:
    """`somebody("Mette Bjerre")` at a laptop, `somebody("Karla Holm", PHONE)`; without a name nobody is logged in."""
    contexts, errors = [], []

    def sit_down(name: str = "", screen: tuple[int, int] = LAPTOP) -> Person:
        context = browser.new_context(
            viewport={"width": screen[0], "height": screen[1]}, locale="da-DK", has_touch=screen == PHONE
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        person = Person(page, site)
        if name:
            person.log_in(name)
        return person

    yield sit_down
    for context in contexts:
        context.close()
    TOWER.stop()
    assert errors == []
