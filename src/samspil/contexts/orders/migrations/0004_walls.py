"""The second wall around all tables there are: row-level security for municipality and provider."""

from django.db import migrations

from samspil.contexts.access.api import build_walls


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_login_identities"),
        ("cases", "0004_task_source"),
        ("citizens", "0002_names_in_danish_order"),
        ("feedback", "0001_initial"),
        ("goals", "0003_withdrawn_goals"),
        ("meetings", "0003_attendee_once_a_side"),
        ("notes", "0002_corrections_and_dropped_drafts"),
        ("orders", "0003_what_the_citizen_says"),
    ]

    operations = [migrations.RunPython(build_walls, migrations.RunPython.noop)]
