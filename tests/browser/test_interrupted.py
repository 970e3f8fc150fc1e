"""What happens to words when the browser crashes, the log-in runs out, the line breaks or the server is away (T13)."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.browser.person import People, Person
from tests.cast import Cast
from tests.scenarios import FullCase, full_case

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEED = int(os.environ.get("BATTERY_SEED", "20261124"))
FULL = int(os.environ.get("BATTERY_RUNS", "60"))
MOST_LOST = 5.0
STORED = "JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
DATABASES = "indexedDB.databases().then((all) => all.length)"


@dataclass(frozen=True)
class Place:
    """A form in which somebody writes; `field` is where."""

    who: str
    path: str
    field: str
    unfold: str = ""

    def open(self, person: Person) -> Locator:
        person.go(self.path)
        place = person.page.locator(self.field).first
        if self.unfold and not place.is_visible():
            person.page.locator("summary").filter(has_text=self.unfold).first.click()
        return place


@dataclass
class Typing:
    """Words as they are typed, each with its moment."""

    person: Person
    at: list[float] = field(default_factory=list)

    def go_on(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.person.page.keyboard.type(f" ord{len(self.at)}")
            self.at.append(time.monotonic())
            self.person.page.wait_for_timeout(60)

    def lost(self, text: str, *, when: float) -> float:
        """How many seconds of typing before the moment `when` are not in the text."""
        words = set(text.split())
        gone = [at for number, at in enumerate(self.at) if f"ord{number}" not in words]
        return when - min(gone) if gone else 0.0


def away(route: Route) -> None:
    route.abort("connectionrefused")


def crash(page: Page) -> Page:
    """The page's process dies at once: no farewell of any kind reaches the server."""
    context = page.context
    with pytest.raises(Error):
        page.goto("chrome://crash")
    fresh = context.new_page()
    page.close()
    return fresh


def crashes(person: Person, typing: Typing, choose: random.Random) -> None:
    typing.go_on(choose.uniform(1.5, 5))


def the_line_breaks(person: Person, typing: Typing, choose: random.Random) -> None:
    typing.go_on(choose.uniform(0.5, 2))
    person.page.context.set_offline(True)
    typing.go_on(choose.uniform(1, 4))
    person.page.context.set_offline(False)
    typing.go_on(MOST_LOST)


def the_server_is_away(person: Person, typing: Typing, choose: random.Random) -> None:
    typing.go_on(choose.uniform(0.5, 2))
    person.page.context.route("**/*", away)
    typing.go_on(choose.uniform(1, 2))
    person.page.context.unroute("**/*")
    typing.go_on(MOST_LOST)


def the_log_in_runs_out(person: Person, typing: Typing, choose: random.Random) -> None:
    typing.go_on(choose.uniform(1.5, 3))
    person.page.context.clear_cookies(name="sessionid")
    typing.go_on(choose.uniform(0.2, 2))


Accident = Callable[[Person, Typing, random.Random], None]
ACCIDENTS: list[Accident] = [crashes, the_line_breaks, the_server_is_away, the_log_in_runs_out]


def places_of(cast: Cast, made: FullCase) -> list[Place]:
    case = [cast.case_id]
    return [
        Place("Mette Bjerre", reverse("authority:goal_change", args=[made.goal]), "#id_citizen_words"),
        Place("Jonas Lykke", reverse("provider:ask", args=[made.order]), "#id_text"),
        Place("Mette Bjerre", reverse("authority:case", args=case), "form[action$='/opgave/'] [name=text]", "Skriv en"),
        Place("Jonas Lykke", reverse("provider:case", args=case), "#notat textarea[name=text]"),
        Place("Mette Bjerre", reverse("authority:purpose", args=case), "#id_wording"),
        Place("Karla Holm", reverse("citizen:change"), "#id_words"),
    ]


def run(person: Person, place: Place, accident: Accident, choose: random.Random) -> float:
    """Write, have the accident, come back. How many seconds of typing were lost; all else must be as it should."""
    target = place.open(person)
    target.click()
    person.page.keyboard.press("Control+End")
    typing = Typing(person)
    accident(person, typing, choose)
    stored = person.page.evaluate(STORED)
    assert "ord0" not in stored
    assert person.page.evaluate(DATABASES) == 0
    when = time.monotonic()
    if accident is the_log_in_runs_out:
        target.evaluate("field => field.form.requestSubmit()")
        person.sees("Du er logget af")
        person.press("Log på igen")
        person.press(place.who)
        person.sees("Velkommen tilbage")
        lost = typing.lost(person.page.inner_text("main"), when=when)
        place.open(person)
    else:
        person.page = crash(person.page)
        again = place.open(person)
        expect(person.page.locator(".draft-restored").first).to_contain_text("er hentet frem")
        lost = typing.lost(again.input_value(), when=when)
    throw_away(person)
    return lost


def throw_away(person: Person) -> None:
    for _ in range(2):
        if person.page.get_by_role("button", name="Smid kladden væk").count():
            person.page.get_by_role("button", name="Smid kladden væk").first.click()
            person.sees("Kladden er smidt væk.")


def runs(somebody: People, cast: Cast, number: int) -> list[float]:
    choose = random.Random(SEED)  # noqa: S311
    places = places_of(cast, full_case(cast, now=timezone.localtime()))
    people = {who: somebody(who) for who in sorted({place.who for place in places})}
    lost = []
    for turn in range(number):
        place, accident = places[turn % len(places)], ACCIDENTS[turn % len(ACCIDENTS)]
        lost.append(run(people[place.who], place, accident, choose))
    return lost


def test_no_accident_costs_more_than_five_seconds_of_typing(somebody: People, cast: Cast) -> None:
    assert max(runs(somebody, cast, 4)) <= MOST_LOST


@pytest.mark.battery
def test_sixty_accidents(somebody: People, cast: Cast) -> None:
    lost = runs(somebody, cast, FULL)
    print(f"{len(lost)} runs, at most {max(lost):.1f} s of typing lost")  # noqa: T201
    assert max(lost) <= MOST_LOST


def test_without_drafts_the_words_are_gone(somebody: People, cast: Cast) -> None:
    """Negative control: what is typed is not kept."""
    place = places_of(cast, full_case(cast, now=timezone.localtime()))[1]
    jonas = somebody(place.who)
    jonas.page.context.route("**/kladde/**", away)
    with pytest.raises(AssertionError, match="er hentet frem"):
        run(jonas, place, crashes, random.Random(SEED))  # noqa: S311
