"""The account that PostgreSQL's own programs run as. They refuse to run as root, so root steps down here."""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from samspil.config.postgres.errors import PostgresError

SERVICE_ACCOUNTS = ("postgres", "nobody")
# Nothing of the caller's PG… variables or locale may reach the server.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class Account:
    name: str
    uid: int
    gid: int

    @classmethod
    def default(cls) -> Self:
        """Whoever runs the command; for root the first service account of this machine."""
        if os.geteuid() != 0:
            return cls.owning(os.geteuid())
        for name in SERVICE_ACCOUNTS:
            try:
                found = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(found.pw_name, found.pw_uid, found.pw_gid)
        raise PostgresError(
            "PostgreSQL kan ikke køre som root, og maskinen har hverken kontoen postgres eller nobody. "
            "Kør kommandoen som en almindelig bruger."
        )

    @classmethod
    def owning(cls, uid: int) -> Self:
        try:
            found = pwd.getpwuid(uid)
        except KeyError as error:
            raise PostgresError(
                f"Brugeren med nummer {uid} har ikke noget navn på denne maskine, og det kræver PostgreSQL. "
                "Opret brugeren, eller peg på en database med DATABASE_URL."
            ) from error
        return cls(found.pw_name, found.pw_uid, found.pw_gid)

    @property
    def steps_down(self) -> bool:
        return os.geteuid() == 0 and self.uid != 0

    def take(self, path: Path) -> None:
        """Make the account the owner of something this program has just created."""
        if self.steps_down:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def may_enter(self, folder: Path) -> bool:
        """Asked of the kernel, not computed: access lists, mounts and containers have their say too."""
        return self._succeeds(["/bin/sh", "-c", 'test -x "$0" && test -r "$0/."', folder])

    def can_run(self, program: Path) -> bool:
        return self._succeeds([program, "--version"])

    def run(self, command: Sequence[str | Path], *, seconds: int, failing: str) -> None:
        """Run one of PostgreSQL's programs to its end; raise PostgresError of `failing` and what it said."""
        # A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
        with tempfile.TemporaryFile() as said:
            child = self._start(command, output=said)
            try:
                code = child.wait(seconds)
            except subprocess.TimeoutExpired as error:
                child.kill()
                raise PostgresError(f"{failing} Det tog mere end {seconds} sekunder.") from error
            except BaseException:
                child.wait(seconds)  # Ctrl-C: nothing is left half made
                raise
            if code:
                said.seek(0)
                raise PostgresError(f"{failing}\n{said.read().decode(errors='replace').strip()}")

    def answer(self, command: Sequence[str | Path]) -> str:
        """What the program says on its output, with its errors; raises OSError when it cannot be started."""
        with tempfile.TemporaryFile() as said:
            self._start(command, output=said).wait(30)
            said.seek(0)
            return said.read().decode(errors="replace").strip()

    def _succeeds(self, command: Sequence[str | Path]) -> bool:
        try:
            return self._start(command, output=subprocess.DEVNULL).wait(30) == 0
        except OSError:
            return False

    def _start(self, command: Sequence[str | Path], *, output: Any) -> subprocess.Popen[bytes]:
        identity: dict[str, Any] = {}
        if self.steps_down:
            identity = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=ENVIRONMENT,
            umask=0o077,
            start_new_session=True,
            **identity,
        )
