"""A municipality's own thresholds say when many CPR numbers have been looked up; earlier rows get what holds for all."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0002_walls")]
    operations = [
        migrations.AddField(
            model_name="thresholds",
            name="numbers_least",
            field=models.PositiveSmallIntegerField(
                default=60, help_text="Fewer CPR numbers looked up in a day are never many."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='reviewitem',
            name='figures',
            field=models.JSONField(default=dict, help_text='How many citizens, how many usually, how many numbers.'),
        ),
        migrations.AlterField(
            model_name='reviewitem',
            name='reasons',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('self', 'Er borgeren selv, eller hedder det samme'), ('relative', 'Er pårørende til borgeren'), ('surname', 'Samme efternavn som borgeren'), ('address', 'Samme adresse som borgeren'), ('colleague', 'Borgeren hedder det samme som en kollega'), ('no_relation', 'Har hverken opgave, notat eller møde i sagen'), ('volume', 'Har set langt flere borgere end ellers'), ('numbers', 'Har slået mange CPR-numre op'), ('night', 'Åbnet om natten')], max_length=20), size=None),
        ),
    ]
