"""The second wall for letters and what is said of them (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0001_initial"),
        ("feedback", "0002_letter_feedback"),
        ("review", "0002_walls"),
    ]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
