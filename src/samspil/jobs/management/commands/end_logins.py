"""Ends log-ins at once: everybody's, or one person's: `samspil manage end_logins [BRUGERNAVN] --by NAVN`."""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspil.contexts.access import api as access
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Log alle ud med det samme, eller én person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", nargs="?", metavar="BRUGERNAVN", help="kun denne person")
        parser.add_argument("--by", required=True, metavar="NAVN", help="den, der gør det; skrives i loggen")

    def handle(self, *args: Any, username: str | None, by: str, **options: Any) -> None:
        user = access.User.objects.filter(username=username).first() if username else None
        if username and user is None:
            raise CommandError(f"Der er ingen, der hedder {username} her.")
        now = clock.now()
        actor = replace(access.system_actor(now.date()), name=by)
        ended = access.end_all_logins(actor=actor, at=now, user_id=user.id if user else None)
        self.stdout.write(f"{ended} log-ind er slut.")
