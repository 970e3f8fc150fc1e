"""Connections go from hand to hand: whatever happened before, nobody gets to see the rows of the one before (T2)."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from samspil.config.connection import Connection
from samspil.kernel import scope
from samspil.kernel.scope import Scope
from tests.walled_world import MUNICIPALITIES, World, build_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.real_time]
CASES = "select id from cases_case"


class Forgetful(Connection):
    """Negative control: stands where its first user stood, for good."""

    stands = False

    def _stand(self, wanted: Scope) -> None:
        if not self.stands:
            self.stands = True
            super()._stand(wanted)


class Trusting(Connection):
    """Negative control: remembers by itself where it stands, and so misses what a rollback takes back."""

    remembered = scope.NOBODY

    def _stand(self, wanted: Scope) -> None:
        if wanted != self.remembered:
            self.remembered = wanted
            super()._stand(wanted)


@contextmanager
def pool_of(kind: type[Connection], size: int) -> Iterator["ConnectionPool[Any]"]:
    there = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {name: there[key] for name, key in names.items() if there[key]} | {"autocommit": True}
    sizes = {"min_size": size, "max_size": size, "timeout": 60}
    with ConnectionPool(kwargs=parameters, connection_class=kind, **sizes) as pool:
        pool.wait(60)
        yield pool


def leaks(world: World, kind: type[Connection], *, connections: int, requests: int) -> int:
    """How many of the requests saw anything but exactly the cases of their scope."""
    asked = [
        *((Scope(municipality=home), world.of_municipality("cases_case", home)) for home in MUNICIPALITIES),
        *((Scope(organisation_id=key), world.of_provider("cases_case", name)) for name, key in world.providers.items()),
        (scope.NOBODY, set()),
    ]

    def work(seed: int) -> int:
        choose = random.Random(seed)  # noqa: S311
        wrong = 0
        for _ in range(requests // connections):
            here, wanted = choose.choice(asked)
            way = choose.choice([_look, _look_in_transaction, _fail, _roll_back])
            with scope.within(here), pool.connection() as borrowed:
                wrong += way(borrowed, wanted, choose.choice(asked)[0]) != wanted
        return wrong

    with pool_of(kind, connections) as pool, ThreadPoolExecutor(connections) as threads:
        return sum(threads.map(work, range(connections)))


def _seen(borrowed: Any) -> set[object]:
    return {key for (key,) in borrowed.cursor().execute(CASES).fetchall()}


def _look(borrowed: Any, wanted: set[object], other: Scope) -> set[object]:
    return _seen(borrowed)


def _look_in_transaction(borrowed: Any, wanted: set[object], other: Scope) -> set[object]:
    with borrowed.transaction():
        return _seen(borrowed)


def _fail(borrowed: Any, wanted: set[object], other: Scope) -> set[object]:
    seen = _seen(borrowed)
    with pytest.raises(psycopg.errors.DivisionByZero), borrowed.transaction():
        borrowed.execute("select 1 / 0")
    return seen


def _roll_back(borrowed: Any, wanted: set[object], other: Scope) -> set[object]:
    """Another scope for a moment, in a transaction that is taken back; and then one's own again."""
    with borrowed.transaction(force_rollback=True), scope.within(other):
        _seen(borrowed)
    return _seen(borrowed)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


def test_no_row_leaks_between_interleaved_requests(world: World) -> None:
    assert leaks(world, Connection, connections=64, requests=64 * 100) == 0


@pytest.mark.battery
def test_no_row_leaks_between_interleaved_requests_at_full_size(world: World) -> None:
    assert leaks(world, Connection, connections=64, requests=64 * 5_000) == 0


@pytest.mark.parametrize("careless", [Forgetful, Trusting])
def test_a_careless_connection_leaks(world: World, careless: type[Connection]) -> None:
    """Negative control: the exercise finds what it is there to find."""
    assert leaks(world, careless, connections=8, requests=160) > 0


def test_whoever_gets_a_connection_next_and_says_nothing_sees_nothing(world: World) -> None:
    with pool_of(Connection, 1) as pool:
        with scope.within(scope.SYSTEM), pool.connection() as borrowed:
            assert _seen(borrowed) == world.all("cases_case")
        with pool.connection() as borrowed, ThreadPoolExecutor(1) as another:  # threads begin with no scope
            assert another.submit(_seen, borrowed).result() == set()


def test_plans_are_kept_for_whoever_acts_and_made_for_the_values_by_samspil_itself(world: World) -> None:
    """Also where a rollback takes the scope back: one statement sets both."""

    def plans(borrowed: Any) -> str:
        return str(borrowed.cursor().execute("show plan_cache_mode").fetchone()[0])

    person, itself = Scope(municipality=MUNICIPALITIES[0]), scope.SYSTEM
    with pool_of(Connection, 1) as pool, pool.connection() as borrowed:
        with scope.within(person):
            assert plans(borrowed) == "force_generic_plan"
            with borrowed.transaction(force_rollback=True), scope.within(itself):
                assert plans(borrowed) == "auto"
            assert plans(borrowed) == "force_generic_plan"
        with scope.within(itself):
            assert plans(borrowed) == "auto"


def test_nothing_is_sent_when_a_connection_stands_there_already(world: World) -> None:
    moves: list[bytes] = []

    class Counted(Connection):
        def _stand(self, wanted: Scope) -> None:
            before = self.pgconn.parameter_status(b"application_name")
            super()._stand(wanted)
            if before != wanted.label:
                moves.append(wanted.label)

    with pool_of(Counted, 1) as pool, pool.connection() as borrowed:
        moves.clear()
        with scope.within(Scope(municipality=991)):
            _seen(borrowed)
            _seen(borrowed)
        assert moves == [b"samspil m991"]
