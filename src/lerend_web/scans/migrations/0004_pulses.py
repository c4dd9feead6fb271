import django.db.models.manager
from django.db import migrations, models

import lerend_web.scans.enums


class Migration(migrations.Migration):
    dependencies = [
        ("scans", "0003_releases"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="wave",
            options={"base_manager_name": "every", "ordering": ("-opens_on", "-id")},
        ),
        migrations.AlterModelManagers(
            name="wave",
            managers=[
                ("objects", django.db.models.manager.Manager()),
                ("every", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="wave",
            name="asks",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="wave",
            name="kind",
            field=models.CharField(
                choices=[("scan", "scan"), ("pulse", "pulse")],
                default=lerend_web.scans.enums.WaveKind["SCAN"],
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="series",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="wave",
            name="series_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
