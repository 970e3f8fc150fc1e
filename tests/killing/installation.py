"""Samspil as it runs in a municipality, each of its processes there to be killed: database, server, worker, timers.

Started by the documented commands: `samspil database start`, then `samspil serve`. The worker is one of the web
server's own, which carry out the requests; the timers' process does what recurs (`config/timers.py`).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from samspil.config.postgres import Cluster
from samspil.config.postgres.processes import processes_named
from tests.config.drill import REPOSITORY, Drill
from tests.killing.writers import Facts, Load, Write

SECONDS = 60
"""After which something that does not come back never will."""
FILL = """
import json, sys, django; django.setup()
import datetime as dt
from uuid import uuid4
from django.utils import timezone
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.meetings import api as meetings
from samspil.contexts.meetings.api import Op, OpKind
from samspil.kernel import scope
from tests.cast import build_cast
scope.stay(scope.SYSTEM)
now = timezone.now()
catalogue.load_code_systems(at=now)
meetings.load_layouts()
cast = build_cast()
mette = cast.actor("mette", on=now.date())
guests = [
    meetings.Guest("Karla Holm", "citizen", "", cast.karla.id),
    meetings.Guest("Mette Bjerre", "authority", "rådgiver", cast.mette.id),
    meetings.Guest("Jonas Lykke", "provider", "bostøtte", cast.jonas.id),
]
def board():
    meeting_id = meetings.call_meeting(
        actor=mette, at=now, case_id=cast.case_id, kind="conversation", starts_at=now + dt.timedelta(minutes=5),
        ends_at=now + dt.timedelta(hours=1), place="Biblioteket", form="walk", purpose="Hvordan går det?",
        agenda=[], layout_slug="three_columns", attendees=guests)
    meetings.open_meeting(actor=mette, at=now, meeting_id=meeting_id)
    words = [("works", "Karla laver mad selv", {}), ("next", "Jonas kører med", {"who": "Jonas", "when": "i morgen"})]
    ops = [Op(id=uuid4(), kind=OpKind.ADD, card=uuid4(), column=c, text=t, **m) for c, t, m in words]
    meetings.apply_board_ops(actor=mette, at=now, meeting_id=meeting_id, ops=ops)
    return str(meeting_id)
print(json.dumps({
    "case": str(cast.case_id), "mette": str(cast.mette.id), "jonas": str(cast.jonas.id), "karla": str(cast.karla.id),
    "written": [board() for _ in range(BOARDS)], "to_close": [board() for _ in range(CLOSINGS)],
}))
"""


class Installation:
    def __init__(self, place: Path, *, port: int, boards: int, closings: int) -> None:
        self.drill = Drill(place, {"SAMSPIL_MODE": "demo"})
        self.port = port
        self.log = place / "server.log"
        self.drill.samspil("database", "start")
        self.cluster = Cluster(self.drill.data)
        self.loads: list[Load] = []
        try:
            self.drill.samspil("migrate")
            fill = FILL.replace("BOARDS", str(boards)).replace("CLOSINGS", str(closings))
            self.facts = Facts(**json.loads(self.drill.python(fill)))
            self._server = self._serve()
        except BaseException:
            self.cluster.stop()  # nobody else will: it was told to stay
            raise

    def close(self) -> None:
        self._kill_server()
        self.cluster.stop()

    def loaded(self, *, closing_every: float = 0.3) -> Load:
        load = Load(self.port, self.facts, closing_every)
        self.loads.append(load)
        return load

    def written(self) -> list[Write]:
        return [write for load in self.loads for write in load.written]

    def administrator(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.administrator_url(), autocommit=True)

    def kill(self, what: str, *, found_after: float = 0.0) -> None:
        """kill -9, and then what somebody does who finds it dead."""
        getattr(self, f"_kill_{what}")()
        time.sleep(found_after)
        if what == "database":
            self.drill.samspil("database", "start")
        if what == "server":
            self._server = self._serve()

    def _kill_database(self) -> None:
        """Every process of it at once, as when the machine's memory is full."""
        _kill(processes_named(self.cluster.name))
        _wait(lambda: not processes_named(self.cluster.name), "the database does not die")

    def _kill_server(self) -> None:
        """Supervisor, server and workers: nobody has time to finish."""
        _kill({self._server.pid, *_below(self._server.pid)})
        self._server.wait()

    def _kill_worker(self) -> None:
        (server,) = [one for one in _children(self._server.pid) if "gunicorn" in _words(one)]
        _kill({random.choice(sorted(_children(server)))})  # noqa: S311 - a worker, not a secret

    def _kill_timers(self) -> None:
        """With the verb that they are at. The supervisor starts them again after a minute, so they may be away."""
        children = _children(self._server.pid)
        timers = {one for one in children if "samspil.config.timers" in _words(one)}
        _kill(timers | {below for one in timers for below in _below(one)})

    def _serve(self) -> "subprocess.Popen[bytes]":
        command = ["samspil.config.cli", "serve", "--port", str(self.port)]
        return self._started(command)

    @contextmanager
    def served_by(self, application: str) -> Iterator[None]:
        """Another program in Samspil's place, behind the same web server; killed with the block."""
        self._kill_server()
        where = ["--config", "python:samspil.config.serving", "--bind", f"127.0.0.1:{self.port}"]
        settings = {"DJANGO_SETTINGS_MODULE": "samspil.config.settings", "DATABASE_URL": self.cluster.url()}
        self._server = self._started(["gunicorn", *where, application], **settings)
        try:
            yield
        finally:
            self.kill("server")

    def _started(self, command: list[str], **variables: str) -> "subprocess.Popen[bytes]":
        ours = ("SAMSPIL", "DATABASE", "DJANGO", "PG")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        with self.log.open("ab") as log:
            server = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=REPOSITORY,
                env=inherited | self.drill.variables | variables,
                stdout=log,
                stderr=log,
            )
        _wait(lambda: self._answers() or server.poll() is not None, "the server does not come up")
        assert server.poll() is None, self.log.read_text()[-2000:]
        return server

    def _answers(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/sund/", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _children(pid: int) -> set[int]:
    try:
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except FileNotFoundError:
        return set()


def _words(pid: int) -> list[str]:
    """What a process was called with; nothing of one that has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return []


def _below(pid: int) -> set[int]:
    return {one for child in _children(pid) for one in (child, *_below(child))}


def _kill(pids: set[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _wait(until: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.01)
