"""Every component in a real browser: four modes, small screens, keyboard, without script."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.axe import violations
from tests.web.components import gallery_urls

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.components.gallery_urls"),
]
MODES = ["standard", "stor", "rolig", "tavle"]
CONTROLS = "button, input:not([type=hidden]), select, textarea, summary, a.button, .scale-number"
SIZES = """(selector) => [...document.querySelectorAll(selector)]
  .filter((e) => e.checkVisibility() && !e.matches(".scale-input, .sr-only, .skip-link"))
  .map((e) => [(e.textContent || e.name).trim().slice(0, 30), (e.closest("label") ?? e).getBoundingClientRect()])
  .map(([name, box]) => [name, Math.round(Math.min(box.width, box.height))])"""
BEYOND = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && !e.closest(".sr-only, .skip-link, svg, [data-allow-scroll]"))
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`).slice(0, 5)"""


def gallery(page: Page, site: str, *, mode: str = "standard", room: str = "public") -> None:
    page.goto(f"{site}/udvikler/komponenter/")
    page.evaluate("(data) => Object.assign(document.documentElement.dataset, data)", {"mode": mode, "room": room})


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(page: Page, site: str, mode: str) -> None:
    for room in ("citizen", "professional"):
        gallery(page, site, mode=mode, room=room)
        assert violations(page) == []


def test_axe_finds_nothing_in_an_open_dialog(page: Page, site: str) -> None:
    gallery(page, site)
    page.get_by_role("button", name="Afslut mødet").click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Afslut mødet"


