"""The role that was called assessor is the inspector; where work has begun, an inspection is in its fieldwork."""

from typing import Any

from django.db import migrations


def forward(apps: Any, schema_editor: Any) -> None:
    apps.get_model("records", "TeamRole").objects.filter(role="assessor").update(role="inspector")
    begun = apps.get_model("records", "Assessment").objects.values("case__inspection")
    drawn = apps.get_model("records", "Draw").objects.values("inspection")
    inspections = apps.get_model("records", "Inspection").objects
    inspections.filter(pk__in=begun).update(stage="fieldwork")
    inspections.filter(pk__in=drawn).update(stage="fieldwork")


def back(apps: Any, schema_editor: Any) -> None:
    apps.get_model("records", "TeamRole").objects.filter(role="inspector").update(role="assessor")


class Migration(migrations.Migration):
    dependencies = [("records", "0003_people_stages_and_allocation")]
    operations = [migrations.RunPython(forward, back)]
