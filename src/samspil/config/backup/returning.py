"""Putting a set back: everything is read and compared before anything that was there is moved, and moved it stays."""

import contextlib
import datetime as dt
import json
import os
import secrets
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from samspil.config.backup import databases, digests
from samspil.config.backup.contents import (
    DATABASE,
    FILES,
    KEYS,
    Counted,
    Manifest,
    Stored,
    compare_files,
    names_below,
    opened,
    pieces,
    verified,
)
from samspil.config.backup.errors import BackupError, OtherVersion, StillAlive, reason
from samspil.config.backup.installation import Installation
from samspil.config.postgres.clients import program, told

Known = Callable[[], set[str]]


@dataclass(frozen=True, slots=True)
class Returned:
    """`set_aside` is what was there before, under the names it has now; `behind` when migrations are due."""

    manifest: Manifest
    set_aside: tuple[str, ...]
    other_keys: bool
    behind: bool


def restore(
    here: Installation,
    path: Path,
    *,
    key: str,
    at: dt.datetime,
    replace: bool,
    known_migrations: Callable[[], set[str]],
) -> Returned:
    """Make this installation the one in the set. Raises BackupError, with everything as it was.

    What was here is set aside under a name with the time in it, and only when `replace` says so.
    """
    if not replace:
        _refuse_the_living(here)
    with _tried(here, path, key=key, known_migrations=known_migrations) as tried:
        mark = f"before_{at:%Y%m%dT%H%M%SZ}"
        with contextlib.ExitStack() as undo:
            aside = _put_in_place(tried.files, here.files, mark, undo)
            aside += _write_keys(tried.keys, here.keys_file, mark, undo)
            aside += databases.swap(here, new=tried.database, old_becomes=f"{here.database}_{mark}")
            undo.pop_all()
    return Returned(tried.manifest, tuple(aside), other_keys=_differ(tried.keys, here), behind=tried.behind)


def rehearse(here: Installation, path: Path, *, key: str, known_migrations: Known) -> Manifest:
    """Put the set back beside what is here, compare every row and file, and take it away again."""
    with _tried(here, path, key=key, known_migrations=known_migrations) as tried:
        return tried.manifest


@dataclass(frozen=True, slots=True)
class _Tried:
    manifest: Manifest
    database: str
    files: Path
    keys: dict[str, str]
    behind: bool


