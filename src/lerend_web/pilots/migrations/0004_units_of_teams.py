"""The units of the tree that a team of a pilot is made of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pilots", "0003_running")]

    operations = [migrations.AddField("pilotteam", "units", models.JSONField(blank=True, default=list))]
