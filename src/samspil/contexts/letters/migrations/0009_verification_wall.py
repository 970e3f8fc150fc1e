"""The second wall for marks of a jurist (access/walls.py)."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_verification"), ("letters", "0008_packages_at_any_moment")]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
