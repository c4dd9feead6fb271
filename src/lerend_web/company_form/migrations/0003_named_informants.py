from django.conf import settings
from django.db import migrations, models

ROLES = [
    ("management", "management"),
    ("works_council", "works_council"),
    ("hr", "hr"),
    ("other", "other"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("company_form", "0002_years"),
        ("organisations", "0002_initial"),
        ("programmes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NamedInformant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=ROLES, max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("named_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="named_informants", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="named_informants", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=models.CASCADE, related_name="named_informants", to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "programme", "person", "year"), name="a_person_is_named_once_a_year"
                    )
                ],
            },
        ),
    ]
