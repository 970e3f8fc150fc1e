from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens


class Command(BaseCommand):
    help = "Flytter CPR-numre til den nøgle, der gælder nu, mens folk arbejder. Kan stoppes og køres igen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--status", action="store_true", help="sig kun, hvor mange der mangler")

    def handle(self, *args: Any, status: bool = False, **options: Any) -> None:
        tables: dict[str, QuerySet[Any]] = {
            "borgere": citizens.Citizen.objects.all(),
            "henvendelser": cases.Referral.objects.all(),
        }
        moved = 0 if status else sum(self._move(name, rows) for name, rows in tables.items())
        left = {name: citizens.cpr_left_to_move(rows) for name, rows in tables.items()}
        words = ", ".join(f"{name} {number}" for name, number in left.items())
        self.stdout.write(f"{moved} numre er flyttet. Tilbage under en anden nøgle: {words}.")
        if not any(left.values()):
            self.stdout.write("De gamle nøgler kan fjernes fra SAMSPIL_CPR_KEYS_OLD.")
        elif not status:
            raise CommandError(
                "Ikke alle er flyttet. Kør igen, når ingen arbejder i dem. Bliver de stående, mangler den "
                "nøgle, der åbner dem, i SAMSPIL_CPR_KEYS_OLD, eller samme borger er oprettet to gange."
            )

    def _move(self, name: str, rows: QuerySet[Any]) -> int:
        """Once through the table, and again for as long as that moves what somebody was holding."""
        moved_in_all = 0
        while moved := self._once(name, rows):
            moved_in_all += moved
        return moved_in_all

    def _once(self, name: str, rows: QuerySet[Any]) -> int:
        batch = citizens.move_cpr(rows)
        moved = batch.moved
        while batch.last is not None:
            self.stdout.write(f"{name}: {moved} flyttet")
            batch = citizens.move_cpr(rows, after=batch.last)
            moved += batch.moved
        return moved
