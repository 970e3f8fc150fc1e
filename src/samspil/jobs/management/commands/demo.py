import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from samspil.contexts.citizens.api import Citizen
from samspil.jobs.demo.building import fill
from samspil.jobs.demo.crowd.building import Crowd
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Fylder en tom database med demokommunen. Er der borgere i forvejen, sker der ingenting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--citizens", type=int, default=0, metavar="ANTAL", help="læg så mange borgere til, for at måle"
        )

    def handle(self, *args: Any, citizens: int = 0, **options: Any) -> None:
        if Citizen.objects.exists():
            self.stdout.write("Der er borgere i databasen i forvejen, så den bliver, som den er.")
            return
        started = time.monotonic()
        filled = fill(now=clock.now(), crowd=citizens, tell=self.stdout.write)
        if filled.crowd:
            self._tell_of(filled.crowd)
        self.stdout.write(f"Demokommunen har {filled.citizens} borgere med historier.")
        self.stdout.write(f"Det tog {time.monotonic() - started:.0f} sekunder.")

    def _tell_of(self, crowd: Crowd) -> None:
        for name, count in sorted(crowd.rows.items()):
            self.stdout.write(f"  {name}: {count}")
        per_second = crowd.rows_in_all / crowd.seconds
        self.stdout.write(
            f"{crowd.citizens} borgere og {crowd.caseworkers} rådgivere til at måle på: {crowd.rows_in_all} rækker på "
            f"{crowd.seconds:.0f} sekunder, {per_second:.0f} i sekundet."
        )
        if not connection.in_atomic_block:
            self._sweep(crowd)

    def _sweep(self, crowd: Crowd) -> None:
        """What autovacuum would do in the next minutes, done before somebody measures."""
        with connection.cursor() as cursor:
            for name in crowd.rows:
                cursor.execute(f"VACUUM {connection.ops.quote_name(name)}")
