"""RPO 0: the server is killed and its data lost right after the last acknowledgement, and no acknowledged row is gone.

The server's own word is not taken for it: a row counts as acknowledged when the client had its answer.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from samspil.config.postgres import Cluster
from samspil.config.postgres.processes import processes_named
from tests.config.drill import Drill

pytestmark = [pytest.mark.real_time, pytest.mark.slow]
WRITERS = 2


class Archived:
    """An embedded server, its archive in a folder of its own, and what its clients were promised."""

    def __init__(self, place: Path) -> None:
        self.drill, self.archive = Drill(place), place / "archive"
        self.drill.data.mkdir()
        self.cluster = Cluster(self.drill.data)
        self.acknowledged: set[int] = set()

    @contextmanager
    def receiving(self) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "samspil.config.cli", "archive", "receive", str(self.archive)]
        environment = os.environ | self.drill.variables
        environment.pop("DATABASE_URL", None)
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as supervisor:
            try:
                assert supervisor.stdout is not None
                assert supervisor.stdout.readline().startswith("Arkivet i ")
                yield supervisor
            finally:
                supervisor.kill()
                self.signal_receiver(signal.SIGKILL)

    def signal_receiver(self, number: signal.Signals) -> None:
        for process in processes_named("pg_receivewal"):
            if str(self.archive) in Path(f"/proc/{process}/cmdline").read_text():
                os.kill(process, number)

    def administrator(self) -> psycopg.Connection:
        return psycopg.connect(self.cluster.administrator_url(), autocommit=True)

    def write(self, numbers: Iterator[int]) -> None:
        """One commit a row, until there are no more or the server is gone."""
        with suppress(psycopg.OperationalError), psycopg.connect(self.cluster.url(), autocommit=True) as connection:
            for number in numbers:
                connection.execute("insert into word values (%s, repeat('ord ', 20))", [number])
                self.acknowledged.add(number)

    @contextmanager
    def writers(self, rows: int) -> Iterator[None]:
        threads = [
            threading.Thread(target=self.write, args=(iter(range(first, rows, WRITERS)),)) for first in range(WRITERS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for thread in threads:
                thread.join()

    def lose_everything(self) -> None:
        for process in processes_named(self.cluster.name):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while processes_named(self.cluster.name):
            time.sleep(0.01)
        sockets = self.cluster.socket_folder
        shutil.rmtree(self.cluster.home)
        shutil.rmtree(sockets)

    def recovered(self, *words: str) -> set[int]:
        assert "genskabt" in self.drill.samspil("archive", "recover", str(self.archive), *words)
        self.cluster = Cluster(self.drill.data)
        with psycopg.connect(self.cluster.url()) as connection:
            return {number for (number,) in connection.execute("select number from word").fetchall()}


@pytest.fixture
def archived(place: Path) -> Iterator[Archived]:
    made = Archived(place)
    with ExitStack() as stack:
        stack.callback(lambda: Cluster(made.drill.data).stop())
        with made.cluster.borrowed(), psycopg.connect(made.cluster.url()) as connection:
            connection.execute("create table word (number int primary key, text text)")
        made.cluster.keep()
        yield made


def test_nothing_acknowledged_is_lost_with_the_data_directory(archived: Archived) -> None:
    with archived.receiving():
        with archived.writers(rows=400):
            pass
        archived.lose_everything()
    assert len(archived.acknowledged) == 400
    assert archived.recovered() == archived.acknowledged
    again = archived.drill.samspil("archive", "recover", str(archived.archive), code=1)
    assert "Der er en database" in again


def test_without_the_wait_the_same_loss_is_seen(archived: Archived) -> None:
    """The negative control: the receiver is as slow as a broken line, and commits do not wait for it."""
    with archived.receiving():
        with archived.writers(rows=100):
            pass
        with archived.administrator() as server:
            server.execute("alter system set synchronous_standby_names = ''")
            server.execute("select pg_reload_conf()")
        archived.signal_receiver(signal.SIGSTOP)
        archived.acknowledged.clear()
        with archived.administrator() as server:
            server.execute("truncate word")
        with archived.writers(rows=400):
            pass
        archived.lose_everything()
    assert archived.acknowledged == set(range(400))
    assert archived.acknowledged - archived.recovered() == set(range(100, 400))


def test_a_commit_waits_for_a_receiver_that_hangs_and_not_for_one_that_was_stopped(archived: Archived) -> None:
    with archived.receiving() as supervisor:
        archived.signal_receiver(signal.SIGSTOP)
        with archived.writers(rows=WRITERS):
            time.sleep(1)
            assert archived.acknowledged == set()
            archived.signal_receiver(signal.SIGCONT)
        assert len(archived.acknowledged) == WRITERS
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(20) == 0
        archived.write(iter([1000]))
    assert 1000 in archived.acknowledged


def test_the_archive_goes_back_to_any_second(archived: Archived) -> None:
    with archived.receiving():
        archived.write(iter(range(50)))
        with archived.administrator() as server:
            (before,) = server.execute("select clock_timestamp()::text").fetchone() or ("",)
            server.execute("delete from word")
        archived.write(iter([100]))
        archived.lose_everything()
    assert archived.recovered("--until", str(before)) == set(range(50))


@pytest.mark.battery
def test_nothing_is_lost_when_it_is_killed_in_the_middle(place: Path) -> None:
    """Twenty times, at a moment nobody chose; a commit under way may be there or not, an acknowledged one is there."""
    for attempt in range(20):
        folder = place / str(attempt)
        folder.mkdir(mode=0o755)
        archived = Archived(folder)
        with archived.cluster.borrowed(), psycopg.connect(archived.cluster.url()) as connection:
            connection.execute("create table word (number int primary key, text text)")
        archived.cluster.keep()
        with archived.receiving(), archived.writers(rows=1_000_000):
            while len(archived.acknowledged) < 300 + 17 * attempt:
                time.sleep(0.001)
            archived.lose_everything()
        recovered = archived.recovered()
        assert archived.acknowledged <= recovered
        assert len(recovered - archived.acknowledged) <= WRITERS
        archived.cluster.stop()
