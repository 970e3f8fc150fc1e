"""Servers and places of their own for the tests of the launcher."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from samspil.config.postgres import Cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can step down to another account")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every account can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place: Path) -> Iterator[Cluster]:
    """Not started yet; stopped in any case."""
    made = Cluster(place)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """One running server for all the tests that only look at it."""
    folder = Path(tempfile.mkdtemp(prefix="samspil-test-", dir="/tmp"))
    folder.chmod(0o755)
    made = Cluster(folder)
    with made.borrowed():
        yield made
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def launcher_url(server: Cluster) -> str:
    """The superuser's address, which the application must never be given."""
    return server.administrator_url()


@pytest.fixture(scope="session")
def real_administrator_url(request: pytest.FixtureRequest) -> str:
    """A superuser on a server that Samspil did not start: the one of `.ci/with-debian-postgres`, else a stand-in."""
    return os.environ.get("SAMSPIL_TEST_ADMIN_URL") or str(request.getfixturevalue("launcher_url"))


@pytest.fixture(scope="session")
def ask(server: Cluster) -> Callable[..., list[tuple[object, ...]]]:
    """The rows of a statement, as the application's role."""

    def rows(statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(server.url()) as connection:
            return connection.execute(statement).fetchall()

    return rows
