"""The one command, run as a person runs it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from samspil.config.postgres import Cluster

pytestmark = [pytest.mark.real_time, pytest.mark.slow]


def samspil(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it with nothing of ours in the environment but `variables`."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("SAMSPIL", "DATABASE", "DJANGO"))
    }
    return subprocess.run(
        [sys.executable, "-m", "samspil.config.cli", *words],
        env=inherited | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_django_gets_its_own_options(server: Cluster) -> None:
    done = samspil("manage", "--version", DATABASE_URL=server.url(), SAMSPIL_MODE="test")
    assert (done.returncode, done.stdout[:2], done.stderr) == (0, "5.", "")


def test_the_exit_code_of_a_django_command_is_ours(server: Cluster) -> None:
    done = samspil("manage", "no-such-command", DATABASE_URL=server.url(), SAMSPIL_MODE="test")
    assert done.returncode == 1
    assert "no-such-command" in done.stderr


def test_a_database_that_does_not_answer_is_said_in_words() -> None:
    done = samspil("migrate", DATABASE_URL="postgresql://samspil@127.0.0.1:1/samspil", SAMSPIL_MODE="test")
    assert done.returncode == 1
    assert done.stderr.startswith("Databasen svarer ikke: ")
    assert "Traceback" not in done.stderr


def test_production_without_keys_is_refused(server: Cluster) -> None:
    done = samspil("serve", "--port", "0", DATABASE_URL=server.url())
    assert done.returncode == 1
    assert done.stderr.startswith("SAMSPIL_SECRET_KEY mangler")
    assert "Traceback" not in done.stderr


def test_a_demo_is_never_started_in_production(server: Cluster) -> None:
    done = samspil("demo", DATABASE_URL=server.url(), SAMSPIL_MODE="production")
    assert (done.returncode, done.stderr) == (
        1,
        "SAMSPIL_MODE siger, at dette ikke er en demo. Brug: samspil serve\n",
    )


def test_a_busy_port_is_named_before_anything_is_started(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = samspil("demo", PORT=str(port), SAMSPIL_DATA=str(place))
    assert done.returncode == 1
    assert f"Kan ikke lytte på 127.0.0.1:{port}" in done.stderr
    assert f"PORT={port + 1} make demo" in done.stderr
    assert list(place.iterdir()) == []


def test_a_database_that_never_ran_is_told_apart_from_one_that_runs(place: Path) -> None:
    before = samspil("database", "status", SAMSPIL_DATA=str(place))
    assert (before.returncode, "kører ikke" in before.stdout) == (3, True)
    url = samspil("database", "url", SAMSPIL_DATA=str(place))
    assert (url.returncode, url.stdout) == (1, "")
    assert "samspil database start" in url.stderr
    assert samspil("database", "stop", SAMSPIL_DATA=str(place)).stdout == "Databasen kørte ikke.\n"


def test_the_database_verbs_leave_a_database_of_your_own_alone() -> None:
    done = samspil("database", "stop", DATABASE_URL="postgresql:///theirs")
    assert (done.returncode, done.stderr.startswith("DATABASE_URL peger på en anden database")) == (1, True)
