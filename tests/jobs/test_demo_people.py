"""Who the demo's people are, and what their days are, without a database."""

import datetime as dt

import pytest

from samspil.jobs.demo import reading
from samspil.jobs.demo.moments import Moments
from samspil.jobs.demo.phrases import phrases
from samspil.jobs.demo.townspeople import Registry, Townsperson, user_names
from samspil.kernel import cpr
from samspil.kernel.clock import DENMARK
from samspil.kernel.workdays import is_workday

TODAY = dt.date(2026, 11, 25)


def everybody() -> list[Townsperson]:
    registry = Registry(reading.municipality(), reading.names(), today=TODAY)
    return [registry.townsperson(story, copy) for story in reading.stories() for copy in range(story.copies)]


def test_about_two_hundred_different_people_live_there_and_they_are_always_the_same() -> None:
    people = everybody()
    assert 190 <= len(people) <= 215
    assert len({person.name for person in people}) == len(people)
    assert len({person.cpr for person in people}) == len(people)
    assert people == everybody()


def test_everybody_is_as_old_as_the_story_says() -> None:
    stories = [story for story in reading.stories() for _ in range(story.copies)]
    for story, person in zip(stories, everybody(), strict=True):
        assert story.age[0] <= person.age <= story.age[1]
        assert cpr.is_fictitious(person.cpr)
        assert cpr.born_on(person.cpr) == person.born_on
        had_birthday = (person.born_on.month, person.born_on.day) <= (TODAY.month, TODAY.day)
        assert TODAY.year - person.born_on.year - (not had_birthday) == person.age


def test_the_named_cast_comes_once_and_can_log_in() -> None:
    people = everybody()
    for name in ("Karla Holm", "Inger Dahl", "Anne-Lise Fabricius"):
        assert [person.has_log_in for person in people if person.name == name] == [True]
    assert sum(person.has_log_in for person in people) == 9


def test_a_name_to_log_in_with_is_plain() -> None:
    assert list(user_names(["Karla Holm", "Søren Aaby", "Anne-Lise Fabricius"])) == [
        "karla-holm",
        "soeren-aaby",
        "anne-lise-fabricius",
    ]


@pytest.mark.parametrize("name", sorted(phrases()))
def test_a_phrase_names_only_what_every_story_knows(name: str) -> None:
    assert phrases()[name].placeholders() <= {"first", "name", "worker", "caseworker", "provider"}


@pytest.mark.parametrize("hour", [0, 7, 12, 23])
@pytest.mark.parametrize("day", [23, 26, 28, 29])
def test_everything_that_has_happened_was_on_a_workday_and_before_now(day: int, hour: int) -> None:
    now = dt.datetime(2026, 11, day, hour, 11, tzinfo=DENMARK)
    moments = Moments(now)
    for ago in range(10):
        at = moments.past(ago, "10.00")
        assert at < now
        assert is_workday(at.date()) or now - at < dt.timedelta(hours=1)
    for hours in range(60):
        asked = moments.hours_ago(hours)
        assert asked <= now
        assert is_workday(asked.date())
    assert is_workday(moments.ahead(3, "9.00").date())
