import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from samspil.contexts.citizens.api import Citizen
from samspil.jobs.demo.building import fill
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Fylder en tom database med demokommunen. Er der borgere i forvejen, sker der ingenting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--citizens", type=int, metavar="ANTAL", help="lav et stort datasæt med så mange borgere")

    def handle(self, *args: Any, citizens: int | None = None, **options: Any) -> None:
        if Citizen.objects.exists():
            self.stdout.write("Der er borgere i databasen i forvejen, så den bliver, som den er.")
            return
        started = time.monotonic()
        filled = fill(now=clock.now(), tell=self.stdout.write)
        self.stdout.write(f"Demokommunen har {filled.citizens} borgere ({time.monotonic() - started:.0f} s).")
