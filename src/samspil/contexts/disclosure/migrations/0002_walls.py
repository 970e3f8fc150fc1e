"""The second wall for what somebody asks to see, and what is covered and handed out (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0001_initial"),
        ("disputes", "0002_walls"),
    ]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
