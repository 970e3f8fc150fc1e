"""A whole installation for the restore drill, seen from outside: filled, counted, destroyed, looked at again.

Everything is done with the documented commands in processes of their own, and counted with SQL that shares nothing
with the program's own digests.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes, token_urlsafe

import psycopg

REPOSITORY = Path(__file__).parent.parent.parent
CPR = "010203-9996"
BEGIN = """
import django; django.setup()
from samspil.kernel.scope import SYSTEM, stay
stay(SYSTEM)
"""
FILL = f"""{BEGIN}
from django.utils import timezone
from samspil.contexts.citizens import vault
from samspil.contexts.citizens.models import Citizen
from tests.cast import build_cast
from tests.scenarios import full_case
cast = build_cast()
full_case(cast, now=timezone.now())
sealed = vault.seal("{CPR}", row_id=cast.citizen_id)
Citizen.objects.filter(id=cast.citizen_id).update(cpr_sealed=sealed, cpr_index=vault.index("{CPR}"))
"""
# A log-in over the page, the boards that were sent out byte by byte, and CPR numbers that can be read and found.
LOOK = f"""{BEGIN}
import hashlib
from django.test import Client
from samspil.contexts.access.models import RoleAssignment
from samspil.contexts.citizens import vault
from samspil.contexts.citizens.models import Citizen
from samspil.contexts.meetings.models import BoardPicture
client = Client()
someone = RoleAssignment.objects.filter(role="caseworker").order_by("user__name").first().user
assert client.get("/").status_code == 302
assert client.post("/log-ind/", {{"person": str(someone.id)}}).status_code == 302
page = client.get("/", follow=True)
assert page.status_code == 200 and someone.name in page.text, page.status_code
pictures = BoardPicture.objects.all()
assert pictures and all(hashlib.sha256(picture.pdf).hexdigest() == picture.sha256 for picture in pictures)
citizens = Citizen.objects.order_by("id")[:2000]
numbers = [vault.unseal(citizen.cpr_sealed, row_id=citizen.id) for citizen in citizens]
assert numbers and [vault.index(number) for number in numbers] == [bytes(citizen.cpr_index) for citizen in citizens]
print("logget ind")
"""
NAMES = ("brev.pdf", "2026/11/Plan for Åse & Bjørn.pdf", "2026/tom.txt", "dyb/" * 20 + "fil.bin")


@dataclass
class Drill:
    """An installation in `place`; `variables` is its whole environment beside what a shell has."""

    place: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.variables = {
            "SAMSPIL_DATA": str(self.data),
            "SAMSPIL_MODE": "test",
            "SAMSPIL_DEMO_LOGIN": "1",
            "SAMSPIL_SECRET_KEY": token_urlsafe(64),
            "SAMSPIL_CPR_KEY": token_urlsafe(64),
            "SAMSPIL_BACKUP_KEY": token_urlsafe(32),
            **self.variables,
        }

    @property
    def data(self) -> Path:
        return self.place / "var"

    def samspil(self, *words: str, code: int = 0, **variables: str) -> str:
        """The command's output and errors; it must end with `code`."""
        return self._run(["-m", "samspil.config.cli", *words], code=code, **variables)

    def python(self, program: str) -> str:
        """A program with Django's settings and the database up."""
        wrapped = (
            "import subprocess, sys\nfrom samspil.config.running import database\n"
            "with database(): sys.exit(subprocess.call([sys.executable, '-c', sys.argv[1]]))"
        )
        return self._run(["-c", wrapped, program], DJANGO_SETTINGS_MODULE="samspil.config.settings_test")

    def fill(self) -> None:
        self.samspil("migrate")
        self.python(FILL)
        self.add_files({name: token_bytes(200_000) for name in NAMES} | {"2026/tom.txt": b""})

    def add_files(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            path = self.data / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def back_up(self) -> Path:
        folder = self.place / "copies"
        folder.mkdir(exist_ok=True)
        return Path(self.samspil("backup", str(folder)).splitlines()[0])

    def forget_keys(self) -> None:
        """All but the one that was never in the installation."""
        for name in ("SAMSPIL_SECRET_KEY", "SAMSPIL_CPR_KEY"):
            del self.variables[name]

    def take_keys_from_file(self) -> None:
        lines = (self.data / "keys.env").read_text().splitlines()
        self.variables |= dict(line.split("=", 1) for line in lines)

    def hashes(self) -> dict[str, str]:
        files = self.data / "files"
        return {
            str(path.relative_to(files)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files.rglob("*")
            if path.is_file()
        }

    def look(self) -> None:
        assert self.python(LOOK) == "logget ind\n"

    def destroy_files(self) -> None:
        shutil.rmtree(self.data)

    def _run(self, words: list[str], *, code: int = 0, **variables: str) -> str:
        ours = ("SAMSPIL", "DATABASE", "DJANGO", "PG")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        done = subprocess.run(
            [sys.executable, *words],
            env=inherited | self.variables | variables,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=3600,
        )
        assert done.returncode == code, done.stdout
        return done.stdout


def rows_of(url: str) -> dict[str, str]:
    """Every table's rows as one number, sorted as text by the server itself."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
        query = 'select count(*) || \' \' || md5(string_agg(t::text, chr(10) order by t::text collate "C")) from "{}" t'
        connection.execute("set timezone = 'UTC'")
        return {name: str(connection.execute(query.format(name)).fetchone()) for (name,) in tables}
