"""V14: what a relative may is taken back in two taps from the citizen's home, and gone at the next request."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.person import PHONE, People, Person
from tests.browser.test_need_to_decision import SHOTS, WIDE
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def karla_and_ida(somebody: People, cast: Cast) -> tuple[Person, Person]:
    """Both at a telephone. Karla has said yes to her sister Ida."""
    return somebody("Karla Holm", PHONE), somebody("Ida Holm", PHONE)


def looked_at(person: Person, name: str) -> None:
    assert violations(person.page) == [], name
    assert not person.page.evaluate(WIDE), name
    if SHOTS:
        person.page.screenshot(path=str(Path(SHOTS) / f"adgang-{name}-360.png"), full_page=True)


def test_taken_back_in_two_taps_and_gone_at_the_next_request(karla_and_ida: tuple[Person, Person]) -> None:
    karla, ida = karla_and_ida
    ida.go(reverse("citizen:plan"))
    expect(ida.page.locator(".acting-for")).to_contain_text("Du handler for Karla (samtykke)")
    looked_at(ida, "1-paaroerendes-plan")

    karla.go(reverse("citizen:home"))
    karla.follow("Hvem må se hvad")
    looked_at(karla, "2-hvem-maa-se-hvad")
    with karla.page.expect_navigation():
        karla.tap(karla.page.get_by_role("button", name="Stop adgang for Ida"))
    expect(karla.page.get_by_role("status").first).to_contain_text("Ida kan ikke se mere nu.")
    karla.sees("Ida kan ikke se noget.")
    assert len(karla.clicks) == 2, karla.clicks
    looked_at(karla, "3-stoppet")

    answers = [ida.page.reload(), ida.page.goto(ida.site + reverse("citizen:home"))]
    assert [answer and answer.status for answer in answers] == [404, 404]
    ida.sees("Du har ikke adgang lige nu")
    expect(ida.page.locator(".acting-for")).to_have_count(0)
    looked_at(ida, "4-paaroerende-bagefter")

    with karla.page.expect_navigation():
        karla.tap(karla.page.get_by_role("button", name="Fortryd"))
    karla.sees_not("Ida kan ikke se noget.")
    ida.go(reverse("citizen:plan"))
