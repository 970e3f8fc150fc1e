"""T11: everything is destroyed, and one documented command brings it back: rows, files, keys and log-in."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import psycopg
import pytest
from psycopg import sql

from samspil.config.backup.contents import MANIFEST, SetWriter, opened
from samspil.config.backup.sealing import SealedReader, SealedWriter
from samspil.config.postgres import Cluster
from tests.config.drill import Drill, rows_of

BATTERY_CITIZENS = int(os.environ.get("BATTERY_CITIZENS", "10000"))
BATTERY_FILES = int(os.environ.get("BATTERY_FILES", "2000"))
pytestmark = [pytest.mark.real_time, pytest.mark.slow]


@pytest.fixture
def embedded(place: Path) -> Iterator[Drill]:
    drill = Drill(place)
    drill.samspil("database", "start")  # once, instead of with every command
    yield drill
    if drill.data.exists():
        Cluster(drill.data).stop()


def rows_in_embedded(drill: Drill) -> dict[str, str]:
    cluster = Cluster(drill.data)
    with cluster.borrowed():
        return rows_of(cluster.administrator_url())


def test_everything_is_lost_and_comes_back(embedded: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    embedded.fill()
    rows_of_copy, files = rows_in_embedded(embedded), embedded.hashes()
    copy = embedded.back_up()
    with capsys.disabled():
        lose_and_return(embedded, copy)
    assert rows_in_embedded(embedded) == rows_of_copy
    assert embedded.hashes() == files
    embedded.take_keys_from_file()
    embedded.look()

    rows = rows_in_embedded(embedded)  # a log-in leaves its trace
    refused = embedded.samspil("restore", str(copy), code=1)
    assert "Der er data her i forvejen" in refused
    assert "--replace" in refused
    assert "Prøvet på" in embedded.samspil("restore", str(copy), "--try")
    assert rows_in_embedded(embedded) == rows != rows_of_copy

    embedded.add_files({"ny.txt": b"skrevet efter kopien"})
    told = embedded.samspil("restore", str(copy), "--replace")
    assert embedded.hashes() == files
    assert rows_in_embedded(embedded) == rows_of_copy
    (aside,) = [line.strip() for line in told.splitlines() if "/files.before_" in line]
    assert (Path(aside) / "ny.txt").read_bytes() == b"skrevet efter kopien"


@pytest.mark.battery
def test_a_large_municipality_is_lost_and_comes_back(embedded: Drill) -> None:
    """T11 at full size: the demo with a crowd of BATTERY_CITIZENS, and BATTERY_FILES attachments of a megabyte."""
    embedded.samspil("migrate")
    embedded.samspil("manage", "demo", "--citizens", str(BATTERY_CITIZENS))
    embedded.add_files({f"2026/{number:05}.bin": token_bytes(2**20) for number in range(BATTERY_FILES)})
    rows, files = rows_in_embedded(embedded), embedded.hashes()
    began = time.monotonic()
    copy = embedded.back_up()
    print(f"\nT11: kopi på {(time.monotonic() - began) / 60:.2f} minutter, {copy.stat().st_size / 2**20:.0f} MB")  # noqa: T201
    lose_and_return(embedded, copy)
    assert rows_in_embedded(embedded) == rows
    assert embedded.hashes() == files
    embedded.take_keys_from_file()
    embedded.look()


def lose_and_return(drill: Drill, copy: Path) -> None:
    """Database, files and keys are gone from this machine; then the one command of docs/operations.md."""
    drill.samspil("database", "stop")
    drill.destroy_files()
    drill.forget_keys()
    began = time.monotonic()
    told = drill.samspil("restore", str(copy))
    minutes = (time.monotonic() - began) / 60
    drill.samspil("database", "start")
    assert told.startswith("Hentet tilbage på ")
    print(f"\nT11: tilbage på {minutes:.2f} minutter. {told.splitlines()[0]}")  # noqa: T201


@pytest.fixture
def real(place: Path, real_administrator_url: str) -> Iterator[Drill]:
    """A database on a server somebody else runs, with the two roles that docs/operations.md asks for."""
    with psycopg.connect(real_administrator_url, autocommit=True) as server:
        for command in (
            "create role oevelse login nosuperuser nobypassrls password 'x'",
            "create role oevelse_vagt login nosuperuser createdb bypassrls password 'x'",
            "grant oevelse to oevelse_vagt",
            "create database oevelse owner oevelse encoding 'UTF8' locale 'C.UTF-8' template template0",
        ):
            server.execute(command)
        where = {key: str(getattr(server.info, key)) for key in ("host", "port")}
    address = "postgresql://{}:x@/oevelse?host={host}&port={port}"
    yield Drill(
        place,
        {
            "DATABASE_URL": address.format("oevelse", **where),
            "SAMSPIL_ADMIN_URL": address.format("oevelse_vagt", **where),
        },
    )
    with psycopg.connect(real_administrator_url, autocommit=True) as server:
        for (name,) in server.execute("select datname from pg_database where datname like 'oevelse%'").fetchall():
            server.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
        server.execute("drop role oevelse_vagt")
        server.execute("drop role oevelse")


def test_a_database_of_your_own_comes_back(real: Drill, real_administrator_url: str) -> None:
    real.fill()
    url = real.variables["DATABASE_URL"]
    rows, files = rows_of(real.variables["SAMSPIL_ADMIN_URL"]), real.hashes()
    assert rows_of(url) != rows  # the walls keep rows from the application's own role

    told = real.samspil("backup", str(real.place / "too-little.set"), code=1, SAMSPIL_ADMIN_URL="")
    assert "må ikke se alle rækker" in told
    assert not list(real.place.glob("too-little*"))
    copy = real.back_up()

    with psycopg.connect(real_administrator_url, autocommit=True) as server:
        server.execute("drop database oevelse")
        server.execute("create database oevelse owner oevelse encoding 'UTF8' locale 'C.UTF-8' template template0")
        server.execute("alter database oevelse set work_mem to '5MB'")
        server.execute("revoke connect on database oevelse from public")
    real.destroy_files()
    assert "må ikke" in real.samspil("restore", str(copy), code=1, SAMSPIL_ADMIN_URL="")
    assert "Nøglerne ligger i" in real.samspil("restore", str(copy))

    assert rows_of(real.variables["SAMSPIL_ADMIN_URL"]) == rows
    assert real.hashes() == files
    with psycopg.connect(url) as connection:
        assert connection.execute("show work_mem").fetchone() == ("5MB",)
        assert connection.execute("select count(*) from cases_case").fetchone() == (0,)
        query = (
            "select has_database_privilege('public', 'oevelse', 'connect'), pg_get_userbyid(datdba) from pg_database"
        )
        assert connection.execute(f"{query} where datname = 'oevelse'").fetchone() == (False, "oevelse")
        connection.execute("set samspil.system = 'on'")
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot update or delete"):
            connection.execute("delete from access_event")
    with psycopg.connect(real.variables["SAMSPIL_ADMIN_URL"]) as watching:
        watching.execute("select 1")
        assert "Stop den først" in real.samspil("restore", str(copy), "--replace", code=1)
    assert real.hashes() == files


def test_what_is_wrong_with_a_set_is_named_and_nothing_is_touched(embedded: Drill) -> None:
    embedded.fill()
    before = rows_in_embedded(embedded), embedded.hashes()
    copy, bad = embedded.back_up(), embedded.place / "bad.set"
    key = embedded.variables["SAMSPIL_BACKUP_KEY"]

    def said(**variables: str) -> str:
        return embedded.samspil("restore", str(bad), "--replace", code=1, **variables)

    shutil.copy(copy, bad)
    assert "Nøglen passer ikke" in said(SAMSPIL_BACKUP_KEY="en helt anden nøgle, lang nok")
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    assert "Sættet er ændret: blok " in said()
    bad.write_bytes(copy.read_bytes()[:-1])
    assert "Sættet er klippet af" in said()
    write_again(copy, bad, key=key, without="files/brev.pdf")
    assert "Bilaget brev.pdf mangler i sættet" in said()
    write_again(copy, bad, key=key, changing=(MANIFEST, b'"access.0001_initial"', b'"access.9999_fremtid"'))
    assert "er nyere end denne: den kender ikke access.9999_fremtid" in said()
    write_again(copy, bad, key=key, changing=(MANIFEST, b'"postgres": ', b'"postgres": 9'))
    assert "Sættet er fra PostgreSQL 9" in said()
    rows = b'"public.cases_case": {\n   "rows": 1'
    write_again(copy, bad, key=key, changing=(MANIFEST, rows, rows.replace(b"1", b"2")))
    assert "Rækkerne i public.cases_case er ikke dem, der blev gemt (2 dengang, 1 nu)" in said()
    assert (rows_in_embedded(embedded), embedded.hashes()) == before


def write_again(
    source: Path, target: Path, *, key: str, without: str = "", changing: tuple[str, bytes, bytes] | None = None
) -> None:
    """The same set under the right key, as a faulty program would have written it."""
    with target.open("wb") as file, SealedWriter(file, key=key) as sealed, opened(source, key=key) as entries:
        out = SetWriter(sealed)
        for described, stream in entries:
            content = stream.read()
            if changing and described.name == changing[0]:
                assert changing[1] in content
                content = content.replace(*changing[1:])
            if described.name != without:
                out.add(described.name, content)
        out.close()
    with target.open("rb") as file:
        assert SealedReader(file, key=key).read(1)
