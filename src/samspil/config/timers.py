"""What Samspil does by itself: `python -m samspil.config.timers`, beside the web server or on a machine of its own.

Any number may run against one database. Each timer has a lock and a row there: whoever holds the lock looks whether
the day has come, and does it. A verb is a process of its own, so one that fails, hangs or eats memory harms nobody, and
in between nothing is loaded but this and a little of psycopg.
"""

import datetime as dt
import logging
import os
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from samspil.config import running
from samspil.config.ending import end_with
from samspil.config.environment import Mode, data_directory, database_from_url, mode_from_environment
from samspil.config.logs import Discreet, DiscreetLines, discreet
from samspil.config.postgres.clients import connect

TABLE = Path(__file__).with_name("timers.toml")
LOCKS = 7307
SECONDS_TO_FIRST = 10  # the first page comes before the first letter
SECONDS_AFTER_FAULT = 30
SECONDS_TO_STOP = 5
LATE_AFTER = 3
"""Intervals without a run that went well, before somebody is told."""

_log = logging.getLogger("samspil.timers")


@dataclass(frozen=True, slots=True)
class Timer:
    verb: str
    says: str
    every: dt.timedelta
    at_most: dt.timedelta
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database holds of a timer, at the database's own time `now`."""

    now: dt.datetime
    started_at: dt.datetime | None = None
    went_well_at: dt.datetime | None = None
    failed_at: dt.datetime | None = None
    failure: str = ""

    def seconds_until(self, timer: Timer) -> float:
        return 0 if self.started_at is None else (self.started_at + timer.every - self.now).total_seconds()

    def is_late(self, timer: Timer) -> bool:
        return self.went_well_at is None or self.went_well_at + LATE_AFTER * timer.every < self.now


def read_timers(place: Path = TABLE) -> tuple[Timer, ...]:
    found = tomllib.loads(place.read_text(encoding="utf-8"))["timers"]
    return tuple(
        Timer(
            one["verb"],
            one["says"],
            dt.timedelta(minutes=one["every_minutes"]),
            dt.timedelta(minutes=one["at_most_minutes"]),
            (sys.executable, "-m", "samspil.config.managing", *one["verb"].split()),
        )
        for one in found
    )


def run_for_ever(database: Mapping[str, Any], timers: Sequence[Timer], *, first: float = SECONDS_TO_FIRST) -> None:
    """Ends with Stopped."""
    pause = first
    while True:
        time.sleep(pause)
        try:
            pause = run_round(database, timers)
        except psycopg.Error:
            _log.exception("The timers could not reach the database; again in %s seconds.", SECONDS_AFTER_FAULT)
            pause = SECONDS_AFTER_FAULT


def run_round(database: Mapping[str, Any], timers: Sequence[Timer]) -> float:
    """Do what is due, one after another; the seconds until the next is due."""
    with connect(database) as connection:
        for timer in timers:
            with _alone(connection, timer) as is_ours:
                if is_ours and kept(connection, timer).seconds_until(timer) <= 0:
                    _run(connection, timer)
        waits = [kept(connection, timer).seconds_until(timer) for timer in timers]
    return max(1.0, min(waits, default=60.0))


@contextmanager
def _alone(connection: psycopg.Connection, timer: Timer) -> Iterator[bool]:
    """Whether nobody else has this timer at the moment. The lock goes with the connection when this process does."""
    row = connection.execute("select pg_try_advisory_lock(%s, hashtext(%s))", [LOCKS, timer.verb]).fetchone()
    is_ours = bool(row and row[0])
    yield is_ours
    if is_ours and not connection.closed:
        connection.execute("select pg_advisory_unlock(%s, hashtext(%s))", [LOCKS, timer.verb])


def kept(connection: psycopg.Connection, timer: Timer) -> Kept:
    (row,) = connection.execute(
        "select clock_timestamp(), started_at, went_well_at, failed_at, coalesce(failure, '')"
        " from (select 1) as one left join jobs_timerrun on verb = %s",
        [timer.verb],
    ).fetchall()
    return Kept(*row)


