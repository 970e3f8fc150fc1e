"""The second wall for conflicts of interest and emergency accesses (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.walls import build_walls


class Migration(migrations.Migration):
    dependencies = [("access", "0008_lookups")]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
