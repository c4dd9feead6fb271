import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pilots", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("came", models.PositiveSmallIntegerField()),
                ("leader_came", models.BooleanField(default=False)),
                (
                    "faithful",
                    models.CharField(
                        choices=[("as_planned", "as_planned"), ("changed", "changed"), ("not_done", "not_done")],
                        default="as_planned",
                        max_length=12,
                    ),
                ),
                ("changed", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="pilots.pilotteam"
                    ),
                ),
            ],
            options={
                "ordering": ("on", "id"),
            },
        ),
        migrations.CreateModel(
            name="LogCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="code", to="pilots.pilotteam"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                ("closes_on", models.DateField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "pilot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pool", to="pilots.pilot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StoredEffect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("look", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="effects", to="pilots.pilot"
                    ),
                ),
            ],
            options={
                "ordering": ("look",),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verdict", models.CharField(max_length=20)),
                ("why", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pilot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="verdict", to="pilots.pilot"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("reach", models.CharField(blank=True, max_length=200)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="volunteers", to="pilots.pool"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="volunteers",
                        to="pilots.pilotteam",
                    ),
                ),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="pilot",
            constraint=models.CheckConstraint(
                condition=models.Q(("smallest__gt", 0), ("smallest__lte", 2)), name="an_effect_is_worth_having"
            ),
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(fields=("pilot", "organisation"), name="a_company_is_once_in_a_pilot"),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(
                fields=("pilot", "organisation", "number"), name="one_measurement_a_number_and_company"
            ),
        ),
        migrations.AddConstraint(
            model_name="pilotteam",
            constraint=models.UniqueConstraint(
                fields=("pilot", "organisation", "name"), name="a_team_is_once_in_a_pilot"
            ),
        ),
        migrations.AddConstraint(
            model_name="storedeffect",
            constraint=models.UniqueConstraint(fields=("pilot", "look"), name="one_effect_a_look"),
        ),
    ]
