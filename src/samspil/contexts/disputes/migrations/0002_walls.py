"""The second wall for disputes and their steps (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [
        ("disputes", "0001_initial"),
        ("letters", "0002_walls"),
    ]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
