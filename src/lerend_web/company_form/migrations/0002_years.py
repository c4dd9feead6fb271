from django.db import migrations, models
from django.db.models.functions import ExtractYear


def from_the_day_they_were_begun(apps, _schema):  # type: ignore[no-untyped-def]  # as Django calls it
    apps.get_model("company_form", "CompanyForm").objects.update(year=ExtractYear("started_at"))


class Migration(migrations.Migration):
    dependencies = [("company_form", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("companyform", "one_company_form_a_person_in_a_programme"),
        migrations.AddField("companyform", "year", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(from_the_day_they_were_begun, migrations.RunPython.noop),
        migrations.AlterField("companyform", "year", models.PositiveSmallIntegerField()),
        migrations.AddConstraint(
            "companyform",
            models.UniqueConstraint(
                fields=("organisation", "programme", "person", "year"), name="one_company_form_a_person_a_year"
            ),
        ),
    ]
