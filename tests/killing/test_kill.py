"""T10: kill -9 of each of its processes while people write. What was acknowledged is there, once and whole."""

import os
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

import pytest

from tests.config.test_serving import free_port
from tests.killing.damages import DAMAGES
from tests.killing.installation import Installation
from tests.killing.whole import problems
from tests.killing.writers import Answer, Facts, Load, Write, met

pytestmark = [pytest.mark.real_time, pytest.mark.slow]
TARGETS = ("database", "server", "worker", "timers")
KILLS = int(os.environ.get("BATTERY_KILLS", "50"))
UNDER_LOAD = (0.2, 1.2)
"""Seconds of writing before something is killed."""


def installed(*, boards: int, closings: int) -> Iterator[Installation]:
    place = Path(tempfile.mkdtemp(prefix="samspil-test-", dir="/tmp"))
    place.chmod(0o755)
    made = Installation(place, port=free_port(), boards=boards, closings=closings)
    yield made
    made.close()
    rmtree(place)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    yield from installed(boards=1, closings=40)


@pytest.fixture
def large_installation() -> Iterator[Installation]:
    yield from installed(boards=1 + KILLS // 10, closings=20 + 3 * KILLS)


def killed(installation: Installation, load: Load, targets: list[str]) -> dict[str, list[float]]:
    """Seconds from each kill until somebody is answered who asked after it."""
    recovered: dict[str, list[float]] = {target: [] for target in TARGETS}
    with load.running():
        for target in targets:
            time.sleep(random.uniform(*UNDER_LOAD))  # noqa: S311
            load.wait_for_an_acknowledgement(sent_after=time.monotonic())
            began = time.monotonic()
            installation.kill(target)
            recovered[target].append(load.wait_for_an_acknowledgement(sent_after=began) - began)
    return recovered


def say(load: Load, recovered: dict[str, list[float]]) -> None:
    kinds = Counter(write.kind for write in load.written if write.is_acknowledged)
    again = sum(write.is_acknowledged and write.unanswered > 0 for write in load.written)
    given_up = sum(not write.is_acknowledged and write.unanswered > 0 for write in load.written)
    times = ", ".join(
        f"{target} {len(seconds)} (median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s)"
        for target, seconds in recovered.items()
        if seconds
    )
    print(  # noqa: T201 - the figures of docs/assurance.md
        f"\nT10: killed {times}; acknowledged {dict(kinds)}; without an answer: {again} sent again, {given_up} given up"
    )


def found(installation: Installation) -> list[str]:
    with installation.administrator() as database:
        return problems(database, installation.written(), boards=installation.facts.written)


def unsurprised(load: Load) -> None:
    """All that was answered otherwise than with yes stands in the message, and is not cut short."""
    assert not load.surprises, "\n".join(load.surprises)


def kept(installation: Installation, load: Load) -> None:
    unsurprised(load)
    assert found(installation) == []
    load.send_again(most=20)
    unsurprised(load)
    assert found(installation) == []
    assert "hele" in installation.drill.samspil("log", "verify")
    assert {write.kind for write in load.written if write.is_acknowledged} == {"note", "task", "word", "closing"}


def test_nothing_acknowledged_is_lost_when_processes_are_killed(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    load = installation.loaded()
    recovered = killed(installation, load, list(TARGETS))
    with capsys.disabled():
        say(load, recovered)
    kept(installation, load)


def test_what_was_not_expected_is_printed() -> None:
    """The control: a page that says no, a redirect elsewhere, and what a board answers."""
    load = Load(0, Facts("", "", "", "", [], []), 0.0)
    write = Write("note", "qz1", "/notat/1/skriv/", b"", uuid4())
    said = [
        Answer(409, "", b"<head><title>Samspil</title></head><main><h1>Sagen er lukket</h1></main>"),
        Answer(302, "/log-ind/?next=/", b""),
        Answer(200, "", b'{"results": [{"state": "refused"}]}'),
    ]
    load.surprises = [met(write, answer) for answer in said]
    with pytest.raises(AssertionError) as caught:
        unsurprised(load)
    for words in ("409: Sagen er lukket", "302 to /log-ind/?next=/", '"state": "refused"', "note qz1 at /notat/1/"):
        assert words in str(caught.value)


@pytest.mark.battery
def test_nothing_acknowledged_is_lost_in_many_kills(large_installation: Installation) -> None:
    load = large_installation.loaded(closing_every=0.5)
    targets = [TARGETS[number % len(TARGETS)] for number in range(KILLS)]
    random.shuffle(targets)
    recovered = killed(large_installation, load, targets)
    say(load, recovered)
    kept(large_installation, load)


@pytest.mark.battery
def test_a_database_that_was_long_gone_is_found_again_at_once(installation: Installation) -> None:
    load = installation.loaded()
    with load.running():
        load.wait_for_an_acknowledgement(sent_after=time.monotonic())
        installation.kill("database", found_after=40)
        began = time.monotonic()
        seconds = load.wait_for_an_acknowledgement(sent_after=began) - began
    print(f"\nT10: after 40 seconds without a database, answers {seconds:.1f} s after it is back")  # noqa: T201
    assert seconds < 12  # its wait doubled from second to second: the next look was at 63
    kept(installation, load)


def only_losses(installation: Installation) -> set[str]:
    """What was acknowledged and is lost, and is forgotten with that; nothing else may be wrong."""
    lines = found(installation)
    lost = {line.split()[1].rstrip(":") for line in lines if line.endswith("acknowledged and lost")}
    assert len(lost) == len(lines), lines
    print(f"\nT10: {len(lost)} of {sum(w.is_acknowledged for w in installation.written())} lost")  # noqa: T201
    for load in installation.loads:
        load.written = [write for write in load.written if write.marker not in lost]
    return lost


def test_a_database_that_does_not_wait_for_its_disk_is_found(installation: Installation) -> None:
    """The negative control: the same kill loses what was acknowledged in the last seconds."""
    load = installation.loaded()
    with load.running(), installation.administrator() as database:
        for setting in ("synchronous_commit = off", "wal_writer_delay = '10s'"):
            database.execute(f"alter system set {setting}")
        database.execute("select pg_reload_conf()")
        time.sleep(2)
        load.wait_for_an_acknowledgement(sent_after=time.monotonic())
        began = time.monotonic()
        installation.kill("database")
        load.wait_for_an_acknowledgement(sent_after=began)
    with installation.administrator() as database:
        database.execute("alter system reset all")
        database.execute("select pg_reload_conf()")
    assert only_losses(installation)


def test_a_server_that_answers_before_it_has_written_is_found(installation: Installation) -> None:
    load = installation.loaded()
    with installation.served_by("tests.killing.hasty:application"), load.running():
        for _ in range(3):
            load.wait_for_an_acknowledgement(sent_after=time.monotonic())
        installation.kill("server")
    assert only_losses(installation)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_missing_or_half_is_found(installation: Installation, damage: str) -> None:
    if not any(write.kind == "closing" and write.is_acknowledged for write in installation.written()):
        with installation.loaded().running():
            time.sleep(2)
    assert found(installation) == []
    with installation.administrator() as database, database.transaction(force_rollback=True):
        database.execute("set session_replication_role = replica")  # no trigger, no foreign key keeps it whole
        assert database.execute(damage).rowcount
        assert problems(database, installation.written(), boards=installation.facts.written)
