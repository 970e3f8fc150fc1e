"""`python -m samspil.config.backup.known_migrations`: the migrations that this version of Samspil knows, one a line.

A process of its own, because Django's settings ask for keys that may still lie in the set.
"""

import sys

import django
from django.db.migrations.loader import MigrationLoader


def known_migrations() -> set[str]:
    disk = MigrationLoader(None).disk_migrations
    assert disk is not None  # noqa: S101 - the loader's constructor fills it
    replaced = {key for migration in disk.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in disk.keys() | replaced}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write("\n".join(sorted(known_migrations())))
