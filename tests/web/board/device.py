"""A board in a browser of one's own, and what a person does there."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samspil.web.board.bells import TOWER
from tests.cast import Cast

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
