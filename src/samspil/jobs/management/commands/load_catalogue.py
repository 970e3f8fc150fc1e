from typing import Any

from django.core.management.base import BaseCommand

from samspil.contexts.catalogue import api as catalogue
from samspil.kernel import clock


class Command(BaseCommand):
    help = (
        "Indlæser kodelisterne FFB og FSIII og reglerne i serviceloven og ældreloven. "
        "Kan køres igen: det, der allerede er der, bliver stående."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        for loaded in catalogue.load_code_systems(at=now):
            changes = f"{loaded.created} nye, {loaded.corrected} rettet, {loaded.closed} lukket"
            self.stdout.write(f"{loaded.key} {loaded.version}: {changes}")
        law = catalogue.load_law(at=now)
        self.stdout.write(f"regler: {law.created} nye, {law.replaced} erstattet")
