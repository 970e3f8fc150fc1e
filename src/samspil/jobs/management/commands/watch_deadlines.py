from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.jobs.deadlines import watch
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Ser til alle frister, hvis dag er kommet. Kør den hver time; den kan køre flere steder på én gang."

    def handle(self, *args: Any, **options: Any) -> None:
        watched = watch(now=clock.now())
        self.stdout.write(f"{watched.opened} frister er sat i gang. {watched.acted} er set til.")
        self.stdout.write(f"{watched.sent} breve om en ny dag er sendt.")
        if watched.held:
            self.stdout.write(f"{watched.held} breve kan ikke sendes, som de står. De venter i sagerne.")
        if watched.failed:
            raise CommandError(f"{len(watched.failed)} fejlede og prøves igen næste gang. Grunden står i loggen.")