@pytest.mark.parametrize("mode", MODES)
def test_nothing_reaches_beyond_the_screen(page: Page, site: str, mode: str) -> None:
    """A phone, 200 % and 400 % of a laptop."""
    for room in ("citizen", "professional", "board"):
        gallery(page, site, mode=mode, room=room)
        for width, height in ((360, 740), (640, 450), (320, 256), (1280, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(BEYOND) == [], (room, width)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (room, width)


@pytest.mark.parametrize(
    ("room", "mode", "least"),
    [("professional", "standard", 24), ("citizen", "standard", 48), ("citizen", "rolig", 48), ("citizen", "stor", 72)],
)
def test_what_one_presses_is_big_enough(page: Page, site: str, room: str, mode: str, least: int) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    gallery(page, site, mode=mode, room=room)
    assert [row for row in page.evaluate(SIZES, CONTROLS) if row[1] < least] == []
    assert [row for row in page.evaluate(SIZES, "a") if row[1] < 24] == []


def test_focus_is_always_seen_and_the_error_summary_has_it_first(page: Page, site: str) -> None:
    gallery(page, site)
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    unseen = []
    stops: set[str] = set()
    for _ in range(70):  # once round, past the browser's own controls
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        seen = page.evaluate(
            """() => { const e = document.activeElement, n = e.matches(".scale-input") ? e.nextSibling : e;
            const s = getComputedStyle(n); return [s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2,
            e.outerHTML.slice(0, 80)]; }"""
        )
        stops.add(seen[1])
        unseen += [] if seen[0] else [seen[1]]
    assert unseen == []
    assert len(stops) > 40


def test_the_page_is_whole_without_script_and_breaks_no_policy(browser: Browser, site: str) -> None:
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    for script in (True, False):
        page = browser.new_page(java_script_enabled=script)
        page.on("console", note)
        response = page.goto(f"{site}/udvikler/komponenter/", wait_until="networkidle")
        assert response is not None
        assert "'unsafe" not in response.headers["content-security-policy"]
        if not script:
            assert page.get_by_text("Tavlen bliver til notat, aftaler og plan.").is_visible()
            assert not page.get_by_role("button", name="Udskriv").is_visible()
        page.close()
    assert said == []


def test_on_paper_there_are_no_buttons_but_a_date(page: Page, site: str) -> None:
    gallery(page, site)
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Gem").is_visible()
    assert not page.locator(".site-header").is_visible()
    assert page.locator(".printed").is_visible()
    assert page.get_by_role("heading", name="Komponenter").is_visible()


def test_more_for_those_who_want_it_stands_on_paper_with_its_question(page: Page, site: str) -> None:
    gallery(page, site)
    page.emulate_media(media="print")
    more = page.locator("details.details:not(:has(form))").first
    assert more.locator("summary").is_visible()
    assert more.locator(".details-body").is_visible()


def test_nothing_moves_where_movement_is_not_wanted(page: Page, site: str) -> None:
    moving = """() => [...document.querySelectorAll("*")].map((e) => getComputedStyle(e))
      .filter((s) => parseFloat(s.transitionDuration) > 0 || s.animationName !== "none").length"""
    gallery(page, site)
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    gallery(page, site, mode="rolig")
    assert page.evaluate(moving) == 0


def test_read_aloud_needs_a_danish_voice_of_the_device(page: Page, site: str) -> None:
    gallery(page, site)
    assert not page.get_by_role("button", name="Læs højt").first.is_visible()
    page.add_init_script(
        """const voices = [{ lang: "da-DK", localService: true, name: "Sofie" }];
        window.said = [];
        const Utterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
        Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => voices, addEventListener() {},
          cancel() {}, speak(u) { window.said.push(u.text); u.onstart(); setTimeout(() => u.onend(), 10); } } });"""
    )
    gallery(page, site)
    page.evaluate("document.querySelector('.path').id = 'g-path'")
    button = page.locator("[data-samspil-read]").first
    button.evaluate("(e) => { e.dataset.samspilRead = 'g-path' }")
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.wait_for_timeout(300)
    said = page.evaluate("window.said")
    assert said[:3] == ["Jeg kan ruten", "Klaret i september", "Jeg kører med Jonas i bussen"]
    assert said[-1] == "Jeg tager bussen til kor alene"
    assert button.get_attribute("aria-pressed") is None
    page.evaluate(
        """(said) => {
            window.said = [];
            const line = document.createElement('li');
            line.textContent = said;
            document.querySelector('#g-path').replaceChildren(line);
        }""",
        "Dit møde er onsdag den 9. december kl. 10.00. Vi ses.",
    )
    button.click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.said") == ["Dit møde er onsdag den 9. december klokken 10.00.", "Vi ses."]


PROOF = """<!doctype html><html lang="da"><title>Prøve</title>
<script type="module" src="/static/shell/start.js"></script>
<form method="post" action="/sendt/" data-samspil-once {draft}>
<input type="hidden" name="csrfmiddlewaretoken" value="abc"><input type="hidden" name="form_key" value="k">
<textarea name="text"></textarea><button><span>Gem</span></button></form>"""


def proof_page(page: Page, site: str, draft: str = "") -> None:
    html = PROOF.replace("{draft}", draft)
    page.route("**/proeve/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    with page.expect_response("**/once.js"):
        page.goto(f"{site}/proeve/")


def test_a_double_click_sends_once(page: Page, site: str) -> None:
    sent: list[str] = []

    def answer(route: Any) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)  # the page stays, as while an answer is awaited

    page.route("**/sendt/", answer)
    proof_page(page, site)
    page.wait_for_timeout(200)
    page.get_by_role("button", name="Gem").dblclick()
    page.wait_for_timeout(300)
    assert sent == ["POST"]
    assert page.locator("button").text_content() == "Sender …"


def test_what_is_written_is_kept_within_two_seconds_and_tried_again(page: Page, site: str) -> None:
    kept: list[dict[str, Any]] = []
    answers = [500, 200]

    def keep(route: Any) -> None:
        kept.append({"body": route.request.post_data, "token": route.request.headers.get("x-csrftoken")})
        status = answers.pop(0) if answers else 200
        route.fulfill(status=status, body=json.dumps({"at": "10.42"}), content_type="application/json")

    page.route("**/kladde/", keep)
    proof_page(page, site, 'data-samspil-draft="/kladde/"')
    page.wait_for_timeout(200)
    page.locator("textarea").press_sequentially("Karla sover bedre.", delay=5)
    page.get_by_text("Ikke gemt endnu. Vi prøver igen.").first.wait_for(timeout=2500)
    page.get_by_text("Gemt som kladde 10.42").first.wait_for(timeout=4000)
    assert len(kept) == 2
    assert "Karla sover bedre." in kept[0]["body"]
    assert 'name="form_key"' in kept[0]["body"]  # so that a draft that comes after its form is known
    assert "csrfmiddlewaretoken" not in kept[0]["body"]
    assert kept[0]["token"] == "abc"


def test_leaving_the_page_keeps_the_last_word(page: Page, site: str) -> None:
    gallery_urls.drafts.clear()
    proof_page(page, site, 'data-samspil-draft="/kladde/"')
    page.wait_for_timeout(200)
    page.locator("textarea").fill("Det sidste ord")
    page.goto(f"{site}/udvikler/komponenter/")
    page.wait_for_timeout(300)
    assert gallery_urls.drafts == ["Det sidste ord"]
