"""Log-in in a real browser at a real provider: there and back, out again, and the pages for those who stay outside."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from samspil.contexts.access.api import Event, Login
from samspil.web.identity import provider_talk
from samspil.web.identity.configuration import Provider
from tests.browser.test_every_page import faults_of
from tests.cast import Cast
from tests.web.identity.conftest import BROWSER_SITE, NSIS, RealProvider

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MY_DAY = "/myndighed/min-dag/"
STAFF, CITIZEN = "Log ind som medarbejder", "Log ind med MitID"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """At the address that the provider knows, so that its back-channel finds us. Once: a port rests after use."""
    running = LiveServer(urlsplit(BROWSER_SITE).netloc)
    yield BROWSER_SITE
    running.stop()


@pytest.fixture
def our_site(transactional_db: None, known: Cast, server: str) -> str:
    return server


def show_who(page: Page, who: str, *, acr: str = "") -> None:
    """The provider's own page."""
    expect(page.get_by_role("heading", name="Log ind hos udbyderen")).to_be_visible()
    page.get_by_label("Hvem").fill(who)
    page.get_by_label("Niveau").fill(acr)
    page.get_by_role("button", name="Log ind").click()


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("SAMSPIL_PICTURES"):
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 740})
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_in_through_the_provider_and_out_again(our_site: str, known: Cast, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="da-DK")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(our_site + MY_DAY)
    page.get_by_role("button", name=STAFF).click()
    show_who(page, "mette-7f3a")
    expect(page).to_have_url(our_site + MY_DAY)
    assert Login.objects.count() == 1
    page.locator("summary", has_text="Mette Bjerre").click()
    page.get_by_role("button", name="Log af").click()
    expect(page.get_by_role("heading", name="Log ud hos udbyderen")).to_be_visible()
    page.get_by_role("button", name="Ja, log mig ud").click()
    expect(page).to_have_url(re.compile(r"/log-ud/farvel/"))
    page.goto(our_site + MY_DAY)
    expect(page.get_by_role("button", name=STAFF)).to_be_visible()
    assert Login.objects.count() == 0
    assert [words for words in said if our_site in words or "Security Policy" in words] == []
    context.close()


def test_who_logs_out_at_the_provider_is_logged_out_here(
    our_site: str, known: Cast, page: Page, real_provider: RealProvider
) -> None:
    """Back-channel: the real provider posts its token to us."""
    page.goto(our_site + MY_DAY)
    page.get_by_role("button", name=STAFF).click()
    show_who(page, "mette-7f3a")
    expect(page).to_have_url(our_site + MY_DAY)
    page.goto(f"{real_provider.issuer}/session/end")
    page.get_by_role("button", name="Ja, log mig ud").click()
    page.wait_for_load_state()
    assert Event.objects.get(kind="login.ended_by_provider").subject_id == known.mette.id
    assert Login.objects.count() == 0
    page.goto(our_site + MY_DAY)
    expect(page.get_by_role("button", name=STAFF)).to_be_visible()


def test_the_pages_outside_are_for_everybody(
    our_site: str,
    known: Cast,
    page: Page,
    providers: tuple[Provider, Provider],
    settings: Any,
    real_provider: RealProvider,
) -> None:
    problems: list[str] = []

    def look(name: str, *words: str) -> None:
        for text in words:
            expect(page.locator("main")).to_contain_text(text)
        picture(page, name)
        problems.extend(faults_of(page, name))

    page.goto(f"{our_site}/log-ind/")
    look("log-ind", STAFF, CITIZEN)
    page.goto(f"{our_site}/log-ud/farvel/")
    look("farvel", "Luk browseren")
    for who, acr, name, words in (
        ("mette-7f3a", NSIS + "Low", "lavt-niveau", "Betydelig"),
        ("otto-55aa", "", "ingen-rolle", "Du har ingen rolle her"),
        ("ukendt-9d9d", "", "ukendt", "Din kode er"),
    ):
        page.context.clear_cookies()
        page.goto(f"{our_site}/log-ind/")
        page.get_by_role("button", name=STAFF).click()
        show_who(page, who, acr=acr)
        look(name, words)
    page.goto(f"{our_site}/log-ind/retur/?state=x")
    look("for-sent", "Begynd forfra")
    settings.IDENTITY_PROVIDERS = (replace(providers[0], issuer="http://127.0.0.1:9"), providers[1])
    provider_talk.forget()
    page.goto(f"{our_site}/log-ind/")
    page.get_by_role("button", name=STAFF).click()
    look("svarer-ikke", "Log-in svarer ikke lige nu")
    assert not problems, "\n".join(problems)


def test_confirming_who_you_are_is_a_page_for_everybody(our_site: str, known: Cast, page: Page) -> None:
    page.goto(our_site + MY_DAY)
    page.get_by_role("button", name=STAFF).click()
    show_who(page, "mette-7f3a")
    expect(page).to_have_url(our_site + MY_DAY)
    page.goto(f"{our_site}/log-ind/?igen=1&next={MY_DAY}")
    picture(page, "bekraeft")
    assert faults_of(page, "bekraeft") == []
    page.get_by_role("button", name=STAFF).click()
    show_who(page, "mette-7f3a")
    expect(page).to_have_url(our_site + MY_DAY)
