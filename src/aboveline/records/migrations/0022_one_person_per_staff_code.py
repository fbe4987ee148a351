"""A staff code is one person's: whoever was given another's later loses it, and with it the other's cases."""

from typing import Any

from django.db import migrations, models


def keep_the_first(apps: Any, schema_editor: Any) -> None:
    held, seen = apps.get_model("records", "ServiceRole").objects.filter(ended_at=None).exclude(staff_code=""), set()
    for row in held.order_by("given_at", "id"):
        if (row.service_id, row.staff_code) in seen:
            row.staff_code = ""
            row.save(update_fields=["staff_code"])
        seen.add((row.service_id, row.staff_code))


class Migration(migrations.Migration):
    dependencies = [("records", "0021_proposed_conflicts")]
    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.AddConstraint(
            "servicerole",
            models.UniqueConstraint(
                fields=["service", "staff_code"],
                condition=models.Q(ended_at=None) & ~models.Q(staff_code=""),
                name="one_person_per_staff_code",
            ),
        ),
    ]
