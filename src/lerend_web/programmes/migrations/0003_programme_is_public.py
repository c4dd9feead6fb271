from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0002_join_codes"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="is_public",
            field=models.BooleanField(default=False),
        ),
    ]
