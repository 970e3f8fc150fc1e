"""A PostgreSQL server of our own: made, started, lent out and stopped."""

import fcntl
import hashlib
import locale
import os
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from samspil.config.postgres.binaries import programs_for
from samspil.config.postgres.contents import APPLICATION, LAUNCHER, fill, let_searches_use_their_index
from samspil.config.postgres.errors import PostgresError
from samspil.config.postgres.place import ELSEWHERE, place_and_account
from samspil.config.postgres.processes import processes_named

# A unix socket's path may be 107 bytes long at most, so it never lies beside the data.
SOCKETS = Path("/tmp")  # noqa: S108
START_SECONDS = 300  # recovery after a crash may read much
STOP_SECONDS = 60
LOG_BYTES = 2_000_000
# pg_trgm and the full-text parser ask the operating system what a letter is: in plain C, æ ø å are none.
LETTERS = ("C.UTF-8", "C.utf8", "da_DK.UTF-8", "en_US.UTF-8", "UTF-8")
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """One PostgreSQL server with its data, reached through a unix socket only.

    `disposable` is for tests: nothing is flushed to disk, and the application's role may create databases.
    Every method raises PostgresError with a Danish sentence.
    """

    def __init__(
        self, data: Path, *, name: str = "postgres", disposable: bool = False, elsewhere: Path = ELSEWHERE
    ) -> None:
        self.home, self.account = place_and_account(data.resolve(), name, elsewhere=elsewhere)
        self.disposable = disposable
        self.data = self.home / "data"
        self.log = self.home / "log" / "server.log"
        self._contents = self.home / "contents"
        self._kept = self.home / "kept"
        self._socket = self.home / "socket"
        # Stands in the command line of every process of the server, which any account may read.
        self.name = f"samspil-{hashlib.sha256(bytes(self.data)).hexdigest()[:16]}"

    @contextmanager
    def borrowed(self) -> Iterator[str]:
        """The application's DATABASE_URL while the block runs. The last borrower out stops the server.

        After keep() it stays up. The loan is a lock on a file, which the kernel gives back even when the borrower
        is killed.
        """
        with (self.home / "borrowers").open("a") as borrowers:
            fcntl.flock(borrowers, fcntl.LOCK_SH)
            try:
                self.start()
                yield self.url()
            finally:
                if _becomes_alone(borrowers) and not self._kept.exists():
                    self.stop()

    def start(self) -> None:
        """Make the cluster if there is none, clear up after a crash, start it. Running already is fine."""
        with self._one_at_a_time():
            begins = not self.is_running()
            if begins:
                programs = programs_for(self.account, copies=self.home / "programs")
                if not self.data.exists():
                    self._make(programs)
                self._refuse_another_major_version(programs)
                self._forget_a_killed_server()
                self._launch(programs)
            if not self._contents.exists():
                fill(
                    self.socket_folder,
                    launcher_password=self._password(LAUNCHER),
                    application_password=self._password(APPLICATION),
                    may_create_databases=self.disposable,
                )
                self._contents.touch()
            if begins:
                let_searches_use_their_index(self.socket_folder, launcher_password=self._password(LAUNCHER))

    def adopt(self, base: Path, *, passwords: Path, then: Callable[[Path], None]) -> None:
        """Take a base copy as this cluster's data, after `then` has been at it. It is not started."""
        with self._one_at_a_time():
            if self.data.exists():
                raise PostgresError(f"Der er en database i {self.home} i forvejen. Flyt den væk, og prøv igen.")
            unfinished = self.home / "data.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(base, unfinished)
            then(unfinished)
            for path in (unfinished, *unfinished.rglob("*")):
                self.account.take(path)
            unfinished.chmod(0o700)
            for file in self.password_files():
                self._write(file, (passwords / file.name).read_text().strip())
            self._contents.touch()
            unfinished.rename(self.data)

    def password_files(self) -> list[Path]:
        return [self._password_file(role) for role in (LAUNCHER, APPLICATION)]

    def keep(self) -> None:
        """Start, and stay up when the borrowers are gone, until stop()."""
        self._kept.touch()
        self.start()

    def stop(self) -> bool:
        """Stop the server and drop its connections. False when it was not running."""
        with self._one_at_a_time():
            self._kept.unlink(missing_ok=True)
            if not self.is_running():
                return False
            command: list[str | Path] = [self.program("pg_ctl"), "-D", self.data, "-s", "-w", "-t", str(STOP_SECONDS)]
            self.account.run(
                [*command, "-m", "fast", "stop"],
                seconds=STOP_SECONDS + 10,
                failing=f"Databasen i {self.home} ville ikke stoppe.",
            )
            shutil.rmtree(self.socket_folder, ignore_errors=True)
            return True

    def is_running(self) -> bool:
        return self._number_in_lock_file() in processes_named(self.name)

    def url(self) -> str:
        """The application's address, password included."""
        return self._url(APPLICATION)

    def administrator_url(self) -> str:
        """The same database as a superuser: for saving it and bringing it back, never for the application."""
        return self._url(LAUNCHER)

    def program(self, name: str) -> Path:
        """One of PostgreSQL's programs, such that the cluster's account can run it."""
        return programs_for(self.account, copies=self.home / "programs") / name

    def version(self) -> str:
        """The major version of the data, "18"; empty before the cluster is made."""
        file = self.data / "PG_VERSION"
        return file.read_text().strip() if file.exists() else ""

    @property
    def socket_folder(self) -> Path:
        return Path(self._socket.read_text().strip())

    def _make(self, programs: Path) -> None:
        for role in (LAUNCHER, APPLICATION):
            if not self._password_file(role).exists():
                self._write(self._password_file(role), secrets.token_urlsafe(32))
        handed_over = self.home / "password.handed-over"
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.account.take(unfinished)
        self._contents.unlink(missing_ok=True)
        try:
            self._write(handed_over, self._password(LAUNCHER))
            self.account.take(handed_over)
            self.account.run(
                [
                    *(programs / "initdb", "-D", unfinished, "--username", LAUNCHER, "--pwfile", handed_over),
                    *("--auth", "scram-sha-256", "--data-checksums", "--encoding", "UTF8"),
                    *("--locale", "C", "--lc-ctype", _locale_that_knows_letters()),
                    *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                    # not pg_catalog.danish: that breaks parallel workers
                    "--text-search-config=danish",
                    *(["--no-sync"] if self.disposable else []),
                ],
                seconds=120,
                failing=f"Kunne ikke oprette databasen i {self.home}.",
            )
        finally:
            handed_over.unlink(missing_ok=True)
        unfinished.rename(self.data)

    def _refuse_another_major_version(self, programs: Path) -> None:
        ours = self.account.answer([programs / "postgres", "--version"]).split()[-1].split(".")[0]
        if self.version() != ours:
            raise PostgresError(
                f"Databasen i {self.home} er fra PostgreSQL {self.version()}, og programmerne er fra {ours}. "
                "Tag en kopi med samspil backup fra den gamle version, og hent den tilbage her med samspil restore."
            )

    def _forget_a_killed_server(self) -> None:
        """After kill -9: wait for the server's orphans to leave the data alone, then drop the lock file.

        PostgreSQL itself takes a zombie, or a stranger with the same number, for a running server; its socket has a
        lock file too.
        """
        deadline = time.monotonic() + 30
        while processes_named(self.name):
            if time.monotonic() > deadline:
                raise PostgresError(f"En tidligere server er ved at lukke i {self.home}. Prøv igen om lidt.")
            time.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self, programs: Path) -> None:
        self._prepare_log()
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self._short_socket_folder()}",
            "unix_socket_permissions=0700",
            f"cluster_name={self.name}",
            "log_error_verbosity=terse",  # else its log repeats whole rows when one is refused
            *(UNSAFE_BUT_FAST if self.disposable else ()),
        ]
        options = " ".join(f"-c {setting}" for setting in settings)
        command: list[str | Path] = [programs / "pg_ctl", "-D", self.data, "-l", self.log, "-s", "-w"]
        try:
            self.account.run(
                [*command, "-t", str(START_SECONDS), "-o", options, "start"],
                seconds=START_SECONDS + 10,
                failing=f"Databasen ville ikke starte. Se de sidste linjer i {self.log}.",
            )
        except PostgresError:
            shutil.rmtree(self.socket_folder)
            raise

    def _prepare_log(self) -> None:
        if not self.log.parent.exists():
            self.log.parent.mkdir(mode=0o700)
            self.account.take(self.log.parent)
        elif self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".old"))

    def _short_socket_folder(self) -> Path:
        """The folder of last time, emptied, if it is still there and still the account's own; else a new one."""
        if self._socket.exists() and self._is_ours_alone(self.socket_folder):
            for left in self.socket_folder.iterdir():
                left.unlink()
            return self.socket_folder
        folder = Path(tempfile.mkdtemp(prefix="samspil-", dir=SOCKETS))
        self.account.take(folder)
        self._write(self._socket, str(folder), mode=0o644)
        return folder

    def _is_ours_alone(self, folder: Path) -> bool:
        try:
            known = folder.lstat()
        except FileNotFoundError:  # /tmp was emptied
            return False
        return stat.S_ISDIR(known.st_mode) and known.st_uid == self.account.uid and known.st_mode & 0o077 == 0

    def _url(self, role: str) -> str:
        return f"postgresql://{role}:{quote(self._password(role))}@/{APPLICATION}?host={self.socket_folder}"

    def _number_in_lock_file(self) -> int:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return 0

    def _password_file(self, role: str) -> Path:
        return self.home / f"{role}.password"

    def _password(self, role: str) -> str:
        return self._password_file(role).read_text().strip()

    def _write(self, path: Path, text: str, *, mode: int = 0o600) -> None:
        new = path.with_name(f"{path.name}.new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
            file.write(f"{text}\n")
        new.replace(path)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with (self.home / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _becomes_alone(borrowers: IO[str]) -> bool:
    try:
        fcntl.flock(borrowers, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locale_that_knows_letters() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in LETTERS:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise PostgresError("Databasen ville ikke kende æ, ø og å, for maskinen mangler en locale. Installér C.UTF-8.")
