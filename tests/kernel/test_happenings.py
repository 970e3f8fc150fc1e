from dataclasses import dataclass

import pytest

from samspil.kernel import happenings


@dataclass(frozen=True)
class Rang:
    bell: str


@dataclass(frozen=True)
class Fell:
    what: str


@pytest.fixture
def heard():
    found = []
    happenings.subscribe(Rang, found.append)
    yield found
    happenings.unsubscribe(Rang, found.append)


def test_whoever_asked_is_told_of_that_and_nothing_else(heard):
    happenings.publish(Rang("church"))
    happenings.publish(Fell("tree"))
    assert heard == [Rang("church")]


def test_asking_twice_is_being_told_once(heard):
    happenings.subscribe(Rang, heard.append)
    happenings.publish(Rang("door"))
    assert heard == [Rang("door")]


def test_what_a_listener_raises_reaches_the_one_who_tells(heard):
    def refuse(event):
        raise LookupError(event.bell)

    happenings.subscribe(Rang, refuse)
    try:
        with pytest.raises(LookupError, match="alarm"):
            happenings.publish(Rang("alarm"))
    finally:
        happenings.unsubscribe(Rang, refuse)
