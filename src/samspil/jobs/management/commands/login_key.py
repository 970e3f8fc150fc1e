"""Makes the key that Samspil proves itself with to an identity provider: `samspil manage login_key FIL`."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from joserfc.jwk import RSAKey

BITS = 3072


class Command(BaseCommand):
    help = "Lav en nøgle til private_key_jwt. Den hemmelige del skrives i filen, den offentlige på skærmen."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        key = RSAKey.generate_key(BITS, {"use": "sig"}, auto_kid=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{file} kan ikke skrives ({error.strerror}).") from error
        with os.fdopen(handle, "wb") as out:
            out.write(key.as_pem(private=True))
        self.stdout.write(json.dumps({"keys": [key.as_dict(private=False)]}, indent=2))
