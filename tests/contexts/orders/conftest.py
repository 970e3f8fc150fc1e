import pytest

from tests.cast import Cast
from tests.contexts.orders.desk import Desk
from tests.contexts.orders.world import World, build_world


@pytest.fixture
def world(cast: Cast) -> World:
    return build_world(cast)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, world.running())