@contextlib.contextmanager
def _tried(here: Installation, path: Path, *, key: str, known_migrations: Known) -> Iterator[_Tried]:
    """The set in a database and a folder of its own, equal to the manifest; gone after the block if still there."""
    manifest = verified(path, key=key)
    known = known_migrations()
    with databases.maintenance(here) as server:
        _refuse_other_version(manifest, known, server.info.server_version // 10_000)
        databases.refuse_missing_roles(server, manifest.roles)
    here.data.mkdir(parents=True, exist_ok=True)
    name, files = f"{here.database}_{secrets.token_hex(4)}", here.data / f"files.{secrets.token_hex(4)}"
    try:
        databases.create_like(here, name)
        keys = _load(here, path, key=key, database=name, files=files)
        _compare(here, manifest, database=name, files=files)
        yield _Tried(manifest, name, files, keys, behind=bool(known - set(manifest.migrations)))
    except OSError as error:
        raise BackupError(f"Kunne ikke skrive det, der er i sættet: {reason(error)} Intet er ændret.") from error
    finally:
        shutil.rmtree(files, ignore_errors=True)
        databases.drop(here, name)


def _refuse_the_living(here: Installation) -> None:
    with digests.one_moment(here.administrator) as database:
        alive = bool(digests.digests(database))
    if alive or names_below(here.files):
        raise StillAlive(
            f"Der er data her i forvejen (databasen {here.database}, {here.files}), og intet er ændret. "
            "Skal sættet træde i stedet, så skriv --replace. Det, der er her nu, bliver lagt til side."
        )


def _refuse_other_version(manifest: Manifest, known: set[str], server: int) -> None:
    if unknown := sorted(set(manifest.migrations) - known):
        raise OtherVersion(
            f"Sættet er fra Samspil {manifest.samspil}, som er nyere end denne: den kender ikke {unknown[0]}. "
            f"Installér Samspil {manifest.samspil}, og prøv igen."
        )
    if server < manifest.postgres:
        raise OtherVersion(
            f"Sættet er fra PostgreSQL {manifest.postgres}, og serveren er version {server}. "
            f"Brug en server med version {manifest.postgres} eller nyere."
        )


def _load(here: Installation, path: Path, *, key: str, database: str, files: Path) -> dict[str, str]:
    """Everything but the manifest, to where it is tried; the keys."""
    found: dict[str, str] = {}
    files.mkdir(mode=0o700)
    with _pg_restore(here, database) as pg_restore, opened(path, key=key) as entries:
        for described, content in entries:
            if described.name.startswith(DATABASE):
                for piece in pieces(content):
                    pg_restore.write(piece)
            elif described.name.startswith(FILES):
                _write_file(files / described.name.removeprefix(FILES), content, described.mode, described.mtime)
            elif described.name == KEYS:
                found = json.loads(content.read())
    return found


@contextlib.contextmanager
def _pg_restore(here: Installation, database: str) -> Iterator[IO[bytes]]:
    with databases.maintenance(here) as server:
        executable = program("pg_restore", major=server.info.server_version // 10_000)
    address, environment = told({**here.administrator, "dbname": database})
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603
            [executable, "--exit-on-error", "--no-password", f"--dbname={address}"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
        ) as child,
    ):
        assert child.stdin is not None  # noqa: S101
        gave_up = False
        try:
            yield child.stdin
            child.stdin.close()
        except BrokenPipeError:  # its own words say why
            gave_up = True
        except BaseException:
            child.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                child.stdin.close()
        if child.wait() or gave_up:
            said.seek(0)
            raise BackupError(
                f"Databasen kunne ikke læses ind, og intet er ændret.\n{said.read().decode(errors='replace').strip()}"
            )


def _write_file(path: Path, content: IO[bytes], mode: int, modified: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for piece in pieces(content):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)
    os.utime(path, (modified, modified))


def _compare(here: Installation, manifest: Manifest, *, database: str, files: Path) -> None:
    with digests.one_moment({**here.administrator, "dbname": database}) as connection:
        digests.compare_rows(manifest.tables, digests.digests(connection))
        digests.compare_sequences(manifest.sequences, digests.sequences(connection))
    compare_files(manifest.files, {name: _stored(files / name) for name in names_below(files)})


def _stored(path: Path) -> Stored:
    counted = Counted()
    with path.open("rb") as file:
        for piece in pieces(file):
            counted.add(piece)
    return counted.stored()


def _put_in_place(new: Path, place: Path, mark: str, undo: contextlib.ExitStack) -> list[str]:
    aside = _set_aside(place, mark, undo)
    new.rename(place)
    undo.callback(place.rename, new)
    return aside


def _write_keys(keys: dict[str, str], place: Path, mark: str, undo: contextlib.ExitStack) -> list[str]:
    """As lines that both a shell and systemd's EnvironmentFile read."""
    lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in keys.items())
    if not lines or (place.exists() and place.read_text() == lines):
        return []
    aside = _set_aside(place, mark, undo)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(lines)
    undo.callback(place.unlink)
    return aside


def _set_aside(place: Path, mark: str, undo: contextlib.ExitStack) -> list[str]:
    if not place.exists():
        return []
    aside = place.with_name(f"{place.name}.{mark}")
    place.rename(aside)
    undo.callback(aside.rename, place)
    return [str(aside)]


def _differ(keys: dict[str, str], here: Installation) -> bool:
    return any(here.keys.get(name, value) != value for name, value in keys.items())
