import pytest

from tests.cast import NOW, Cast
from tests.contexts.disclosure.world import World
from tests.scenarios import full_case


@pytest.fixture
def world(cast: Cast) -> World:
    full_case(cast, now=NOW)
    return World(cast)
