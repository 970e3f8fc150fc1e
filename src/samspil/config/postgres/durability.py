"""Whether the database keeps what it has acknowledged, when the power goes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from samspil.config.postgres.clients import connect

# As the application's own session has them: a role, a database and a connection can each say otherwise.
SWITCHED_OFF = """
select name from pg_settings
where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by 1
"""


class NotDurable(ImproperlyConfigured):
    """What people are told is saved may be lost. The text is Danish and made for the operator."""


def assert_durable(database: Mapping[str, Any]) -> None:
    """Raise NotDurable, with the names of the settings, for Django's `database` dictionary."""
    with connect(database) as connection:
        off = [name for (name,) in connection.execute(SWITCHED_OFF)]
        user = connection.info.user
    if off:
        raise NotDurable(
            f"Samspil starter ikke i drift: {', '.join(off)} er slået fra i databasen (for rollen {user}), så det, der "
            "er gemt, kan gå tabt, når strømmen går. Slå dem til igen, og genstart databasen."
        )


def has_checksums(database: Mapping[str, Any]) -> bool:
    with connect(database) as connection:
        return connection.execute("show data_checksums").fetchone() == ("on",)
