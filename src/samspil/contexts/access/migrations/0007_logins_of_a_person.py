"""A log-in says whose it is. Those that run say it nowhere but in their session: everybody logs in once more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0006_wall_asked_once"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunSQL("delete from access_login; delete from django_session", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="login",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="logins", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="login",
            name="identity",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="logins",
                to="access.loginidentity",
            ),
        ),
        migrations.AlterField(
            model_name="login",
            name="hint_sealed",
            field=models.BinaryField(help_text="What the provider wants back at log-out, sealed.", null=True),
        ),
    ]
