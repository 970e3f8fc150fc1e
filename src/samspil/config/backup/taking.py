"""Taking a copy while people work: database, files and keys in one sealed set."""

import datetime as dt
import json
import os
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from samspil.config.backup import digests
from samspil.config.backup.contents import KEYS, MANIFEST, Manifest, SetWriter, Stored, verified
from samspil.config.backup.errors import BackupError, reason
from samspil.config.backup.installation import Installation
from samspil.config.backup.sealing import SealedWriter
from samspil.config.postgres.clients import program, told


def take(here: Installation, place: Path, *, key: str, at: dt.datetime) -> tuple[Path, Manifest]:
    """Write a set into the folder, or to the file, `place`; read it again; return where it lies and what is in it.

    Nothing by that name exists before the whole set is on disk and has been read back. Raises BackupError.
    """
    path = place / f"samspil-{at:%Y-%m-%dT%H%M%SZ}.set" if place.is_dir() else place
    if path.exists():
        raise BackupError(f"{path} findes i forvejen. En kopi skriver ikke oven i en anden.")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with SealedWriter(file, key=key) as sealed:
                _write(here, sealed, at=at)
            file.flush()
            os.fsync(file.fileno())
        manifest = verified(unfinished, key=key)
        unfinished.rename(path)
    except OSError as error:
        raise BackupError(f"Kunne ikke skrive {path}: {reason(error)}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return path, manifest


def _write(here: Installation, sealed: SealedWriter, *, at: dt.datetime) -> None:
    out = SetWriter(sealed)
    with digests.one_moment(here.administrator) as database:
        described = _described(database, at=at)
        stored = _dump(here, database, out, major=described["postgres"])
    # After the moment: what a row speaks of was there before the row was.
    files = out.add_files(here.files)
    out.add(KEYS, json.dumps(dict(here.keys)).encode())
    manifest = Manifest(**described, files=files, database=stored, keys=tuple(here.keys))
    out.add(MANIFEST, manifest.to_json())
    out.close()


def _described(database: psycopg.Connection, *, at: dt.datetime) -> dict[str, Any]:
    migrations = digests.migrations(database)
    if not migrations:
        raise BackupError("Der er ingen Samspil i databasen, så der er intet at gemme. Kør først: samspil migrate")
    return {
        "taken_at": at.isoformat(timespec="seconds"),
        "samspil": version("samspil"),
        "postgres": database.info.server_version // 10_000,
        "migrations": migrations,
        "roles": digests.roles(database),
        "tables": digests.digests(database),
        "sequences": digests.sequences(database),
    }


def _dump(here: Installation, database: psycopg.Connection, out: SetWriter, *, major: int) -> Stored:
    """pg_dump of the moment that `database` sees."""
    row = database.execute("select pg_export_snapshot()").fetchone()
    assert row is not None  # noqa: S101 - a function's select has a row
    address, environment = told(here.administrator)
    command: list[str | Path] = [
        *(program("pg_dump", major=major), "--format=custom", "--compress=3", "--no-password"),
        *(f"--snapshot={row[0]}", f"--dbname={address}"),
    ]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=said) as pg_dump,  # noqa: S603
    ):
        assert pg_dump.stdout is not None  # noqa: S101
        try:
            stored = out.add_stream(pg_dump.stdout)
        except BaseException:
            pg_dump.kill()
            raise
        if pg_dump.wait():
            said.seek(0)
            raise BackupError(f"Databasen kunne ikke gemmes.\n{said.read().decode(errors='replace').strip()}")
    return stored
