"""What lies between a started database and the first page: `python -m samspil.config.preparation demo|serve`.

A process of its own, so that the one that stays and supervises is small. What should be told once the server is up
goes to standard output, what happens meanwhile to standard error.
"""

import argparse
import hashlib
import inspect
import shutil
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samspil.config.backup import record
from samspil.config.environment import Mode
from samspil.config.postgres.durability import assert_durable, has_checksums
from samspil.config.running import say
from samspil.kernel import scope

MARK = "samspil: demo"
NAMED_PER_HEADING = 6
LEAST_FREE = 0.1


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["demo", "serve"])
    parser.add_argument("--citizens", type=int)
    chosen = parser.parse_args()
    scope.stay(scope.SYSTEM)
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return _refuse(error)
    try:
        if chosen.what == "demo":
            prepare_demo(citizens=chosen.citizens)
        else:
            prepare_serving()
    except (CommandError, ImproperlyConfigured) as error:
        return _refuse(error)
    finally:
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it
    return 0


def _refuse(error: Exception) -> int:
    say(str(error), to=sys.stderr)
    return 1


def prepare_demo(*, citizens: int | None) -> None:
    if migrations_are_missing():
        say("Opretter databasens tabeller …", to=sys.stderr)
        call_command("migrate", interactive=False, verbosity=0)
    refuse_gaps_in_the_wall()
    fill(citizens=citizens)
    collect_static_files(clear=True)
    say(who_can_log_in())


def prepare_serving() -> None:
    if migrations_are_missing():
        raise CommandError("Databasen er tom eller fra en tidligere version. Kør først: samspil migrate")
    if settings.MODE is Mode.PRODUCTION:
        assert_durable(settings.DATABASES["default"])
        refuse_unsafe_production()
        for warning in worries(settings.DATA_DIR, settings.DATABASES["default"], at=datetime.now(UTC)):
            say(f"OBS: {warning}", to=sys.stderr)
    refuse_gaps_in_the_wall()
    collect_static_files(clear=False)  # pages that are open still ask for the files of the version before


def worries(data: Path, database: Mapping[str, Any], *, at: datetime) -> list[str]:
    """What does not keep Samspil from starting, but somebody from sleeping."""
    found = record.status(data).warnings(at=at)
    if not has_checksums(database):
        found.append("Databasen har ingen checksummer, så en fejl på disken opdages ikke. Se: pg_checksums --enable")
    disk = shutil.disk_usage(data)
    if disk.free < disk.total * LEAST_FREE:
        found.append(f"Der er mindre end en tiendedel plads tilbage på disken med {data}.")
    return found


def refuse_unsafe_production() -> None:
    """Raises CommandError for a way in that must not exist, and when nobody could come in at all."""
    if faults := [found for found in run_checks() if found.is_serious()]:
        raise CommandError("\n".join(str(found.msg) for found in faults))


def refuse_gaps_in_the_wall() -> None:
    from samspil.contexts.access import api as access

    if found := access.gaps():
        raise CommandError(
            "Databasens regler for, hvem der må se hvad, er ikke dem, denne version har brug for:\n"
            + "\n".join(f"  {gap}" for gap in found)
        )


def migrations_are_missing() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def fill(*, citizens: int | None) -> None:
    """Fill an empty database with the demo municipality; refuse one with people that the demo did not put there."""
    from samspil.contexts.citizens.api import Citizen  # models exist only after django.setup()

    if not Citizen.objects.exists():
        say("Fylder demokommunen …", to=sys.stderr)
        with connection.cursor() as cursor:
            cursor.execute(f"comment on table django_migrations is '{MARK}'")
        size: dict[str, Any] = {} if citizens is None else {"citizens": citizens}
        call_command("demo", stdout=sys.stderr, **size)
        return
    with connection.cursor() as cursor:
        cursor.execute("select obj_description('django_migrations'::regclass)")
        if cursor.fetchone() != (MARK,):
            raise CommandError(
                "Databasen har borgere, som demoen ikke har lavet. I demoen kan alle logge ind som hvem som helst, "
                f"så den starter ikke her. Er det en demo, så skriv i databasen: "
                f"COMMENT ON TABLE django_migrations IS '{MARK}'"
            )
    if citizens is not None:
        say("Demokommunen er fyldt i forvejen, så --citizens gør ingen forskel.", to=sys.stderr)


def collect_static_files(*, clear: bool) -> None:
    """Minify and compress again only when a file, or the code that does it, has changed."""
    stamp = settings.DATA_DIR / "static.fingerprint"
    fingerprint = fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == fingerprint and Path(settings.STATIC_ROOT).is_dir():
        return
    say("Pakker billeder, skrifter og typografi …", to=sys.stderr)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=clear)
    stamp.write_text(fingerprint)


def fingerprint_of_static_files() -> str:
    digest = hashlib.sha256(Path(inspect.getfile(type(storages["staticfiles"]))).read_bytes())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def who_can_log_in() -> str:
    from samspil.web.identity import demo_login

    lines = ["Log ind som en af dem (adgangskode skal du ikke bruge):"]
    for heading, people in demo_login.groups(on=date.today()):  # noqa: DTZ011 - the day of the person at the keyboard
        lines.append(f"  {heading}")
        lines += [f"    {person.name}, {person.title}" for person in people[:NAMED_PER_HEADING]]
        if len(people) > NAMED_PER_HEADING:
            lines.append(f"    og {len(people) - NAMED_PER_HEADING} andre")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
