from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspil.exchange.ffb_order.message import LARGEST, Unreadable
from samspil.exchange.ffb_order.taking_over import import_order
from samspil.kernel import clock


class Command(BaseCommand):
    help = "Læs KL's bestilling (ffb-order) ind i en udførers indbakke."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")
        parser.add_argument("--provider", default="", metavar="NAVN", help="udføreren, hvis det ikke er beskedens")

    def handle(self, *args: Any, file: Path, provider: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                content = opened.read(LARGEST + 1)
            if len(content) > LARGEST:
                size = file.stat().st_size // 1_000_000
                raise Unreadable(f"Filen fylder {size} MB, og en bestilling fylder højst {LARGEST // 1_000_000} MB.")
            imported = import_order(content, at=clock.now(), provider=provider)
        except OSError as error:
            raise CommandError(f"Filen {file} kan ikke åbnes: {_why(error)}.") from error
        except Unreadable as error:
            raise CommandError(f"{error} Der er ikke læst noget ind.") from error
        self.stdout.write(
            f"Bestillingen på {imported.citizen_name} ligger nu i indbakken hos {imported.provider_name} "
            f"(sag {imported.case_number})."
        )
        self.stdout.write("Det her kunne Samspil ikke tage over:")
        for sentence in imported.not_taken_over:
            self.stdout.write(f"- {sentence}")


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "den findes ikke"
        case IsADirectoryError():
            return "det er en mappe"
        case PermissionError():
            return "du må ikke læse den"
    return str(error.strerror)
