"""Who looked up CPR numbers is found without reading the whole event log."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0007_logins_of_a_person'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('kind', 'number.looked_up'), ('kind', 'number.stopped'), _connector='OR'), fields=['user_id', '-at'], name='event_lookups'),
        ),
    ]
