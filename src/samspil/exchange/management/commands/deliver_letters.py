from typing import Any

from django.core.management.base import BaseCommand

from samspil.contexts.access.api import system_actor
from samspil.contexts.letters import api as letters
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Sender de breve, der venter, og regner frister fra dem, der er modtaget. Kan køre flere steder på én gang."

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        actor = system_actor(clock.today())
        ended = letters.deliver_waiting(actor=actor, at=now, channel=letters.NotConnected())
        told = letters.tell_received(actor=actor, at=now)
        self.stdout.write(
            f"{ended.arrived} kom frem, {ended.to_retry} prøves igen, {ended.to_print} skal på papir. "
            f"{told} afgørelser tæller nu som modtaget."
        )
