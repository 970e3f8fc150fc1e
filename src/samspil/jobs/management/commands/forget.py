from typing import Any

from django.core.management.base import BaseCommand

from samspil.contexts.access import api as access
from samspil.contexts.notes import api as notes
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Sletter kladder, som har ligget i 14 dage, og kvitteringer ældre end 30 dage. Kør den hver nat."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        actor = access.system_actor(at.date())
        drafts = notes.forget_drafts(actor=actor, at=at)
        receipts = access.forget_receipts(actor=actor, at=at)
        self.stdout.write(f"{drafts} kladder og {receipts} kvitteringer er slettet.")
