"""`samspil backup` and `samspil restore`, as the person at the keyboard meets them."""

import argparse
import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from samspil.config.backup import record
from samspil.config.backup.contents import Manifest, verified
from samspil.config.backup.errors import BackupError, reason
from samspil.config.backup.installation import BACKUP_KEY, refuse_missing_keys, this_installation
from samspil.config.backup.returning import Returned, rehearse, restore
from samspil.config.backup.taking import take
from samspil.config.environment import Mode, data_directory, demo_unless_told_otherwise
from samspil.config.running import SETTINGS, say


def add_to(verbs: Any) -> None:
    backup = verbs.add_parser("backup", help="gem database, filer og nøgler i ét låst sæt")
    backup.add_argument("place", nargs="?", type=Path, metavar="MAPPE", help="mappe eller fil, gerne på en anden disk")
    backup.add_argument("--status", action="store_true", help="hvornår blev en kopi sidst taget, og hvornår prøvet")
    backup.set_defaults(run=run_backup)
    again = verbs.add_parser("restore", help="hent database, filer og nøgler tilbage fra et sæt")
    again.add_argument("set", type=Path, metavar="SÆT")
    how = again.add_mutually_exclusive_group()
    how.add_argument("--replace", action="store_true", help="også når der er data i forvejen; de lægges til side")
    how.add_argument("--try", dest="rehearse", action="store_true", help="prøv sættet ved siden af det, der er her")
    how.add_argument("--check", action="store_true", help="læs sættet igennem, og rør ikke databasen")
    again.set_defaults(run=run_restore)
    for verb in (backup, again):
        verb.add_argument("--key-file", type=Path, metavar="FIL", help=f"filen med nøglen, ellers {BACKUP_KEY}")


def run_backup(chosen: argparse.Namespace) -> int:
    if chosen.status:
        return tell_status()
    if chosen.place is None:
        raise BackupError("Hvor skal kopien ligge? Skriv: samspil backup MAPPE")
    demo_unless_told_otherwise()
    refuse_missing_keys()
    key, at, began = _key(chosen.key_file), _now(), time.monotonic()
    with this_installation() as here:
        path, manifest = take(here, chosen.place.resolve(), key=key, at=at)
    record.note(data_directory(), "taken", at=at)
    return say(f"{path}\nGemt og læst igen på {_minutes(began)}: {_amounts(manifest)}.")


def run_restore(chosen: argparse.Namespace) -> int:
    key, at, began = _key(chosen.key_file), _now(), time.monotonic()
    path = chosen.set.resolve()
    if chosen.check:
        return say(f"Sættet er helt: {_amounts(verified(path, key=key))}.")
    with this_installation() as here:
        if chosen.rehearse:
            manifest = rehearse(here, path, key=key, known_migrations=_known_migrations)
            record.note(data_directory(), "proven", at=at)
            return say(f"Prøvet på {_minutes(began)}. Alt er ens: {_amounts(manifest)}. Intet er ændret her.")
        returned = restore(here, path, key=key, at=at, replace=chosen.replace, known_migrations=_known_migrations)
        record.note(data_directory(), "proven", at=at)
        return _tell(returned, keys_file=here.keys_file, minutes=_minutes(began))


def tell_status() -> int:
    """0 when all is well, 1 with the reasons when not."""
    known = record.status(data_directory())
    for words, moment in (("Sidst taget", known.taken_at), ("Sidst prøvet", known.proven_at)):
        say(f"{words}: {moment.astimezone():%d.%m.%Y kl. %H.%M}" if moment else f"{words}: aldrig")
    warnings = known.warnings(at=_now())
    for warning in warnings:
        say(f"OBS: {warning}", to=sys.stderr)
    return 1 if warnings else 0


def _tell(returned: Returned, *, keys_file: Path, minutes: str) -> int:
    manifest = returned.manifest
    say(f"Hentet tilbage på {minutes}. Alt er, som det var {_local(manifest.taken_at)}: {_amounts(manifest)}.")
    if manifest.keys:
        say(f"Nøglerne ligger i {keys_file}. Start Samspil med dem.")
    if returned.other_keys:
        say("OBS: Nøglerne i miljøet er ikke dem fra sættet. Med dem kan CPR-numrene ikke læses.", to=sys.stderr)
    if returned.set_aside:
        say("Det, der var her før, ligger her, til du fjerner det:")
        for aside in returned.set_aside:
            say(f"  {aside}")
    if returned.behind:
        say("Sættet er fra en tidligere version. Kør: samspil migrate")
    return 0


def _known_migrations() -> set[str]:
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "SAMSPIL_MODE": Mode.TEST}
    command = [sys.executable, "-m", "samspil.config.backup.known_migrations"]
    return set(subprocess.run(command, env=given, stdout=subprocess.PIPE, text=True, check=True).stdout.split())  # noqa: S603


def _key(file: Path | None) -> str:
    if file is None:
        key = os.environ.get(BACKUP_KEY, "")
    else:
        try:
            key = file.read_text().strip()
        except OSError as error:
            raise BackupError(f"Kan ikke læse nøglen i {file}: {reason(error)}") from error
    if not key:
        raise BackupError(f"Nøglen til sikkerhedskopien mangler. Brug --key-file FIL, eller sæt {BACKUP_KEY}.")
    return key


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _local(moment: str) -> str:
    return f"{dt.datetime.fromisoformat(moment).astimezone():%d.%m.%Y kl. %H.%M}"


def _minutes(began: float) -> str:
    return f"{(time.monotonic() - began) / 60:.2f} minutter".replace(".", ",")


def _amounts(manifest: Manifest) -> str:
    rows = sum(table.rows for table in manifest.tables.values())
    files = len(manifest.files)
    return f"{len(manifest.tables)} tabeller, {rows} rækker og {files} {'fil' if files == 1 else 'filer'}"
