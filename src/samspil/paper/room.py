"""A foreign file gets so much memory and time, and no more: what is packed small may unpack to anything."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class TooMuch(Exception):
    """More time was asked for than there is."""


@contextmanager
def room(*, megabytes: int, seconds: float) -> Iterator[None]:
    """Raises MemoryError or TooMuch within the block when it asks for more. For the main thread of a command.

    The memory counts from what the process has now, the time in seconds of the processor.
    """
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGESIZE")
    most = resource.getrlimit(resource.RLIMIT_AS)
    before = signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (in_use + megabytes * 1_000_000, most[1]))
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, most)
        signal.signal(signal.SIGVTALRM, before)


def _stop(*_: object) -> None:
    raise TooMuch
