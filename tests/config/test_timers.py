"""What recurs: once though several watch, on after a failure, and gone at once when told to stop."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samspil.config import timers
from samspil.config.cli import main
from samspil.config.environment import database_from_url
from samspil.config.postgres.clients import connect
from samspil.config.timers import Timer, run_round
from tests.config.test_running import environment
from tests.structure.asvs import ROOT

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.django_db]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMSPIL_MODE", "demo")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, Any]]:
    found = database_from_url(environment(tmp_path)["DATABASE_URL"])
    yield found
    with connect(found) as open_:
        open_.execute("delete from jobs_timerrun")


def timer(verb: str, code: str, *, every: dt.timedelta = HOUR, at_most: dt.timedelta = HOUR) -> Timer:
    return Timer(verb, "prøver", every, at_most, (sys.executable, "-c", code))


def writes(place: Path, *, seconds: float = 0) -> str:
    return f"import time; open({str(place)!r}, 'a').write('x'); time.sleep({seconds})"


def state(database: dict[str, Any], one: Timer) -> timers.Kept:
    with connect(database) as open_:
        return timers.kept(open_, one)


def test_two_processes_do_it_once(database: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is due all the time, so nothing but the lock keeps the second from it."""
    place = tmp_path / "done"
    always = timer("hold", writes(place), every=dt.timedelta(0))
    with subprocess.Popen([sys.executable, "-c", STAYS, writes(place, seconds=60)], env=environment(tmp_path)) as other:
        try:
            _wait_for(place)
            run_round(database, [always])
            assert place.read_text() == "x"
            monkeypatch.setattr(timers, "LOCKS", 1)  # the control: a lock of one's own
            run_round(database, [always])
            assert place.read_text() == "xx"
        finally:
            other.terminate()


def test_not_again_before_its_time(database: dict[str, Any], tmp_path: Path) -> None:
    place = tmp_path / "done"
    one = timer("send", writes(place))
    for _ in range(2):
        run_round(database, [one])
    assert place.read_text() == "x"


def test_whoever_finds_it_locked_leaves_it(database: dict[str, Any], tmp_path: Path) -> None:
    one = timer("send", writes(tmp_path / "done"))
    with connect(database) as other:
        other.execute("select pg_advisory_lock(%s, hashtext(%s))", [timers.LOCKS, "send"])
        run_round(database, [one])
        assert not (tmp_path / "done").exists()
    run_round(database, [one])
    assert (tmp_path / "done").exists()


def test_one_that_fails_is_told_of_and_the_next_goes_on(
    database: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = timer("bad", "raise SystemExit('row of 0101011234\\nDETAIL: Karla')")
    good = timer("good", writes(tmp_path / "done"))
    run_round(database, [bad, good])
    assert (tmp_path / "done").exists()
    kept = state(database, bad)
    assert (kept.failure, kept.went_well_at) == ("slutkode 1", None)
    assert kept.failed_at is not None
    assert "bad failed with 1" in caplog.text
    assert "0101011234" not in caplog.text
    assert "Karla" not in caplog.text
    lines, are_well = timers.told(database, [bad, good])
    assert not are_well
    assert "fejlede sidst" in lines[0]
    assert "FOR LÆNGE SIDEN" in lines[0]
    assert "gik sidst godt" in lines[1]


def test_one_that_failed_is_well_after_the_next_round(database: dict[str, Any], tmp_path: Path) -> None:
    again = dt.timedelta(seconds=0.01)
    run_round(database, [timer("one", "raise SystemExit(3)", every=again)])
    time.sleep(0.02)
    mended = timer("one", "", every=again)
    run_round(database, [mended])
    kept = state(database, mended)
    assert kept.failure == ""
    assert kept.failed_at
    assert kept.went_well_at
    assert kept.failed_at < kept.went_well_at


def test_one_that_hangs_is_stopped(database: dict[str, Any]) -> None:
    hangs = timer("hangs", "import time; time.sleep(60)", at_most=dt.timedelta(seconds=0.3))
    began = time.monotonic()
    run_round(database, [hangs])
    assert time.monotonic() - began < 5
    assert state(database, hangs).failure.startswith("stoppet efter")


def test_a_database_that_is_gone_is_asked_again(
    database: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[int] = []

    def a_round(*args: object) -> float:
        rounds.append(1)
        if len(rounds) == 1:
            raise psycopg.OperationalError("gone")
        raise timers.running.Stopped

    monkeypatch.setattr(timers, "run_round", a_round)
    monkeypatch.setattr(timers, "SECONDS_AFTER_FAULT", 0)
    with pytest.raises(timers.running.Stopped):
        timers.run_for_ever(database, [], first=0)
    assert len(rounds) == 2
    assert "could not reach the database" in caplog.text


STAYS = """
import datetime as dt, os, sys
from samspil.config import running, timers
from samspil.config.environment import database_from_url
hour = dt.timedelta(hours=1)
one = timers.Timer("hold", "", hour, hour, (sys.executable, "-c", sys.argv[1]))
running.listen_for_the_end()
try:
    timers.run_for_ever(database_from_url(os.environ["DATABASE_URL"]), [one], first=0)
except running.Stopped:
    pass
"""


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_at_once_and_what_it_started_with_it(
    wish: signal.Signals, database: dict[str, Any], tmp_path: Path
) -> None:
    place = tmp_path / "child"
    holds = f"import os, time; open({str(place)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", STAYS, holds], env=environment(tmp_path)) as process:
        try:
            _wait_for(place)
            child = int(place.read_text())
            process.send_signal(wish)
            began = time.monotonic()
            assert process.wait(5) == (0 if wish is signal.SIGTERM else -signal.SIGKILL)
            assert time.monotonic() - began < 2
        finally:
            process.kill()
    gone_by = time.monotonic() + 3
    while _runs(child) and time.monotonic() < gone_by:
        time.sleep(0.05)
    assert not _runs(child)


def test_each_verb_of_the_table_does_its_work(
    database: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("DATABASE_URL", "SAMSPIL_DATA"):
        monkeypatch.setenv(name, environment(tmp_path)[name])
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "samspil.config.settings")
    assert main(["timers", "--status"]) == 1, "nothing has been done yet"
    assert capsys.readouterr().out.count("er aldrig gået godt. FOR LÆNGE SIDEN.") == len(timers.read_timers())
    pause = run_round(database, timers.read_timers())
    assert 0 < pause <= 300
    assert main(["timers", "--status"]) == 0, capsys.readouterr()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(timers.read_timers())
    assert all("gik sidst godt" in line for line in lines)


def test_the_manual_has_the_table_of_the_timers() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for one in timers.read_timers():
        assert f"| `{one.verb}` | {one.every.total_seconds() / 60:.0f} |" in manual


def _wait_for(place: Path) -> None:
    until = time.monotonic() + 20
    while not (place.exists() and place.read_text()) and time.monotonic() < until:
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[-1].split()[0]
