"""Opens every page there is: axe in four modes, no sideways scroll, no error in the console, and links that lead on."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import pytest
from django.urls import resolve, reverse
from django.utils import timezone
from playwright.sync_api import ConsoleMessage, Page

from samspil.contexts.access.api import DisplayMode
from samspil.contexts.feedback import api as feedback
from tests.addresses import addresses, everything_about_karla
from tests.axe import violations
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCREENS = {"360 px": (360, 740), "200 %": (640, 450), "400 %": (320, 256)}
NO_PAGES = ("/strøm/", "/trin/", "/sund/", "/udvikler/komponenter/")


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/log-ind/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def pages(page: Page, site: str, found: Iterator[str], only: str) -> Iterator[str]:
    """Every address that answers this person with a page, and one of each kind that the pages' own links lead to."""
    waiting, met, kinds = [*found], set(), set()
    while waiting:
        path = unquote(waiting.pop(0))
        if path in met or path.endswith(NO_PAGES) or only not in path:
            continue
        met.add(path)
        answer = page.request.get(site + path, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        kinds.add(resolve(path).view_name)
        yield path
        links = page.eval_on_selector_all(
            "a[href]", "links => links.filter(link => link.checkVisibility()).map(link => link.href)"
        )
        own = (urlsplit(link).path for link in links if link.startswith(site))
        waiting += [one for one in own if resolve(unquote(one)).view_name not in kinds]


def opened(page: Page, url: str) -> tuple[int, list[str]]:
    """The page's status and what its console complains of. Only while it loads: axe makes noise of its own, and late
    noise about the page before ends where that page does."""
    page.goto("about:blank")
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
    found = []
    for mode in DisplayMode.values:
        page.evaluate("mode => { document.documentElement.dataset.mode = mode }", mode)
        found += [f"{path}, {mode}: {each}" for each in violations(page)]
        for name, (width, height) in SCREENS.items():
            page.set_viewport_size({"width": width, "height": height})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 0:
                found.append(f"{path}, {mode}: {over} px for bred ved {name}")
        page.set_viewport_size({"width": 1280, "height": 800})
    return found


def looked_through(page: Page, site: str, path: str, *, status: int = 200) -> list[str]:
    answered, said = opened(page, site + path)
    problems = [f"{path}: {words}" for words in said if status == 200]  # the browser itself reports a 404
    return problems + ([] if answered == status else [f"{path}: {answered}"]) + faults_of(page, path)


@pytest.mark.parametrize(
    ("person", "only", "at_least"),
    [
        ("Mette Bjerre", "", 60),
        ("Jonas Lykke", "", 30),
        ("Karla Holm", "", 20),
        ("Ida Holm", "", 10),
        ("Lene Krag", "/moede/opsaetninger/", 3),
        ("Lene Krag", "/ledelse/noedadgang/", 2),
        ("Lene Krag", "/ledelse/regler/", 2),
        ("Lene Krag", "/ledelse/laering/", 1),
        ("Vita Lund", "/myndighed/noedadgang/", 1),
    ],
)
def test_every_page_is_for_everybody(page: Page, site: str, cast: Cast, person: str, only: str, at_least: int) -> None:
    found = addresses(*everything_about_karla(cast, now=timezone.localtime()))
    log_in(page, site, person)
    problems: list[str] = []
    seen = []
    for path in pages(page, site, found, only):
        seen.append(path)
        problems += looked_through(page, site, path)
    assert not problems, "\n".join(problems)
    assert len(seen) >= at_least, seen


def test_the_pages_outside_are_for_everybody(page: Page, site: str, cast: Cast) -> None:
    """Without a log-in: picking a person, an address that is not there, the answer by a one-time link."""
    made, _ = everything_about_karla(cast, now=timezone.localtime())
    problems = looked_through(page, site, "/log-ind/")
    problems += looked_through(page, site, "/findes/ikke/", status=404)
    token = feedback.invite(
        actor=cast.actor("mette"),
        at=timezone.localtime(),
        case_id=cast.case_id,
        meeting_id=made.open_board,
        key=uuid4(),
    )
    problems += looked_through(page, site, reverse("meetings:feedback_by_link", args=[token]))
    problems += looked_through(page, site, reverse("published:deadlines", args=[991]))
    assert not problems, "\n".join(problems)


def test_pages_with_errors_are_for_everybody(page: Page, site: str, cast: Cast) -> None:
    """A form sent empty, and what somebody sees whose log-in ran out."""
    everything_about_karla(cast, now=timezone.localtime())
    log_in(page, site, "Mette Bjerre")
    problems = []
    for view in ("authority:new_referral", "meetings:call", "authority:goal_new", "authority:order_new"):
        page.goto(site + reverse(view, args=[cast.case_id] if view != "authority:new_referral" else []))
        page.locator("main form[method=post]").last.evaluate(
            "form => { form.noValidate = true; for (const e of form.elements) if (e.value && e.type !== 'hidden' "
            "&& e.localName !== 'button') { e.value = '31.02.' } form.submit() }"
        )
        page.wait_for_url("**")
        page.locator(".error-summary, .form-error-message").first.wait_for()
        problems += faults_of(page, f"{view} med fejl")
    page.context.clear_cookies(name="sessionid")
    page.locator("main form[method=post]").last.evaluate("form => form.submit()")
    page.get_by_role("heading", name="Du er logget af").wait_for()
    problems += faults_of(page, "logget af")
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("mode", DisplayMode.values)
def test_a_page_with_faults_is_found(page: Page, site: str, cast: Cast, mode: str) -> None:
    """The control: a picture without words and a box that is too wide are caught, in each mode by itself."""
    log_in(page, site, "Karla Holm")
    page.evaluate(
        """mode => {
            const picture = document.createElement('img');
            picture.src = '/static/shell/mark.svg';
            const wide = document.createElement('div');
            wide.style.width = '2000px';
            wide.textContent = 'bred';
            document.querySelector('main').append(picture, wide);
            const rule = new CSSStyleSheet();
            rule.replaceSync(`:root:not([data-mode="${mode}"]) main > :nth-last-child(-n+2) { display: none }`);
            document.adoptedStyleSheets.push(rule);
        }""",
        mode,
    )
    faults = " ".join(faults_of(page, "/min/"))
    assert f"/min/, {mode}: image-alt" in faults
    assert f"{mode}: " in faults
    assert "for bred ved 360 px" in faults
    assert [other for other in DisplayMode.values if f"{other}: image-alt" in faults] == [mode]
