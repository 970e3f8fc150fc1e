"""Nobody's words are lost and nothing happens twice, however many write at the same things at once (T9)."""

import os
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samspil.web.shell import once, writing
from tests.cast import NOW, Cast
from tests.scenarios import full_case
from tests.web.racing import Racers, Thing, doubled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SEED = int(os.environ.get("BATTERY_SEED", "20261124"))
FULL = int(os.environ.get("BATTERY_POSTS", "10000"))
Start = Callable[[int], Racers]


@pytest.fixture
def start(cast: Cast, client_for: Callable[[str], Client]) -> Start:
    made = full_case(cast, now=NOW)

    def of_case(name: str) -> str:
        return reverse(f"authority:{name}", args=[cast.case_id])

    things = [
        Thing(reverse("authority:goal_change", args=[made.goal]), "citizen_words"),
        Thing(of_case("purpose"), "citizen_words"),
        Thing(of_case("contact"), "words"),
        Thing(of_case("reach"), "email"),
    ]
    people = [client_for(name) for name in ("mette", "lene")]
    return lambda posts: Racers(people, things, cast.case_id, made.order, posts)


def race_of(racers: Racers) -> None:
    race = racers.run(SEED)
    lost = {thing.address: thing.lost(racers.clients[0]) for thing in racers.things}
    print(f"{race.posts} posts, {race.saved} texts saved, {race.conflicts} conflicts, {len(race.once)} made once")  # noqa: T201
    assert not race.astray, race.astray[:5]
    assert sum(lost.values()) == 0, lost
    assert doubled(race) == {}
    assert race.posts >= 300
    assert race.conflicts > 0
    assert len(race.once) > 20


def test_people_at_the_same_things_lose_nothing_and_double_nothing(start: Start) -> None:
    race_of(start(320))


@pytest.mark.battery
def test_ten_thousand_racing_posts(start: Start) -> None:
    race_of(start(FULL))


def test_without_the_comparison_words_are_lost(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: what stood in the form when it was opened is not looked at."""
    monkeypatch.setattr(writing, "_state_of", lambda form: "always the same")
    racers = start(250)
    racers.things = racers.things[2:]  # the others also have a version in their command
    racers.run(SEED)
    assert sum(thing.lost(racers.clients[0]) for thing in racers.things) > 0


def test_without_receipts_things_are_doubled(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: every copy of a form is carried out."""
    monkeypatch.setattr(once, "_key", lambda request: None)
    racers = start(120)
    assert len(doubled(racers.run(SEED))) > 0
