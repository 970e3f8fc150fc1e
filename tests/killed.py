"""A process of its own that works on the database of the test, there to be killed with -9."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

import samspil

SECONDS = 120


def database_url() -> str:
    settings = connection.settings_dict
    login = f"{settings['USER']}:{settings['PASSWORD']}"
    if settings["HOST"].startswith("/"):
        return f"postgresql://{login}@/{settings['NAME']}?host={settings['HOST']}&port={settings['PORT']}"
    host = f"{settings['HOST']}:{settings['PORT']}" if settings["PORT"] else settings["HOST"]
    return f"postgresql://{login}@{host}/{settings['NAME']}"


def variables() -> dict[str, str]:
    """What a process of its own must be told to find the database of the test."""
    return {
        "DJANGO_SETTINGS_MODULE": "samspil.config.settings_test",
        "DATABASE_URL": database_url(),
        "PYTHONPATH": str(Path(samspil.__file__).parents[1]),
    }


@contextmanager
def another_process(code: str, *args: object) -> Iterator["subprocess.Popen[str]"]:
    """Python of its own that runs `code`; ended with the block, whatever it does."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        env=os.environ | variables(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def killed_as_it_says(word: str, code: str, *args: object) -> None:
    """Start the process, wait until it says `word`, and kill it with -9 while it goes on with what it says."""
    with another_process(code, *args) as process:
        for line in process.stdout or ():
            if line.strip() == word:
                os.kill(process.pid, signal.SIGKILL)
                break
        said, problem = process.communicate(timeout=SECONDS)
        assert process.returncode == -signal.SIGKILL, f"{word} was not reached: {said}{problem}"
