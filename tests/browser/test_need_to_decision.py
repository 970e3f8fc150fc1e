"""From need to decision by keyboard: the funnel, the questions of the law, what is missing, the answer."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.person import People, Person
from tests.cast import Cast
from tests.decisions_world import World, build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
STEPS = ("own_strength", "network", "civil_society", "aids", "rehabilitation", "compensation")
SHOTS = os.environ.get("SAMSPIL_SHOTS", "")
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def world(db: None, cast: Cast) -> World:
    return build_world(cast)


def looked_at(person: Person, name: str) -> None:
    """Nothing for axe to find, and nothing to the side on a phone."""
    assert violations(person.page) == [], name
    for size, screen in (("laptop", {"width": 1280, "height": 800}), ("phone", {"width": 360, "height": 740})):
        person.page.set_viewport_size(screen)  # type: ignore[arg-type]
        assert not person.page.evaluate(WIDE), f"{name} is too wide for a {size}"
        if SHOTS:
            person.page.screenshot(path=str(Path(SHOTS) / f"{name}-{size}.png"), full_page=True)
    person.page.set_viewport_size({"width": 1280, "height": 800})


def test_from_need_to_decision(somebody: People, world: World) -> None:
    mette = somebody("Mette Bjerre")
    mette.go(reverse("decisions:case", args=[world.case_id]))
    looked_at(mette, "1-empty")
    mette.follow("Tag et behov op")
    mette.write("Hvad er der brug for?", "At komme til kor om torsdagen")
    mette.tick("Jeg vil gerne kunne køre med bussen")
    mette.choose("Hvordan kom det frem?", "Sagt i en samtale")
    looked_at(mette, "2-need-new")
    mette.press("Gem behovet")
    mette.sees("At komme til kor om torsdagen", "Det er sagt eller set", "Ikke undersøgt")
    mette.follow("Svar på det næste")
    looked_at(mette, "3-step")
    walk_the_funnel(mette)
    mette.pick("Hvilken paragraf passer bedst", "Socialpædagogisk støtte")
    mette.press("Gem, og vis det næste")
    answer_the_law(mette)
    looked_at(mette, "5-need")
    decide(mette, world)


def walk_the_funnel(mette: Person) -> None:
    for step in STEPS:
        expect(mette.page).to_have_url(re.compile(step))
        mette.choose("Hvad kan det gøre?", "Prøvet, og det var ikke nok")
        mette.tick("Karla kørte tre stop")
        mette.press("Gem, og vis det næste")
    mette.sees("Vælg paragraf")


def answer_the_law(mette: Person) -> None:
    while "/krav/" in mette.page.url:
        mette.tick("Karla kørte tre stop")
        mette.choose("Hvad viser det?", "Taler for hjælp")
        mette.press("Gem, og vis det næste")
    mette.sees("Kunne en anden paragraf dække behovet?")
    looked_at(mette, "4-neighbours")
    for field in mette.page.locator("main textarea").all():
        mette.tab_to(field)
        mette.page.keyboard.insert_text("Det dækker ikke det, Karla har brug for.")
    mette.press("Gem, og vis det næste")
    mette.sees("At komme til kor om torsdagen", "Socialpædagogisk støtte")


def decide(mette: Person, world: World) -> None:
    mette.go(reverse("decisions:case", args=[world.case_id]))
    mette.sees("Undersøgt")
    mette.unfold("Forbered en afgørelse")
    mette.tick("At komme til kor om torsdagen")
    mette.press("Begynd")
    mette.sees("Holder den?", "Du mangler at svare ja eller nej")
    looked_at(mette, "6-draft")
    mette.follow("Svar ja eller nej")
    mette.choose("Hvad er svaret?", "Ja")
    mette.press("Gem svaret")
    mette.write("Hvad får borgeren?", "Bostøtte")
    mette.write("Hvor meget og hvor tit?", "2 timer om ugen")
    mette.write("Hvilke mål arbejder I med?", "Tage bussen alene")
    looked_at(mette, "7-plan")
    mette.press("Gem")
    mette.follow("Ret, hvad der står om afgørelsen")
    mette.write("Hvordan har borgeren været med?", "Vi har læst det sammen hos Karla.")
    mette.write("Hvordan ser det ud på længere sigt?", "Om et år kører Karla selv.")
    mette.press("Gem")
    mette.sees("Når afgørelsen er truffet, ligger den fast")
    looked_at(mette, "8-ready")
    mette.press("Træf afgørelsen")
    mette.sees("Afgørelse: Ja", "Borgeren skal have afgørelsen")
    mette.press("Borgeren har fået den")
    mette.sees("Klagefristen er")
    looked_at(mette, "9-told")
    mette.go(reverse("decisions:case", args=[world.case_id]))
    mette.sees("2 timer om ugen", "I gang")
    looked_at(mette, "10-case")
