"""Continuous archiving of the embedded server: a base copy, and the log received before a commit is acknowledged.

The archive is a folder on another disk: `base` (pg_basebackup), `wal` (pg_receivewal --synchronous) and `passwords`.
"""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from samspil.config.postgres.clients import told
from samspil.config.postgres.cluster import Cluster
from samspil.config.postgres.errors import PostgresError

RECEIVER = "samspil_archive"
SECONDS = 60


def receive(cluster: Cluster, place: Path, *, ready: Callable[[], object]) -> int:
    """Receive into `place` until the receiver ends or Stopped is raised; call `ready` once commits wait for it.

    A stop that was asked for lets commits go on without the archive. When the receiver dies, they wait: nothing is
    acknowledged that is not in the archive. The server must be up. Raises PostgresError.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / "wal").mkdir(mode=0o700, exist_ok=True)
    _run(cluster, "pg_receivewal", "--slot", RECEIVER, "--create-slot", "--if-not-exists")
    with _receiving(cluster, place / "wal") as receiver:
        _wait_until_it_streams(cluster, receiver)
        if not (place / "base").exists():
            _copy_base(cluster, place)
        _copy_passwords(cluster, place / "passwords")
        _let_commits_wait_for(cluster, RECEIVER)
        ready()
        try:
            code = receiver.wait()
        except BaseException:
            _let_commits_wait_for(cluster, "")
            raise
    raise PostgresError(
        f"Modtageren stoppede af sig selv (kode {code}), og Samspil venter nu med at gemme. Start den igen."
    )


def recover(cluster: Cluster, place: Path, *, until: str = "") -> None:
    """Make the cluster anew from the archive: to its last byte, or to the moment `until` as PostgreSQL reads it.

    Raises PostgresError when there is a cluster already.
    """
    if not (place / "base").is_dir():
        raise PostgresError(f"{place} er ikke et arkiv: mappen base mangler.")
    cluster.adopt(
        place / "base", passwords=place / "passwords", then=lambda data: _ask_for_recovery(data, place, until)
    )
    cluster.keep()
    try:
        _wait_until_it_is_whole(cluster)
    except psycopg.OperationalError as error:
        raise PostgresError(f"Genskabelsen gik i stå. Se de sidste linjer i {cluster.log}.") from error
    shutil.rmtree(cluster.data / "received")


def _wait_until_it_is_whole(cluster: Cluster) -> None:
    with psycopg.connect(cluster.administrator_url(), autocommit=True) as server:
        while server.execute("select pg_is_in_recovery()").fetchone() == (True,):
            time.sleep(0.1)
        for setting in ("restore_command", "recovery_target_time", "recovery_target_action"):
            server.execute(sql.SQL("alter system reset {}").format(sql.Identifier(setting)))


def _ask_for_recovery(data: Path, place: Path, until: str) -> None:
    """The log goes with the data, where the server's own account can read it; its last piece is an unfinished one."""
    received = data / "received"
    received.mkdir(mode=0o700)
    for piece in sorted((place / "wal").iterdir()):
        shutil.copyfile(piece, received / piece.name.removesuffix(".partial"))
    (data / "recovery.signal").touch()
    lines = ["synchronous_standby_names = ''", "restore_command = 'cp received/%f \"%p\"'"]
    if until:
        quoted = until.replace("'", "''")
        lines += [f"recovery_target_time = '{quoted}'", "recovery_target_action = 'promote'"]
    with (data / "postgresql.auto.conf").open("a") as settings:
        settings.write("".join(f"{line}\n" for line in lines))


@contextlib.contextmanager
def _receiving(cluster: Cluster, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    address, environment = told(_address(cluster) | {"application_name": RECEIVER})
    command: list[str | Path] = [
        *(cluster.program("pg_receivewal"), "--synchronous", "--no-password"),
        *("--slot", RECEIVER, "--directory", folder, f"--dbname={address}"),
    ]
    with subprocess.Popen(command, env=environment, start_new_session=True) as child:  # noqa: S603
        try:
            yield child
        finally:
            child.terminate()


def _wait_until_it_streams(cluster: Cluster, receiver: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS
    with psycopg.connect(cluster.administrator_url(), autocommit=True) as server:
        query = "select count(*) from pg_stat_replication where application_name = %s and state = 'streaming'"
        while server.execute(query, [RECEIVER]).fetchone() == (0,):
            if receiver.poll() is not None or time.monotonic() > deadline:
                raise PostgresError("Modtageren kom ikke i gang. Dens egne ord står ovenfor.")
            time.sleep(0.1)


def _copy_base(cluster: Cluster, place: Path) -> None:
    unfinished = place / "base.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run(cluster, "pg_basebackup", "--pgdata", unfinished, "--checkpoint", "fast")
    unfinished.rename(place / "base")


def _copy_passwords(cluster: Cluster, folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    for file in cluster.password_files():
        with os.fdopen(os.open(folder / file.name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as copy:
            copy.write(file.read_text())


def _let_commits_wait_for(cluster: Cluster, standby: str) -> None:
    with psycopg.connect(cluster.administrator_url(), autocommit=True) as server:
        server.execute(sql.SQL("alter system set synchronous_standby_names = {}").format(sql.Literal(standby)))
        server.execute("select pg_reload_conf()")


def _run(cluster: Cluster, name: str, *words: str | Path) -> None:
    address, environment = told(_address(cluster))
    command = [cluster.program(name), "--no-password", f"--dbname={address}", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)  # noqa: S603
    if done.returncode:
        raise PostgresError(f"{name} lykkedes ikke.\n{done.stdout.decode(errors='replace').strip()}")


def _address(cluster: Cluster) -> dict[str, str]:
    with psycopg.connect(cluster.administrator_url()) as server:
        info = server.info
        return {"host": info.host, "user": info.user, "password": info.password}
