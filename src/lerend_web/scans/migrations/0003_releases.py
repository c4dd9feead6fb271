import django.db.models.deletion
from django.db import migrations, models

import lerend_web.scans.enums


class Migration(migrations.Migration):
    dependencies = [
        ("scans", "0002_invitations"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="frozenwave",
            name="diagnosis",
        ),
        migrations.AddField(
            model_name="frozenwave",
            name="tables",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="frozenwave",
            name="response",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="wave",
            name="collected",
            field=models.CharField(
                choices=[("here", "here"), ("elsewhere", "elsewhere")],
                default=lerend_web.scans.enums.Collected["HERE"],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="wave",
            name="takes_comments",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="waveunit",
            name="came",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="waveunit",
            name="left",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="StoredRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="releases", to="scans.wave"
                    ),
                ),
            ],
            options={
                "ordering": ("wave", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "number"), name="releases_of_a_wave_are_numbered")
                ],
            },
        ),
    ]
