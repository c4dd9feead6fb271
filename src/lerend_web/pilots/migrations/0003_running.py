"""When a pilot started and ended, and when its owner was last reminded."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pilots", "0002_log_effects_verdict")]

    operations = [
        migrations.AddField("pilot", "started_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("pilot", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("pilot", "reminded_on", models.DateField(blank=True, null=True)),
    ]
