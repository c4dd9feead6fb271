from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _person() -> Any:
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0003_circumstances"),
        ("programmes", "0003_programme_is_public"),
        ("themes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Workshop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField()),
                ("by", _person()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="workshops", to="programmes.programme"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="workshops", to="themes.theme"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="TryOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("happened", models.TextField()),
                ("next", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", _person()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tries", to="interventions.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ("-on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("begins", models.TimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=300)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="interventions.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ("on", "begins", "id"),
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", _person()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="interventions.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.CharField(blank=True, max_length=60)),
                ("wording", models.CharField(choices=[("nl", "nl"), ("en", "en"), ("both", "both")], max_length=4)),
                ("content", models.JSONField(default=dict)),
                ("sent", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in_review"),
                            ("change_asked", "change_asked"),
                            ("agreed", "agreed"),
                            ("accepted", "accepted"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=0)),
                ("asked", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("author", _person()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="programmes.programme"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="interventions.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="OwnEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.CharField(max_length=60)),
                ("version", models.PositiveIntegerField()),
                ("wording", models.CharField(choices=[("nl", "nl"), ("en", "en"), ("both", "both")], max_length=4)),
                ("content", models.JSONField()),
                ("source", models.TextField()),
                ("changed", models.JSONField(default=list)),
                ("accepted_by", _person()),
                ("accepted_at", models.DateTimeField()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_entries",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "version"), name="an_entry_has_a_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnScript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.CharField(max_length=60)),
                ("wording", models.CharField(choices=[("nl", "nl"), ("en", "en"), ("both", "both")], max_length=4)),
                ("content", models.JSONField(default=dict)),
                ("source", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("claimed", "claimed"),
                            ("in_review", "in_review"),
                            ("change_asked", "change_asked"),
                            ("approved", "approved"),
                        ],
                        default="claimed",
                        max_length=12,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("claimed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_scripts",
                        to="programmes.programme",
                    ),
                ),
                ("reviewer", _person()),
                ("writer", _person()),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "entry"), name="one_script_an_entry_in_a_programme")
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                (
                    "seat",
                    models.CharField(
                        choices=[("peer", "peer"), ("teacher", "teacher"), ("researcher", "researcher")], max_length=10
                    ),
                ),
                ("verdict", models.CharField(choices=[("approve", "approve"), ("change", "change")], max_length=8)),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", _person()),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="interventions.proposal"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "round", "seat"), name="one_review_a_seat_in_a_round"),
                    models.UniqueConstraint(fields=("proposal", "round", "by"), name="one_review_a_person_in_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "change"), ("words", ""), _negated=True),
                        name="who_asks_for_a_change_says_which",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkshopVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("language", models.CharField(default="nl", max_length=2)),
                ("content", models.JSONField(default=dict)),
                ("changed", models.JSONField(default=list)),
                ("why", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", _person()),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="programmes.programme"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="interventions.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("workshop", "number"), name="one_workshop_version_of_a_number")
                ],
            },
        ),
    ]
