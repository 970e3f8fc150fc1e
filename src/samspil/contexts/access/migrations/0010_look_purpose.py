"""Every look says what it was for. Older lines stay empty, and what is empty is left out of what is hashed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0009_walls_of_exceptions'),
    ]

    operations = [
        migrations.AddField(
            model_name='accesslogentry',
            name='purpose',
            field=models.CharField(choices=[('casework', 'for at arbejde med sagen'), ('emergency', 'for at hjælpe i en nødsituation'), ('delivery', 'for at give hjælpen'), ('own', 'for at læse om sig selv'), ('support', 'for at hjælpe med sagen'), ('protection', 'for at ordne, hvem der må se sagen'), ('control', 'for at tjekke, hvem der har set sagen'), ('administration', 'for at lede arbejdet')], help_text='Lines from before it was written have none.', max_length=20, null=True),
        ),
    ]
