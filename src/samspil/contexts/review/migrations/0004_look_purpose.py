"""What is drawn for review says what the looks were for; what was drawn before says nothing of it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('review', '0003_numbers_least'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewitem',
            name='purposes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('casework', 'for at arbejde med sagen'), ('emergency', 'for at hjælpe i en nødsituation'), ('delivery', 'for at give hjælpen'), ('own', 'for at læse om sig selv'), ('support', 'for at hjælpe med sagen'), ('protection', 'for at ordne, hvem der må se sagen'), ('control', 'for at tjekke, hvem der har set sagen'), ('administration', 'for at lede arbejdet')], max_length=20), default=list, size=None),
        ),
    ]
