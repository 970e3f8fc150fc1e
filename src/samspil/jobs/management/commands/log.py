"""`samspil log anchor` keeps the heads of the chains outside the database; `samspil log verify` reads them all."""

import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspil.contexts.access import api as access
from samspil.kernel import clock

NAME = "anchors/log.txt"


class Command(BaseCommand):
    help = "Bevis, at loggene er hele: gem kædernes ender, eller læs det hele igennem."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("anchor", "verify"))
        parser.add_argument("--anchors", type=Path, help="en afskrift, der er gemt et andet sted")

    def handle(self, *args: Any, action: str, anchors: Path | None, **options: Any) -> None:
        kept = Path(settings.DATA_DIR) / NAME
        if action == "anchor":
            self._anchor(kept)
        else:
            self._verify(anchors or kept, must_exist=anchors is not None)

    def _anchor(self, kept: Path) -> None:
        lines = [access.written_head(head, clock.now()) for head in access.heads()]
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "w") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        for line in lines:
            self.stdout.write(line)
        self.stderr.write(f"Skrevet i {kept}. Gem linjerne et sted, som databasens driftsfolk ikke kan nå.")

    def _verify(self, kept: Path, *, must_exist: bool) -> None:
        anchors = _read(kept) if must_exist or kept.exists() else []
        before = time.perf_counter()
        found = access.verify(anchors=anchors)
        took = time.perf_counter() - before
        for head in found.heads:
            self.stdout.write(f"{head.log} {head.chain}: {head.count} linjer, {head.hash}")
        self.stdout.write(f"{found.lines} linjer læst på {took:.1f} s, holdt op mod {len(anchors)} gemte ender.")
        if not anchors:
            self.stderr.write("OBS: Ingen gemt ende at holde op mod. Kør samspil log anchor hver dag.")
        if found.broken:
            raise CommandError("\n".join(_said(broken) for broken in found.broken))
        self.stdout.write("Loggene er hele.")


def _read(kept: Path) -> list[access.Head]:
    try:
        return [access.read_head(line) for line in kept.read_text().splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise CommandError(f"Kan ikke læse {kept}: {error}") from error


def _said(broken: access.Broken) -> str:
    where = f"linje {broken.place}" if broken.place else "uden plads"
    line = f" ({broken.line})" if broken.line else ""
    return f"BRUDT: {broken.log} {broken.chain}, {where}{line}: {broken.why.label}."
