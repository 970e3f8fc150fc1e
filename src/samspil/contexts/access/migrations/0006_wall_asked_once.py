"""The wall asks once a statement whether a provider takes part in a case, not once a row."""

from django.db import migrations

from samspil.contexts.access.walls import build_walls


class Migration(migrations.Migration):
    dependencies = [("access", "0005_log_chain")]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
