"""Starting, stopping and being killed."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from samspil.config.postgres import Cluster, PostgresError
from samspil.config.postgres.account import Account
from samspil.config.postgres.binaries import PROVIDER, Wheel, programs_for
from tests.config.conftest import as_root

pytestmark = [pytest.mark.real_time, pytest.mark.slow]


@pytest.fixture(scope="module")
def disposable() -> Iterator[Cluster]:
    """Stopped between tests, and at a place that tries it: long, with spaces and Danish letters."""
    with TemporaryDirectory(prefix="samspil-test-", dir="/tmp") as folder:
        place = Path(folder)
        for _ in range(8):
            place.chmod(0o755)
            place = place / "Bjørns sager på Ærø"
            place.mkdir()
        place.chmod(0o755)
        yield Cluster(place, name="test-postgres", disposable=True)


def write_a_row(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("create table word as select 'skriv én gang' as text")


def read_the_row(cluster: Cluster) -> object:
    with psycopg.connect(cluster.url()) as connection:
        return connection.execute("select text from word").fetchone()


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_what_was_written_survives_a_restart_and_kill_9(cluster: Cluster) -> None:
    cluster.start()
    write_a_row(cluster)
    assert cluster.stop()
    assert not cluster.is_running()
    assert not cluster.socket_folder.exists()
    cluster.start()
    assert read_the_row(cluster) == ("skriv én gang",)

    killed = postmaster(cluster)
    os.kill(killed, signal.SIGKILL)
    while cluster.is_running():
        time.sleep(0.01)
    cluster.start()
    assert postmaster(cluster) != killed
    assert read_the_row(cluster) == ("skriv én gang",)
    cluster.start()  # running already is fine
    assert cluster.stop()
    assert not cluster.stop()

    zombie = subprocess.Popen(["sleep", "60"], user=cluster.account.uid if os.geteuid() == 0 else None)
    zombie.kill()
    (cluster.data / "postmaster.pid").write_text(f"{zombie.pid}\n{cluster.data}\n1\n5432\n/tmp\n\n")
    try:
        assert Path(f"/proc/{zombie.pid}").exists()
        assert not cluster.is_running()
        cluster.start()
        assert read_the_row(cluster) == ("skriv én gang",)
    finally:
        zombie.wait()


@pytest.mark.parametrize("spoken_of", ["leakproof", "not leakproof"])
def test_it_starts_while_nothing_may_be_written_yet(cluster: Cluster, spoken_of: str) -> None:
    """A server that recovers from an archive lets itself be read first."""
    cluster.start()
    with psycopg.connect(cluster.administrator_url()) as connection:
        connection.execute(f"alter function pg_catalog.textlike(text, text) {spoken_of}")
    cluster.stop()
    (cluster.data / "standby.signal").touch()
    cluster.start()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("show transaction_read_only").fetchone() == ("on",)


def test_the_last_borrower_stops_it_even_when_another_was_killed(disposable: Cluster) -> None:
    cluster = disposable
    program = (
        "import sys, time; from pathlib import Path; from samspil.config.postgres import Cluster\n"
        "cluster = Cluster(Path(sys.argv[1]), name='test-postgres', disposable=True)\n"
        "with cluster.borrowed(): print('up', flush=True); time.sleep(60)"
    )
    with cluster.borrowed() as url:
        with Cluster(cluster.home.parent, name="test-postgres").borrowed() as same:
            assert same == url
        assert cluster.is_running()
        command = [sys.executable, "-c", program, str(cluster.home.parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"up\n"
            other.kill()
        assert cluster.is_running()
    assert not cluster.is_running()
    cluster.keep()
    with cluster.borrowed():
        pass
    assert cluster.is_running()
    assert cluster.stop()
    with cluster.borrowed():
        pass
    assert not cluster.is_running()


def test_data_of_another_major_version_is_left_alone(cluster: Cluster) -> None:
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(PostgresError, match="er fra PostgreSQL 17, og programmerne er fra 18"):
        cluster.start()


def test_a_server_for_tests_may_create_databases(disposable: Cluster) -> None:
    with disposable.borrowed() as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create database another")
        assert connection.execute("show fsync").fetchone() == ("off",)
    assert not disposable.is_running()


@as_root
def test_root_finds_another_place_when_the_account_cannot_reach_this_one(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "project" / "var"
    cluster = Cluster(data, disposable=True, elsewhere=place / "elsewhere")
    assert cluster.home.parent == place / "elsewhere"
    with cluster.borrowed():
        write_a_row(cluster)
    again = Cluster(data, disposable=True, elsewhere=place / "elsewhere")
    assert again.home == cluster.home
    with again.borrowed():
        assert read_the_row(again) == ("skriv én gang",)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not (data / "postgres").exists()


@as_root
def test_root_copies_programs_that_the_account_cannot_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    source = PROVIDER.package_folder()
    for folder in (source, source.with_name(f"{source.name}.libs")):
        subprocess.run(["cp", "-r", folder, closed], check=True)
    monkeypatch.setattr(Wheel, "package_folder", lambda self: closed / self.package)
    account = Account.default()
    assert not account.can_run(closed / PROVIDER.package / PROVIDER.programs / "postgres")

    programs = programs_for(account, copies=place / "programs")
    assert programs.is_relative_to(place / "programs")
    assert account.can_run(programs / "initdb")
    written = (programs / "initdb").stat().st_mtime_ns, (programs / "initdb").stat().st_ino
    assert programs_for(account, copies=place / "programs") == programs
    assert ((programs / "initdb").stat().st_mtime_ns, (programs / "initdb").stat().st_ino) == written


@as_root
def test_an_ordinary_user_needs_no_rights_at_all(place: Path) -> None:
    nobody = Account.owning(65534)
    python = f"/usr/bin/python3.{sys.version_info.minor}"
    packages = [path for path in sys.path if path]
    if not (
        nobody.can_run(Path(python))
        and nobody.may_enter(Path(__file__).parent)
        and nobody.may_enter(Path(packages[-1]))
    ):
        pytest.skip("this Python or this checkout lies where an ordinary user cannot read")
    home = place / "home"
    home.mkdir()
    nobody.take(home)
    program = (
        "import os, sys; from pathlib import Path; from samspil.config.postgres import Cluster\n"
        "cluster = Cluster(Path('var'))\n"
        "with cluster.borrowed() as url: print(os.geteuid(), cluster.account.uid, cluster.home)\n"
    )
    done = subprocess.run(
        [python, "-c", program],
        cwd=home,
        env={"PYTHONPATH": os.pathsep.join(packages), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"},
        user=nobody.uid,
        group=nobody.gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.stdout.split(), done.stderr) == (["65534", "65534", f"{home}/var/postgres"], "")

    same = Cluster(home / "var")  # root, coming later, runs it as its owner
    with same.borrowed():
        assert os.stat(f"/proc/{postmaster(same)}").st_uid == 65534


@as_root
def test_somebody_elses_database_is_refused_in_words(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Cluster(place)
    cluster.data.mkdir()
    cluster.account.take(cluster.data)
    monkeypatch.setattr(os, "geteuid", lambda: 65534)
    with pytest.raises(PostgresError, match="tilhører brugeren"):
        Cluster(place)


def test_a_failure_to_start_says_why(disposable: Cluster) -> None:
    with disposable.borrowed():
        pass
    settings = disposable.data / "postgresql.conf"
    before = settings.read_text()
    settings.write_text(f"{before}no_such_setting = 1\n")
    try:
        with pytest.raises(PostgresError, match="Databasen ville ikke starte"):
            disposable.start()
    finally:
        settings.write_text(before)
    assert "no_such_setting" in disposable.log.read_text()
