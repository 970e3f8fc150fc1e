"""Lets somebody in whom the identity provider knows and we did not: `samspil manage link_login KODE BRUGERNAVN`."""

from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspil.contexts.access import api as access
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Giv en person adgang med den kode, der stod på personens skærm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="KODE", help="koden, som personen læser op")
        parser.add_argument("username", metavar="BRUGERNAVN", help="hvem det er her")
        parser.add_argument("--by", required=True, metavar="NAVN", help="den, der giver adgang; skrives i loggen")

    def handle(self, *args: Any, code: str, username: str, by: str, **options: Any) -> None:
        identity_id = access.identity_with(code)
        if identity_id is None:
            raise CommandError("Koden findes ikke, eller også har personen allerede adgang.")
        user = access.User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Der er ingen, der hedder {username} her.")
        now = clock.now()
        actor = replace(access.system_actor(now.date()), name=by)
        access.link_identity(actor=actor, at=now, identity_id=identity_id, user_id=user.id, why="by_hand")
        self.stdout.write(f"{user.name} kan nu logge ind.")
