from typing import Any

from django.core.management.base import BaseCommand

from samspil.contexts.catalogue import api as catalogue
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Indlæser kodelisterne FFB og FSIII. Kan køres igen: det, der allerede er der, bliver stående."

    def handle(self, *args: Any, **options: Any) -> None:
        for loaded in catalogue.load_code_systems(at=clock.now()):
            changes = f"{loaded.created} nye, {loaded.corrected} rettet, {loaded.closed} lukket"
            self.stdout.write(f"{loaded.key} {loaded.version}: {changes}")
