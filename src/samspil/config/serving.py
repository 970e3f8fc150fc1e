"""Gunicorn's settings. Two small processes with many threads: a live board holds one thread for as long as it is open.

`timeout` is the heartbeat of a worker process, not the length of a request: gthread beats beside its threads, so a
stream of hours is left in peace and a worker that hangs is replaced.
"""

import gc
import os
from pathlib import Path
from typing import Any

from samspil.config.ending import end_with

worker_class = "gthread"
workers = int(os.environ.get("SAMSPIL_WORKERS", "2"))
threads = int(os.environ.get("SAMSPIL_THREADS", "24"))
preload_app = True
timeout = 30
graceful_timeout = int(os.environ.get("SAMSPIL_GRACE", "5"))
keepalive = 5
loglevel = "warning"
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108 - heartbeats must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def on_starting(server: Any) -> None:
    """Under `samspil` the server ends with it, even when that is killed; else it would hold the port for ever."""
    if supervisor := os.environ.get("SAMSPIL_SUPERVISOR"):
        end_with(int(supervisor))


def when_ready(server: Any) -> None:
    """What was loaded before the fork stays shared: the garbage collector no longer touches it."""
    gc.collect()
    gc.freeze()
