from typing import Any

import pytest

from samspil.contexts.letters import api as letters
from tests.cast import NOW, Cast
from tests.contexts.letters.world import World


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


@pytest.fixture
def sent(world: World) -> Any:
    """A refusal that has been sent, to be read."""
    letter_id = world.draft()
    letters.send_letter(actor=world.mette, at=NOW, letter_id=letter_id, channel="portal", seen=1)
    return letter_id
