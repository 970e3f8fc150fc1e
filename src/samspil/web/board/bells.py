"""A bell per open stream. One database connection a process listens, and rings those whose board has changed."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
from django.db import connections

from samspil.contexts.meetings.api import CHANNEL

logger = logging.getLogger(__name__)
AGAIN_AFTER = (0.2, 1.0, 3.0, 10.0)
IDLE_SECONDS = 60.0


class Tower:
    """Holds the bells and the thread that listens. The thread starts with the first bell, so after any fork, and ends
    when nobody has needed it for a minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bells: dict[UUID, set[threading.Event]] = {}
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self.is_listening = threading.Event()

    def count(self) -> int:
        with self._lock:
            return sum(len(bells) for bells in self._bells.values())

    @contextmanager
    def bell(self, meeting_id: UUID) -> Iterator[threading.Event]:
        """An event that is set whenever this meeting's board changes, and whenever changes may have been missed."""
        bell = threading.Event()
        with self._lock:
            self._bells.setdefault(meeting_id, set()).add(bell)
            if self._thread is None:
                self._stopping.clear()
                self._thread = threading.Thread(target=self._listen, name="board-bells", daemon=True)
                self._thread.start()
        try:
            yield bell
        finally:
            with self._lock:
                self._bells[meeting_id].discard(bell)
                if not self._bells[meeting_id]:
                    del self._bells[meeting_id]

    def stop(self) -> None:
        """End the listening thread; the next bell starts a new one."""
        with self._lock:
            thread = self._thread
        self._stopping.set()
        if thread is not None:
            thread.join(timeout=5)

    def ring(self, meeting_id: UUID) -> None:
        with self._lock:
            for bell in self._bells.get(meeting_id, ()):
                bell.set()

    def _ring_all(self) -> None:
        with self._lock:
            for bells in self._bells.values():
                for bell in bells:
                    bell.set()

    def _listen(self) -> None:
        tries = 0
        while not self._has_ended():
            try:
                with _connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    tries = 0
                    self.is_listening.set()
                    self._ring_all()  # what changed while nobody listened
                    self._hear(connection)
            except psycopg.OperationalError as error:
                logger.warning("The board's listener lost the database: %s", error)
                self._stopping.wait(AGAIN_AFTER[min(tries, len(AGAIN_AFTER) - 1)])
                tries += 1
            finally:
                self.is_listening.clear()

    def _hear(self, connection: "psycopg.Connection[object]") -> None:
        """Ring for every notice, until stopped or until nobody has had a bell for a minute."""
        idle_since = time.monotonic()
        while not self._stopping.is_set() and time.monotonic() - idle_since < IDLE_SECONDS:
            for notice in connection.notifies(timeout=1.0):
                self.ring(UUID(notice.payload.split()[0]))
            if self.count():
                idle_since = time.monotonic()

    def _has_ended(self) -> bool:
        """Whether the thread is to stop; decided under the lock, so that a new bell starts a new thread."""
        with self._lock:
            ends = self._stopping.is_set() or not self._bells
            if ends:
                self._thread = None
            return ends


def _connect() -> "psycopg.Connection[object]":
    parameters = connections["default"].get_connection_params()
    wanted = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    return psycopg.connect(**wanted, autocommit=True, connect_timeout=5, application_name="samspil-board")


TOWER = Tower()
