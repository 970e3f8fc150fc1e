"""Samspil does not start as a role that the database's own walls cannot hold."""

import os
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from samspil.config.environment import database_from_url
from samspil.config.postgres import Cluster
from samspil.config.postgres.roles import PrivilegedRole, assert_unprivileged_role

pytestmark = [pytest.mark.real_time, pytest.mark.slow]


def refused(url: str) -> str:
    with pytest.raises(PrivilegedRole) as caught:
        assert_unprivileged_role(database_from_url(url))
    return str(caught.value)


@pytest.fixture(scope="session")
def url_of_role(server: Cluster, launcher_url: str) -> Callable[[str, str], str]:
    def make(name: str, rights: str) -> str:
        with psycopg.connect(launcher_url, autocommit=True) as connection:
            connection.execute(f"create role {name} login password 'x' {rights}")
        return f"postgresql://{name}:x@/samspil?host={server.socket_folder}"

    return make


def test_the_role_of_the_launchers_making_is_accepted(server: Cluster) -> None:
    assert_unprivileged_role(database_from_url(server.url()))


def test_a_superuser_is_refused(launcher_url: str) -> None:
    assert refused(launcher_url).startswith("Samspil starter ikke: rollen launcher kan læse uden om databasens regler")


def test_bypassrls_is_refused(url_of_role: Callable[[str, str], str]) -> None:
    assert "rollen gennem kan" in refused(url_of_role("gennem", "bypassrls"))


def test_one_set_role_away_is_refused(url_of_role: Callable[[str, str], str]) -> None:
    url = url_of_role("bagdoer", "noinherit in role launcher")
    assert "fordi den er medlem af launcher" in refused(url)


@pytest.mark.parametrize(
    "command",
    [["-m", "samspil.config.cli", "manage", "version"], ["-c", "import samspil.config.wsgi"]],
    ids=["samspil", "wsgi"],
)
def test_neither_the_command_nor_the_application_starts(command: list[str], server: Cluster, launcher_url: str) -> None:
    def run(url: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {
            "DATABASE_URL": url,
            "SAMSPIL_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "samspil.config.settings",
        }
        return subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=60)

    as_superuser, as_application = run(launcher_url), run(server.url())
    assert as_superuser.returncode == 1
    assert "Samspil starter ikke" in as_superuser.stderr
    assert as_application.returncode == 0
    assert "Samspil starter ikke" not in as_application.stderr
