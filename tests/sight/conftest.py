from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from tests.cast import NOW, build_cast
from tests.sight.world import World, build_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once for the tests of a file; each of them is rolled back inside it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False),
        translation.override("da"),
        transaction.atomic(),
    ):
        yield build_world(build_cast())
        transaction.set_rollback(True)
