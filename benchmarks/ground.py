"""The databases that are measured on: clusters of our own, so that their processes are nobody else's."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.arrange import Facts
from benchmarks.servers import HERE, environment_for
from samspil.config.postgres import Cluster
from samspil.config.postgres.processes import processes_named


@dataclass(frozen=True, slots=True)
class Ground:
    """A filled database that answers, with the measured case in it."""

    url: str
    data: Path
    facts: Facts
    pids: Callable[[], set[int]]


@contextmanager
def lent(url: str, data: Path) -> Iterator[Ground]:
    """A local database that somebody else runs. Only the processes that serve it are counted, found by its name."""
    data.mkdir(parents=True, exist_ok=True)
    facts = _fill(url, data, None)
    yield Ground(url, data, facts, lambda: processes_named(f" {urlsplit(url).path[1:]} "))


@contextmanager
def prepared(data: Path, *, citizens: int | None = None) -> Iterator[Ground]:
    """Start the cluster in `data`; the first time, fill it with the demo (`citizens` as in `samspil demo`)."""
    data.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(data)
    with cluster.borrowed() as url:
        facts = _fill(url, data, citizens)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("vacuum analyze")  # else autovacuum does it while we measure
        yield Ground(url, data, facts, lambda: processes_named(cluster.name))


def _fill(url: str, data: Path, citizens: int | None) -> Facts:
    settings = {"DJANGO_SETTINGS_MODULE": "samspil.config.settings"}
    floors = {"DJANGO_SETTINGS_MODULE": "benchmarks.floor.settings"}
    size = [] if citizens is None else ["--citizens", str(citizens)]
    _run(["samspil.config.preparation", "demo", *size], environment_for(url, data) | settings)
    _run(["benchmarks.floor.rows"], environment_for(url, data) | floors)
    return Facts(**json.loads(_run(["benchmarks.arrange"], environment_for(url, data) | settings)))


def _run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=HERE, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout
