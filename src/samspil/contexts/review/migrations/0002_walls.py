"""The second wall around all tables there are: row-level security for municipality and provider."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_log_chain"),
        ("cases", "0005_sensitivity"),
        ("citizens", "0003_grants"),
        ("feedback", "0001_initial"),
        ("goals", "0003_withdrawn_goals"),
        ("meetings", "0003_attendee_once_a_side"),
        ("notes", "0002_corrections_and_dropped_drafts"),
        ("orders", "0003_what_the_citizen_says"),
        ("review", "0001_initial"),
    ]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
