"""Gunicorn as `samspil serve` starts it, for one program on one database, and the database's own processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cost import cpu_seconds, family

HERE = Path(__file__).resolve().parent.parent
SERVING = "python:samspil.config.serving"


class NotStarted(Exception):
    """A server did not answer. The text says what it wrote."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running program. `database_pids` names the processes of its PostgreSQL cluster as they are now."""

    name: str
    port: int
    pid: int
    database_pids: Callable[[], set[int]]

    def pids(self) -> set[int]:
        return family(self.pid)

    def used(self) -> tuple[dict[int, float], dict[int, float]]:
        """CPU seconds so far of gunicorn's processes, and of PostgreSQL's."""
        return cpu_seconds(self.pids()), cpu_seconds(self.database_pids())


@contextmanager
def serving(
    name: str,
    application: str,
    settings: str,
    *,
    url: str,
    data: Path,
    database_pids: Callable[[], set[int]],
    extra: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A gunicorn of its own that ends with the block."""
    port = _free_port()
    environment = environment_for(url, data) | {"DJANGO_SETTINGS_MODULE": settings} | dict(extra or {})
    command = [sys.executable, "-m", "gunicorn", "--config", SERVING, "--bind", f"127.0.0.1:{port}", application]
    log = data / f"{name}.log"
    with log.open("w") as written:
        child = subprocess.Popen(
            command, cwd=HERE, env=environment, stdout=written, stderr=written, start_new_session=True
        )
    try:
        _wait(child, port, log)
        yield Server(name, port, child.pid, database_pids)
    finally:
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def environment_for(url: str, data: Path) -> dict[str, str]:
    """What every process of the benchmark is started with: the demo, on that database, with its own files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAMSPIL_", "DJANGO_"))}
    return kept | {
        "SAMSPIL_MODE": "demo",
        "SAMSPIL_DATA": str(data),
        "SAMSPIL_GRACE": "1",
        "DATABASE_URL": url,
    }


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _wait(child: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    for _ in range(600):
        if child.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise NotStarted(log.read_text()[-2000:])
