"""Starting what Samspil consists of, and stopping all of it again: database, preparation, server."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import IO

import psycopg

from samspil.config.environment import data_directory, database_from_url
from samspil.config.postgres import Cluster
from samspil.config.postgres.roles import assert_unprivileged_role

SETTINGS = "samspil.config.settings"
SECONDS_TO_STOP = 15
SECONDS_BETWEEN_LOOKS = 1
SECONDS_TO_NEW_TIMERS = 60


class CannotRun(Exception):
    """What was asked for cannot run here and now. The text is Danish, for the person at the keyboard."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, closed the window or sent SIGTERM."""


def say(text: str, *, to: IO[str] | None = None) -> int:
    """Print a line at once; 0, so that a verb may end with it."""
    out = to or sys.stdout
    out.write(f"{text}\n")
    out.flush()
    return 0


@contextmanager
def database() -> Iterator[None]:
    """A database that answers, named by DATABASE_URL while the block runs: the one given, or the embedded one.

    Raises PrivilegedRole when its role is above the row rules.
    """
    if os.environ.get("DATABASE_URL"):
        _refuse_unfit_database()
        yield
        return
    with Cluster(data_directory()).borrowed() as url:
        os.environ["DATABASE_URL"] = url
        try:
            _refuse_unfit_database()
            yield
        finally:
            del os.environ["DATABASE_URL"]


def _refuse_unfit_database() -> None:
    try:
        assert_unprivileged_role(database_from_url(os.environ["DATABASE_URL"]))
    except psycopg.OperationalError as error:
        raise CannotRun(f"Databasen svarer ikke: {error}") from error


def in_foreground(command: Sequence[str]) -> int:
    """Hand the terminal to a program until it ends; Ctrl-C is its business, not ours."""
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        child = subprocess.Popen(command, env=_environment())  # noqa: S603
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda received, frame: child.send_signal(received))
        return child.wait()
    except FileNotFoundError as error:
        raise CannotRun(f"{command[0]} findes ikke på denne maskine.") from error
    finally:
        signal.signal(signal.SIGINT, before)


def prepare_and_serve(preparation: Sequence[str], *, host: str, port: int) -> int:
    """Prepare, serve, and stop everything again when told to. Returns 0 after a stop that was asked for."""
    _refuse_busy_port(host, port)
    listen_for_the_end()
    try:
        with database():
            told = _prepare(preparation)
            with _child([sys.executable, "-m", "gunicorn", *_gunicorn(host, port)]) as server:
                _wait_until_it_listens(server, host, port)
                say(f"\nSamspil kører på http://{_readable(host)}:{port}\n{told}Stop med Ctrl-C.")
                _keep_timers(beside=server)
                raise CannotRun(f"Serveren stoppede af sig selv (kode {server.wait()}).")
    except Stopped:
        return say("Samspil er stoppet.")


def _prepare(words: Sequence[str]) -> str:
    """Run the preparation; what it wants told once the server is up."""
    command = [sys.executable, "-m", "samspil.config.preparation", *words]
    with _child(command, stdout=subprocess.PIPE) as child:
        told, _ = child.communicate()
        if child.returncode:
            raise CannotRun("Samspil kunne ikke gøres klar. Grunden står ovenfor.")
        return str(told)


def _keep_timers(*, beside: "subprocess.Popen[str]") -> None:
    """What recurs, for as long as the server runs. Timers that end by themselves are told of and started again."""
    if os.environ.get("SAMSPIL_TIMERS") == "0":
        return
    while beside.poll() is None:
        with _child([sys.executable, "-m", "samspil.config.timers"]) as timers:
            while beside.poll() is None and timers.poll() is None:
                time.sleep(SECONDS_BETWEEN_LOOKS)
            code = timers.poll()
        if code is not None:
            say(f"Timerne stoppede (kode {code}). De starter igen om et minut.", to=sys.stderr)
            time.sleep(SECONDS_TO_NEW_TIMERS)


def _gunicorn(host: str, port: int) -> list[str]:
    return ["--config", "python:samspil.config.serving", "--bind", f"{host}:{port}", "samspil.config.wsgi:application"]


@contextmanager
def _child(command: Sequence[str], *, stdout: int | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A child that ends with the block. In a session of its own: Ctrl-C must reach it once, through us."""
    child = subprocess.Popen(  # noqa: S603
        command, env=_environment(), stdin=subprocess.DEVNULL, stdout=stdout, text=True, start_new_session=True
    )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        if child.stdout:
            child.stdout.close()


def _environment() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "SAMSPIL_DATA": str(data_directory()),
        "SAMSPIL_SUPERVISOR": str(os.getpid()),
    }


def listen_for_the_end() -> None:
    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(number: int, frame: FrameType | None) -> None:
        for other in watched:  # a second Ctrl-C must not interrupt the stopping
            signal.signal(other, signal.SIG_IGN)
        raise Stopped

    for number in watched:
        signal.signal(number, stop)


def _refuse_busy_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise CannotRun(
                f"Kan ikke lytte på {host}:{port} ({error.strerror}). Vælg en anden port, fx: PORT={port + 1} make demo"
            ) from error


def _wait_until_it_listens(server: "subprocess.Popen[str]", host: str, port: int) -> None:
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    while server.poll() is None:
        try:
            socket.create_connection((local, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise CannotRun(f"Serveren ville ikke starte (kode {server.returncode}). Grunden står ovenfor.")


def _readable(host: str) -> str:
    return "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0", "::"} else host  # noqa: S104
