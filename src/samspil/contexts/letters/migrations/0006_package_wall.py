"""The second wall for packages to the appeals board (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [("letters", "0005_forwarded_package")]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
