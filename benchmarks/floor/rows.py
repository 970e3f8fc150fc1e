"""`python -m benchmarks.floor.rows`: the floors' tables in a database, filled once."""

import os

import django
from django.db import connection

ROWS = 10_000


def make() -> None:
    from django.utils import timezone

    from benchmarks.floor.models import Line, Row

    present = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Row, Line):
            if model._meta.db_table not in present:
                editor.create_model(model)
    if not Row.objects.exists():
        words = "Ord, som ingen har sagt. " * 8
        now = timezone.now()
        Row.objects.bulk_create(
            Row(id=n, title=f"Række {n}", words=words, at=now, number=n) for n in range(1, ROWS + 1)
        )
    connection.close_pool()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.floor.settings"
    django.setup()
    make()
