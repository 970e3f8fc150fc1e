"""What lies in a set, and the manifest that says so: a tar, so that any tar can open what the key has opened.

database/000000 …   pg_dump's custom format, in parts, because its length is not known beforehand
files/…             every file below SAMSPIL_DATA/files
keys.json           the keys of the installation
manifest.json       last: everything before it, with rows and SHA-256
"""

import hashlib
import io
import json
import os
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from samspil.config.backup.errors import BackupError, Changed, reason
from samspil.config.backup.sealing import SealedReader, SealedWriter

DATABASE, FILES, KEYS, MANIFEST = "database/", "files/", "keys.json", "manifest.json"
FORMAT = 1
AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Stored:
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Rows:
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`migrations` are "app.name"; `sequences` are the least that each may stand at after a restore."""

    taken_at: str
    samspil: str
    postgres: int
    migrations: tuple[str, ...]
    roles: tuple[str, ...]
    tables: dict[str, Rows]
    sequences: dict[str, int]
    files: dict[str, Stored] = field(default_factory=dict)
    database: Stored = Stored(0, hashlib.sha256().hexdigest())
    keys: tuple[str, ...] = ()
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        known: dict[str, Any] = json.loads(text)
        if known["format"] != FORMAT:
            raise Changed(f"Sættet er skrevet i format {known['format']}, og dette program læser {FORMAT}.")
        for name in ("migrations", "roles", "keys"):
            known[name] = tuple(known[name])
        known["tables"] = {name: Rows(**rows) for name, rows in known["tables"].items()}
        known["files"] = {name: Stored(**file) for name, file in known["files"].items()}
        known["database"] = Stored(**known["database"])
        return cls(**known)


@dataclass(slots=True)
class Counted:
    """Size and SHA-256 of what has passed."""

    size: int = 0
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, data: bytes) -> bytes:
        self.size += len(data)
        self._digest.update(data)
        return data

    def stored(self) -> Stored:
        return Stored(self.size, self._digest.hexdigest())


class SetWriter:
    def __init__(self, out: SealedWriter) -> None:
        self._tar = tarfile.open(  # noqa: SIM115 - closed by close()
            fileobj=cast(IO[bytes], out), mode="w|", format=tarfile.PAX_FORMAT, bufsize=AT_ONCE
        )

    def add(self, name: str, data: bytes) -> None:
        described = tarfile.TarInfo(name)
        described.size = len(data)
        self._tar.addfile(described, io.BytesIO(data))

    def add_stream(self, stream: IO[bytes]) -> Stored:
        """pg_dump's output, to its end."""
        counted, number = Counted(), 0
        while part := stream.read(16 * AT_ONCE):
            self.add(f"{DATABASE}{number:06}", counted.add(part))
            number += 1
        return counted.stored()

    def add_files(self, folder: Path) -> dict[str, Stored]:
        return {name: self._add_file(folder / name, name) for name in names_below(folder)}

    def close(self) -> None:
        self._tar.close()

    def _add_file(self, path: Path, name: str) -> Stored:
        counted = Counted()
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())
                described = tarfile.TarInfo(FILES + name)
                described.size, described.mtime = status.st_size, int(status.st_mtime)
                described.mode = stat.S_IMODE(status.st_mode)
                self._tar.addfile(described, _Passing(file, counted))
        except FileNotFoundError as error:
            raise BackupError(f"Bilaget {name} forsvandt, mens kopien blev taget. Tag den igen.") from error
        except OSError as error:
            if counted.size < status.st_size and str(error) == "unexpected end of data":  # tarfile's own
                raise BackupError(f"Bilaget {name} blev kortere, mens kopien blev taget. Tag den igen.") from error
            raise
        return counted.stored()


class _Passing(io.RawIOBase):
    """Lets tarfile read a file, and counts."""

    def __init__(self, file: IO[bytes], counted: Counted) -> None:
        self._file, self._counted = file, counted

    def read(self, size: int = -1) -> bytes:
        return self._counted.add(self._file.read(size))


def names_below(folder: Path) -> list[str]:
    """Relative names of the files, in order. Raises BackupError for what is neither a file nor a folder."""
    names = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise BackupError(f"{path} er hverken en fil eller en mappe og kan ikke komme med i kopien.")
        if path.is_file():
            names.append(path.relative_to(folder).as_posix())
    return names


@contextmanager
def opened(path: Path, *, key: str) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """The entries of a set, one after the other; each must be read before the next is asked for."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"Kan ikke læse {path}: {reason(error)}") from error
    with file, io.BufferedReader(SealedReader(file, key=key), AT_ONCE) as unsealed:
        with tarfile.open(fileobj=unsealed, mode="r|", bufsize=AT_ONCE) as tar:
            yield _entries(tar)
        while unsealed.read(AT_ONCE):  # what tarfile left: the last block's seal must hold too
            pass


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for described in tar:
        content = tar.extractfile(described)
        if content is None or ".." in PurePosixPath(described.name).parts or described.name.startswith("/"):
            raise Changed(f"Sættet indeholder noget, der ikke hører hjemme i det: {described.name}")
        yield described, content


def pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(AT_ONCE):
        yield piece


def verified(path: Path, *, key: str) -> Manifest:
    """Read the whole set once, writing nothing. Raises WrongKey, CutOff, or Changed with the name of what differs."""
    files: dict[str, Stored] = {}
    database, manifest, keys = Counted(), None, None
    with opened(path, key=key) as entries:
        for described, content in entries:
            if described.name.startswith(DATABASE):
                for piece in pieces(content):
                    database.add(piece)
            elif described.name.startswith(FILES):
                counted = Counted()
                for piece in pieces(content):
                    counted.add(piece)
                files[described.name.removeprefix(FILES)] = counted.stored()
            elif described.name == KEYS:
                keys = tuple(sorted(json.loads(content.read())))
            elif described.name == MANIFEST:
                manifest = Manifest.from_json(content.read())
    if manifest is None:
        raise Changed("Sættet mangler sin indholdsfortegnelse.")
    compare_files(manifest.files, files)
    if database.stored() != manifest.database:
        raise Changed("Databasen i sættet er ikke den, som indholdsfortegnelsen beskriver.")
    if keys != manifest.keys:
        raise Changed("Nøglerne i sættet er ikke dem, som indholdsfortegnelsen nævner.")
    return manifest


def compare_files(promised: dict[str, Stored], found: dict[str, Stored]) -> None:
    """Raises Changed with the name of the first file that is missing, changed or one too many."""
    for name, stored in sorted(promised.items()):
        if name not in found:
            raise Changed(f"Bilaget {name} mangler i sættet.")
        if found[name] != stored:
            raise Changed(f"Bilaget {name} er ikke det, der blev gemt.")
    if extra := sorted(found.keys() - promised.keys()):
        raise Changed(f"Bilaget {extra[0]} står ikke i indholdsfortegnelsen.")
