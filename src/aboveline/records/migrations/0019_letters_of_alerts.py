"""What was kept of an alert's letters beside whom it went to becomes a letter each."""

from typing import Any

from django.db import migrations


def backfill(apps: Any, schema_editor: Any) -> None:
    letter = apps.get_model("records", "Letter")
    told = apps.get_model("records", "AlertTold").objects.select_related("alert__case")
    letter.objects.bulk_create([_letter(letter, one) for one in told.iterator(chunk_size=500)], batch_size=500)


def _letter(letter: Any, told: Any) -> Any:
    alert = told.alert
    settled = told.sent_at or alert.closed_at
    state = "sent" if told.sent_at else "not_needed" if settled else "waits"
    return letter(
        kind="alert", to=told.email, told=told, inspection_id=alert.case.inspection_id, written_at=alert.raised_at,
        next_try_at=alert.raised_at, tried=told.tried, state=state, settled_at=settled,
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0018_letters")]
    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
