import django.db.models.deletion
from django.db import migrations, models

import lerend_web.scans.enums


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0003_circumstances"),
        ("programmes", "0003_programme_is_public"),
        ("scans", "0004_pulses"),
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PulseSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pilot", models.CharField(blank=True, db_index=True, max_length=26)),
                ("code", models.CharField(max_length=26, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("instrument", models.CharField(max_length=80)),
                ("units", models.JSONField()),
                ("k", models.PositiveSmallIntegerField(default=5)),
                (
                    "mode",
                    models.CharField(
                        choices=[("card", "card"), ("mail", "mail")],
                        default=lerend_web.scans.enums.Mode["CARD"],
                        max_length=8,
                    ),
                ),
                ("works_council_consent_on", models.DateField(blank=True, null=True)),
                ("works_council_not_applicable", models.CharField(blank=True, max_length=300)),
                ("promise", models.TextField(blank=True)),
                ("promise_digest", models.CharField(blank=True, max_length=64)),
                ("sealed_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pulse_series",
                        to="themes.action",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pulse_series",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pulse series",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("on", models.DateField()),
                (
                    "wave",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pulse",
                        to="scans.wave",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pulses", to="pulses.pulseseries"
                    ),
                ),
            ],
            options={
                "ordering": ("series", "number"),
            },
        ),
        migrations.AddConstraint(
            model_name="pulseseries",
            constraint=models.CheckConstraint(
                condition=models.Q(("k__gte", 5)), name="a_pulse_never_shows_fewer_than_five"
            ),
        ),
        migrations.AddConstraint(
            model_name="pulseseries",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed_at__isnull", True), models.Q(("promise_digest", ""), _negated=True), _connector="XOR"
                ),
                name="a_sealed_series_has_its_promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="pulse",
            constraint=models.UniqueConstraint(fields=("series", "number"), name="pulses_of_a_series_are_numbered"),
        ),
    ]
