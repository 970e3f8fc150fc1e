"""The one editor by keyboard alone: marks, a suggestion, a hidden sentence, a draft that comes back, saving."""

import re
import time
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from samspil.contexts.cases.api import Task
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import Draft
from samspil.kernel import clock
from tests.cast import Cast, build_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    cast = build_cast()
    mette = cast.actor("mette", on=clock.today())
    goals.set_purpose(actor=mette, at=clock.now(), case_id=cast.case_id, citizen_words="Jeg vil til koret.")
    goals.add_goal(
        actor=mette, at=clock.now(), case_id=cast.case_id, title="Bussen", if_reached="Slut.", if_not_reached="Videre."
    )
    return cast


def _open(page: Page, site: str, cast: Cast) -> None:
    page.goto(f"{site}/log-ind/")
    page.get_by_role("button", name="Jonas").first.click()
    page.goto(f"{site}/notat/{cast.case_id}/skriv/")


def _wait_for_draft(page: Page, reason: str) -> None:
    """At most five seconds after the last key."""
    for _ in range(50):
        kept = Draft.objects.first()
        if kept and kept.fields.get("p0-reason") == reason:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the draft was not kept within five seconds")


def test_a_note_is_written_without_a_mouse(page: Page, site: str, people: Cast) -> None:
    _open(page, site, people)
    text = page.get_by_role("textbox", name=re.compile("Skriv, hvad der skete"))
    chips = page.locator(".chips")
    text.focus()
    page.keyboard.type("Karla kørte selv. Jonas ringer om tre dage.")
    expect(chips.get_by_role("button", name="Aftale?")).to_be_visible()
    page.keyboard.press("Alt+Enter")
    expect(text).to_have_value("Karla kørte selv. > Jonas ringer om tre dage.")
    expect(chips.locator(".chip-agreement")).to_contain_text("Jonas")
    page.keyboard.press("Control+z")
    expect(text).to_have_value("Karla kørte selv. Jonas ringer om tre dage.")
    page.keyboard.press("Control+End")
    page.keyboard.press("Alt+4")
    expect(text).to_have_value("Karla kørte selv. > Jonas ringer om tre dage.")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Alt+6")
    expect(text).to_have_value("+ Karla kørte selv. > Jonas ringer om tre dage.")
    expect(page.locator("[data-samspil-said]")).to_have_text("Ressource, Aftale")

    first = page.locator(".chip-panel").first
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    first.get_by_label("Karla skal ikke se det").focus()
    page.keyboard.press("Space")
    first.get_by_label("Hvorfor skal Karla ikke se det?").focus()
    page.keyboard.type("Det er en overraskelse.")
    expect(page.locator("[data-samspil-draft-status]")).to_contain_text("Gemt som kladde")
    _wait_for_draft(page, "Det er en overraskelse.")
    page.reload()
    expect(page.locator("[data-samspil-restored]")).to_contain_text("er hentet frem")
    expect(text).to_have_value("+ Karla kørte selv. > Jonas ringer om tre dage.")

    text.focus()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    note = notes.stream(people.actor("jonas", on=clock.today()), people.case_id)[0]
    assert [(s.kind, s.hidden_reason) for s in note.segments] == [
        ("resource", "Det er en overraskelse."),
        ("agreement", ""),
    ]
    assert Task.objects.get().owner_name == "Jonas Lykke"
    assert not Draft.objects.exists()


def test_what_is_wrong_stays_at_its_field(page: Page, site: str, people: Cast) -> None:
    """The page comes back already read; reading it again at once would wipe the error away."""
    _open(page, site, people)
    text = page.get_by_role("textbox", name=re.compile("Skriv, hvad der skete"))
    text.fill("= Karla er bange.")
    panel = page.locator(".chip-panel").first
    panel.locator("summary").click()
    panel.get_by_label("Karla skal ikke se det").check()
    expect(panel.get_by_text("Skjult", exact=True)).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Gem notat").click()
    page.wait_for_timeout(800)
    reason = page.get_by_label("Hvorfor skal Karla ikke se det?")
    expect(reason).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".chip-panel .form-error-message")).to_contain_text("Skriv, hvorfor")
    reason.fill("Vi taler om det først.")
    with page.expect_navigation():
        page.get_by_role("button", name="Gem notatet").click()
    assert notes.stream(people.actor("jonas", on=clock.today()), people.case_id)[0].segments[0].hidden_reason


def test_a_draft_is_kept_while_one_writes_and_when_one_leaves(page: Page, site: str, people: Cast) -> None:
    """At least every five seconds under steady typing, and at once when the page is left."""
    _open(page, site, people)
    text = page.get_by_role("textbox", name=re.compile("Skriv, hvad der skete"))
    kept: list[float] = []
    page.on("request", lambda sent: kept.append(time.monotonic()) if "/kladde/" in sent.url else None)
    begun = time.monotonic()
    while time.monotonic() - begun < 6:
        text.press("a")
        page.wait_for_timeout(150)
    waits = [later - earlier for earlier, later in pairwise([begun, *kept])]
    assert kept
    assert max(waits) <= 5, waits
    text.fill("Skrevet lige før jeg gik.")
    page.goto(f"{site}/udfoerer/min-dag/")
    page.goto(f"{site}/notat/{people.case_id}/skriv/")
    expect(text).to_have_value("Skrevet lige før jeg gik.")
    expect(page.locator("[data-samspil-restored]")).to_contain_text("er hentet frem")


def test_the_keys_can_be_switched_off(page: Page, site: str, people: Cast) -> None:
    _open(page, site, people)
    text = page.get_by_role("textbox", name=re.compile("Skriv, hvad der skete"))
    page.get_by_text("Tegn og taster", exact=True).click()
    page.get_by_label("Brug Alt og tal som genvej").uncheck()
    text.fill("Karla kørte selv.")
    page.keyboard.press("Alt+6")
    page.wait_for_timeout(300)
    expect(text).to_have_value("Karla kørte selv.")
    page.get_by_role("button", name="Ressource").click()
    expect(text).to_have_value("+ Karla kørte selv.")
    page.reload()
    page.get_by_text("Tegn og taster", exact=True).click()
    expect(page.get_by_label("Brug Alt og tal som genvej")).not_to_be_checked()
