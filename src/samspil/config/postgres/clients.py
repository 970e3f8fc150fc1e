"""Reaching a server: from Python, and with PostgreSQL's own client programs."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo

from samspil.config.postgres.binaries import PROVIDER
from samspil.config.postgres.errors import PostgresError

# Where Debian and Red Hat keep the client programs of one major version.
KNOWN_PLACES = ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin")

# Django's options hold some of its own, and some of psycopg's.
LIBPQ = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}


def connect(database: Mapping[str, Any]) -> psycopg.Connection:
    return psycopg.connect(**libpq_parameters(database), autocommit=True)  # type: ignore[arg-type]


def libpq_parameters(database: Mapping[str, Any]) -> dict[str, str]:
    """What libpq, and so psycopg and PostgreSQL's own programs, must know of Django's `database` dictionary."""
    given = {
        "connect_timeout": 10,
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
        **database["OPTIONS"],
    }
    return {key: str(value) for key, value in given.items() if value and key in LIBPQ}


def program(name: str, *, major: int) -> Path:
    """pg_dump or pg_restore of the server's own major version: no other is sure to read it and write to it.

    The wheel's come last, because they cannot speak TLS. Raises PostgresError.
    """
    folders = [Path(place.format(major)) for place in KNOWN_PLACES]
    if on_path := shutil.which(name):
        folders.insert(0, Path(on_path).resolve().parent)
    folders.append(PROVIDER.package_folder() / PROVIDER.programs)
    for folder in folders:
        if (folder / name).is_file() and _major(folder / name) == major:
            return folder / name
    raise PostgresError(
        f"{name} fra PostgreSQL {major} mangler på denne maskine, og serveren er version {major}. "
        f"Installér klientprogrammerne, fx: apt install postgresql-client-{major}"
    )


def told(parameters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A server's address as a program's argument, and the environment with the password, which `ps` must not show."""
    password = parameters.get("password")
    shown = make_conninfo(**{key: value for key, value in parameters.items() if key != "password"})
    return shown, {**os.environ, **({"PGPASSWORD": password} if password else {})}


def _major(executable: Path) -> int:
    answer = subprocess.run([executable, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = answer.split("PostgreSQL)")[-1].strip().split(".")[0]
    return int(number) if number.isdigit() else 0
