"""What is done between the database and the first page, and what is left undone the second time."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import connection
from pytest_django.fixtures import Settings

from samspil.config import preparation
from samspil.config.backup import record
from samspil.config.environment import Mode, database_from_url
from samspil.config.postgres import Cluster
from samspil.config.postgres.durability import NotDurable, assert_durable
from tests.cast import Cast

Calls = list[tuple[str, dict[str, object]]]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The Django commands that the preparation asks for, with their options, instead of running them."""
    calls: Calls = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **options: calls.append((name, options)))
    return calls


@pytest.fixture
def static_files(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder of source files, with everything that is written going to a place of its own."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "page.css").write_text("p { color: black }")
    settings.STATICFILES_DIRS = [sources]
    settings.DATA_DIR = tmp_path / "var"
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STATIC_ROOT.mkdir(parents=True)
    return sources


def test_static_files_are_packed_again_only_when_one_has_changed(called: Calls, static_files: Path) -> None:
    preparation.collect_static_files(clear=True)
    preparation.collect_static_files(clear=True)
    assert [name for name, _ in called] == ["collectstatic"]
    (static_files / "page.css").write_text("p { color: black } ")
    preparation.collect_static_files(clear=False)
    assert [options["clear"] for _, options in called] == [True, False]
    os.utime(static_files / "page.css", ns=(1, 1))
    preparation.collect_static_files(clear=False)
    assert len(called) == 3


def test_a_packing_that_broke_off_is_done_again(static_files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(name: str, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preparation, "call_command", breaks_off)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            preparation.collect_static_files(clear=True)


@pytest.mark.django_db
def test_an_empty_database_is_filled_and_marked(called: Calls) -> None:
    preparation.fill(citizens=500)
    assert [(name, options["citizens"]) for name, options in called] == [("demo", 500)]
    with connection.cursor() as cursor:
        cursor.execute("select obj_description('django_migrations'::regclass)")
        assert cursor.fetchone() == (preparation.MARK,)


def test_people_the_demo_did_not_make_keep_the_demo_away(called: Calls, cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("comment on table django_migrations is null")
    with pytest.raises(CommandError, match="som demoen ikke har lavet"):
        preparation.fill(citizens=None)
    assert called == []


def test_a_demo_that_is_filled_already_is_left_as_it_is(called: Calls, cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"comment on table django_migrations is '{preparation.MARK}'")
    preparation.fill(citizens=None)
    assert called == []


@pytest.mark.django_db
def test_missing_migrations_keep_production_from_starting(called: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not preparation.migrations_are_missing()
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'orders'")
    assert preparation.migrations_are_missing()
    with pytest.raises(CommandError, match="samspil migrate"):
        preparation.prepare_serving()
    assert called == []


AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_a_database_that_may_forget_keeps_production_from_starting(
    called: Calls, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODE = Mode.PRODUCTION
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "options", "-c synchronous_commit=off")
    with pytest.raises(NotDurable, match=r"synchronous_commit.* er slået fra"):
        preparation.prepare_serving()
    assert called == []


@pytest.mark.slow
def test_a_server_of_our_own_forgets_nothing_unless_the_connection_says_so(server: Cluster) -> None:
    assert_durable(database_from_url(server.url()))
    with pytest.raises(NotDurable, match=r"drift: synchronous_commit er slået fra i databasen \(for rollen samspil\)"):
        assert_durable(database_from_url(f"{server.url()}&options=-c%20synchronous_commit%3Doff"))


@pytest.mark.slow
def test_a_server_for_tests_is_refused_with_all_three_names(place: Path) -> None:
    cluster = Cluster(place, disposable=True)
    with cluster.borrowed() as url, pytest.raises(NotDurable, match="fsync, full_page_writes, synchronous_commit er"):
        assert_durable(database_from_url(url))


def test_old_copies_and_a_full_disk_are_worries(
    server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = database_from_url(server.url())
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(100, 89, 11))  # type: ignore[attr-defined]
    assert len(preparation.worries(tmp_path, database, at=AT)) == 2
    for what in ("taken", "proven"):
        record.note(tmp_path, what, at=AT)
    assert preparation.worries(tmp_path, database, at=AT) == []
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: shutil._ntuple_diskusage(100, 91, 9))  # type: ignore[attr-defined]
    (worry,) = preparation.worries(tmp_path, database, at=AT)
    assert worry.startswith("Der er mindre end en tiendedel plads tilbage")
