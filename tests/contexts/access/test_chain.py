"""T4: the logs' chain. Whatever is changed in them is found, and nothing else; writers at once never fork it."""

import datetime as dt
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.models import AccessLogEntry, Link
from samspil.kernel import scope
from samspil.kernel.ids import new_id
from tests.cast import NOW, Cast
from tests.contexts.access.tampering import CHANGES, Change, ask, edit, guards

LINES = 40


def settle() -> None:
    ask("set constraints all immediate")
    ask("set constraints all deferred")


@pytest.fixture
def logs(cast: Cast) -> dict[str, list[Any]]:
    """Both logs of 991 with forty lines, in the order of their chains."""
    mette = cast.actor("mette")
    for number in range(LINES // 4):
        at = NOW + dt.timedelta(minutes=number)
        case = cast.case_id if number % 2 else None
        access.log_looks(
            actor=mette, at=at, looks=[(cast.citizen_id, case, w, "") for w in ("case", "goals", "plan", "x")]
        )
    for number in range(LINES):
        access.record(actor=mette, at=NOW, kind=f"kind.{number}", data={"x": None, "y": 1.5, "å": 'ø"\\'})
    settle()
    return {log: [row[0] for row in _ids(log)] for log in ("look", "event")}


def _ids(log: str) -> list[Any]:
    return ask("select entry_id from access_link where log = %s and chain = 991 order by place", log)


def test_every_line_is_linked_whoever_writes_it(cast: Cast, logs: dict[str, list[Any]]) -> None:
    access.log_looks(actor=cast.actor("jonas"), at=NOW, looks=[(cast.citizen_id, None, "my_day", "")])
    AccessLogEntry.objects.create(at=NOW, municipality=992, user_name="Otto", citizen_id=cast.citizen_id, what="case")
    found = access.verify(anchors=access.heads())
    assert {(head.log, head.chain): head.count for head in found.heads} == {
        ("look", 0): 1,
        ("look", 991): LINES,
        ("look", 992): 1,
        ("event", 991): LINES,
    }
    assert found.broken == ()
    assert tuple(found.heads) == tuple(sorted(found.heads, key=lambda h: (h.log != "look", h.chain)))
    assert set(found.heads) == set(access.heads())


def test_a_line_from_before_purposes_keeps_its_hash_and_one_with_a_purpose_covers_it(cast: Cast) -> None:
    AccessLogEntry.objects.create(at=NOW, municipality=992, user_name="Otto", citizen_id=cast.citizen_id, what="case")
    access.log_looks(actor=cast.actor("mette"), at=NOW, looks=[(cast.citizen_id, None, "case", "")])
    forms = ask(
        "select e.municipality, convert_from(access_form(to_jsonb(e)), 'UTF8') from access_accesslogentry e order by 1"
    )
    assert [(place, '"purpose": "casework"' in form, "purpose" in form) for place, form in forms] == [
        (991, True, True),
        (992, False, False),
    ]
    assert access.verify().broken == ()


def test_the_order_of_the_chain_is_the_order_of_writing(cast: Cast) -> None:
    """Old lines may be written late: the demo does, and an import would."""
    for days in (1, 9, 4):
        access.log_looks(
            actor=cast.actor("mette"), at=NOW - dt.timedelta(days=days), looks=[(cast.citizen_id, None, f"{days}", "")]
        )
    written = ask("select what from access_accesslogentry e join access_link l on l.entry_id = e.id order by place")
    assert [row[0] for row in written] == ["1", "9", "4"]


def test_a_link_cannot_be_changed(logs: dict[str, list[Any]]) -> None:
    for sql in ("update access_link set place = 7000", "delete from access_link"):
        with pytest.raises(DatabaseError), transaction.atomic():
            ask(sql)


def _found(log: str, ids: list[Any], change: Change, random: Random, anchors: tuple[access.Head, ...]) -> list[Any]:
    with transaction.atomic():
        guards("disable")
        change(log, ids, random)
        broken = access.verify(anchors=anchors).broken
        transaction.set_rollback(True)
    return list(broken)


def _tamper(logs: dict[str, list[Any]], times: int, seed: int) -> Counter[str]:
    random = Random(seed)  # noqa: S311 - a test
    anchors = access.heads()
    missed: list[str] = []
    found: Counter[str] = Counter()
    for number in range(times):
        change = CHANGES[number % len(CHANGES)]
        log = random.choice(["look", "event"])
        broken = _found(log, logs[log], change, random, anchors)
        if not any(one.log == log for one in broken):
            missed.append(f"{number}: {change.__name__} in {log}")
        found.update(f"{change.__name__}: {one.why}" for one in broken[:1])
    assert not missed, missed
    assert access.verify(anchors=anchors).broken == (), "the control: untouched, nothing is said"
    return found


@pytest.mark.slow
def test_a_hundred_changes_are_found(logs: dict[str, list[Any]]) -> None:
    found = _tamper(logs, 100, seed=20261127)
    assert found["insert: outside"] == found["truncate: truncated"] == found["rewrite: rewritten"] == 10, found


@pytest.mark.battery
def test_a_thousand_changes_are_found(logs: dict[str, list[Any]]) -> None:
    found = _tamper(logs, 1000, seed=time.time_ns())
    print(f"T4: {sum(found.values())} of 1,000 changes found: {dict(sorted(found.items()))}")  # noqa: T201


def test_without_an_anchor_a_lost_tail_is_not_seen(logs: dict[str, list[Any]]) -> None:
    """The control of the anchor: it is what finds these two, so the other tests do not pass for another reason."""
    random = Random(1)  # noqa: S311 - a test
    for change in CHANGES[-2:]:
        assert _found("look", logs["look"], change, random, ()) == []


def test_the_first_broken_line_is_named(logs: dict[str, list[Any]]) -> None:
    with transaction.atomic():
        guards("disable")
        for place in (30, 12, 21):
            edit("look", [logs["look"][place - 1]], Random(4))  # noqa: S311 - a test
        (broken,) = access.verify().broken
        transaction.set_rollback(True)
    assert (broken.log, broken.chain, broken.place, broken.why) == ("look", 991, 12, access.Break.CHANGED)


def test_the_command_anchors_and_verifies(
    logs: dict[str, list[Any]], tmp_path: Path, settings: Any, capsys: Any
) -> None:
    settings.DATA_DIR = tmp_path
    call_command("log", "anchor")
    call_command("log", "anchor")
    kept = tmp_path / "anchors" / "log.txt"
    assert len(kept.read_text().splitlines()) == 4
    assert kept.stat().st_mode & 0o777 == 0o600
    call_command("log", "verify")
    assert "Loggene er hele." in capsys.readouterr().out
    guards("disable")
    ask("update access_event set kind = 'x' where id = %s", logs["event"][4])
    with pytest.raises(CommandError, match=r"BRUDT: event 991, linje 5 .*: linjen er ændret"):
        call_command("log", "verify")
    with pytest.raises(CommandError, match="Kan ikke læse"):
        call_command("log", "verify", "--anchors", str(tmp_path / "elsewhere.txt"))


def _write(actor: access.Actor, citizen: Any, statements: int, rows: int, errors: list[BaseException]) -> None:
    try:
        scope.stay(scope.SYSTEM)
        for _ in range(statements):
            access.log_looks(actor=actor, at=NOW, looks=[(citizen, None, "case", "")] * rows)
            access.record(actor=actor, at=NOW, kind="x", subject_id=new_id())
    except BaseException as error:
        errors.append(error)
    finally:
        connection.close()


def _race(cast: Cast, *, writers: int, statements: int, rows: int) -> float:
    """Rows a second, of writers on connections of their own. Looks come `rows` in a statement, as those of a page."""
    mette, errors = cast.actor("mette"), []
    threads = [
        threading.Thread(target=_write, args=(mette, cast.citizen_id, statements, rows, errors)) for _ in range(writers)
    ]
    before = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - before
    assert errors == []
    found = access.verify()
    assert found.broken == ()
    assert found.lines == Link.objects.count() == writers * statements * (rows + 1)
    return found.lines / took


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
@pytest.mark.slow
def test_writers_at_once_do_not_fork_the_chain(cast: Cast) -> None:
    _race(cast, writers=6, statements=25, rows=3)


@pytest.mark.battery
@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
def test_a_hundred_thousand_lines_at_once(cast: Cast) -> None:
    rate = _race(cast, writers=6, statements=4167, rows=3)
    before = time.perf_counter()
    lines = access.verify().lines
    read = lines / (time.perf_counter() - before)
    print(f"T4: {lines:,} lines by 6 writers at {rate:,.0f} a second, 0 forks; verified at {read:,.0f} a second")  # noqa: T201
    assert rate >= 800


@pytest.mark.django_db(transaction=True)
@pytest.mark.real_time
@pytest.mark.slow
def test_without_the_lock_the_chain_would_fork(cast: Cast) -> None:
    """The control: take the lock away, and writers at once stumble over the same place."""
    (definition,) = ask("select pg_get_functiondef('access_head'::regproc)")[0]
    ask(definition.replace("perform pg_advisory_xact_lock(7305, of_chain);", ""))
    try:
        with pytest.raises(AssertionError, match="link_once"):
            _race(cast, writers=6, statements=100, rows=3)
    finally:
        ask(definition)
