"""Walks every page that a person can reach by links: axe, no sideways scroll, no error in the console."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page

from tests.cast import Cast
from tests.scenarios import full_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FULL = {"runOnly": {"type": "tag", "values": TAGS}}
COLOURS_AND_TARGETS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
SCREENS = {"360 px": (360, 740), "200 %": (640, 450), "400 %": (320, 256)}
DOWNLOADS = (".pdf", "/pdf/", ".json", "/fhir/", "/strøm/")


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/log-ind/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def reachable(page: Page, site: str) -> Iterator[str]:
    """One address of every kind that links lead to, beginning at the person's home."""
    waiting, kinds = [urlsplit(page.url).path], set()
    while waiting:
        path = waiting.pop(0)
        kind = resolve(path).view_name
        if kind in kinds:
            continue
        kinds.add(kind)
        yield path
        found = page.eval_on_selector_all(
            "a[href]", "links => links.filter(link => link.checkVisibility()).map(link => link.href)"
        )
        own = (urlsplit(link) for link in found if link.startswith(site))
        waiting += [link.path for link in own if not link.path.endswith(DOWNLOADS)]


def opened(page: Page, url: str) -> tuple[int, list[str]]:
    """The page's status and what its console complains of. Only while it loads: axe makes noise of its own."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    page.on("console", listen)
    answer = page.goto(url)
    page.wait_for_timeout(150)
    page.remove_listener("console", listen)
    assert answer is not None
    return answer.status, said


def faults_of(page: Page, path: str) -> list[str]:
    found = _axe(page, path, FULL)
    for mode in ("stor", "rolig", "tavle"):
        page.evaluate("mode => { document.documentElement.dataset.mode = mode }", mode)
        found += [f"{mode}: {fault}" for fault in _axe(page, path, COLOURS_AND_TARGETS)]
    page.evaluate("() => { document.documentElement.dataset.mode = 'standard' }")
    for name, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.append(f"{path}: {over} px for bred ved {name}")
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def _axe(page: Page, path: str, options: dict[str, Any]) -> list[str]:
    violations = Axe().run(page, options=options).response["violations"]
    return [f"{path}: {v['id']} ({len(v['nodes'])}) {v['nodes'][0]['html'][:140]}" for v in violations]


@pytest.mark.parametrize(
    ("person", "at_least"), [("Mette Bjerre", 10), ("Jonas Lykke", 8), ("Karla Holm", 8), ("Lene Krag", 10)]
)
def test_every_page_is_for_everybody(page: Page, site: str, cast: Cast, person: str, at_least: int) -> None:
    full_case(cast, now=timezone.localtime())
    problems: list[str] = []
    log_in(page, site, person)
    seen = []
    for path in reachable(page, site):
        status, said = opened(page, site + path)
        seen.append(path)
        problems += [f"{path}: {words}" for words in said]
        if status != 200:
            problems.append(f"{path}: {status}")
            continue
        problems += faults_of(page, path)
    assert not problems, "\n".join(problems)
    assert len(seen) >= at_least, seen


def test_a_page_with_faults_is_found(page: Page, site: str, cast: Cast) -> None:
    """The control: a picture without words and a box that is too wide are caught."""
    log_in(page, site, "Karla Holm")
    page.evaluate(
        """() => {
            const picture = document.createElement('img');
            picture.src = '/static/shell/mark.svg';
            const wide = document.createElement('div');
            wide.style.width = '2000px';
            wide.textContent = 'bred';
            document.querySelector('main').append(picture, wide);
        }"""
    )
    faults = " ".join(faults_of(page, "/min/"))
    assert "image-alt" in faults
    assert "for bred ved 360 px" in faults
