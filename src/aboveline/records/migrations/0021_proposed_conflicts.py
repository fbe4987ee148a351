"""An entry of the conflict register can be a proposal of the inspected service's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0020_alerts_told_by_letter")]
    operations = [migrations.AddField("conflict", "proposed", models.BooleanField(default=False))]