def _run(connection: psycopg.Connection, timer: Timer) -> None:
    connection.execute(
        "insert into jobs_timerrun (verb, started_at, failure) values (%s, clock_timestamp(), '')"
        " on conflict (verb) do update set started_at = excluded.started_at",
        [timer.verb],
    )
    failure = _failure(timer)
    if failure:
        said = "failed_at = clock_timestamp(), failure = %s"
    else:
        said = "went_well_at = clock_timestamp(), failure = %s"
    connection.execute(f"update jobs_timerrun set {said} where verb = %s", [failure, timer.verb])  # noqa: S608


def _failure(timer: Timer) -> str:
    """Run the verb to its end; why it failed, in a few words without anybody's data, or nothing."""
    us = os.getpid()
    quiet = None if mode_from_environment() is Mode.PRODUCTION else subprocess.DEVNULL
    child = subprocess.Popen(  # noqa: S603
        timer.command,
        stdin=subprocess.DEVNULL,
        stdout=quiet,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: end_with(us),  # safe, for there is one thread here
    )
    try:
        _, told = child.communicate(timeout=timer.at_most.total_seconds())
    except subprocess.TimeoutExpired:
        _log.error("%s was stopped after %s.", timer.verb, timer.at_most)
        return f"stoppet efter {timer.at_most.total_seconds() / 60:.0f} minutter"
    finally:
        _end(child)
    if child.returncode:
        _log.error("%s failed with %s:\n%s", timer.verb, child.returncode, discreet(told.strip()))
        return f"slutkode {child.returncode}"
    if told and quiet is None:
        running.say(discreet(told.rstrip()), to=sys.stderr)
    return ""


def _end(child: "subprocess.Popen[str]") -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if child.stderr:
        child.stderr.close()


def told(database: Mapping[str, Any], timers: Sequence[Timer]) -> tuple[list[str], bool]:
    """A line for each timer, and whether all is well."""
    with connect(database) as connection:
        found = [(timer, kept(connection, timer)) for timer in timers]
    return [_line(timer, state) for timer, state in found], not any(
        state.failure or state.is_late(timer) for timer, state in found
    )


def _line(timer: Timer, state: Kept) -> str:
    well = f"gik sidst godt {_moment(state.went_well_at)}" if state.went_well_at else "er aldrig gået godt"
    line = f"{timer.verb} ({timer.says}), hvert {timer.every.total_seconds() / 60:.0f}. minut: {well}"
    if state.failed_at:
        line += f", fejlede sidst {_moment(state.failed_at)}"
    if state.failure:
        line += f" ({state.failure}; grunden står i loggen)"
    return f"{line}. FOR LÆNGE SIDEN." if state.is_late(timer) else f"{line}."


def _moment(at: dt.datetime | None) -> str:
    return at.astimezone().strftime("%d.%m.%Y kl. %H:%M") if at else ""


def log_to_console() -> None:
    console = logging.StreamHandler()
    is_production = mode_from_environment() is Mode.PRODUCTION
    console.setFormatter(DiscreetLines() if is_production else Discreet())
    logging.basicConfig(level=logging.WARNING, handlers=[console])


def stay() -> int:
    """Until told to stop. DATABASE_URL names the database."""
    log_to_console()
    os.nice(5)
    os.environ |= {"DJANGO_SETTINGS_MODULE": running.SETTINGS, "SAMSPIL_DATA": str(data_directory())}
    with suppress(running.Stopped):
        run_for_ever(database_from_url(os.environ["DATABASE_URL"]), read_timers())
    return 0


if __name__ == "__main__":
    running.listen_for_the_end()
    if supervisor := os.environ.get("SAMSPIL_SUPERVISOR"):
        end_with(int(supervisor))
    sys.exit(stay())
