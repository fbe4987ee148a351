"""Whoever judged before authorship was kept is an author too, so that the database refuses their signature."""

from typing import Any

from django.db import migrations


def backfill(apps: Any, schema_editor: Any) -> None:
    wrote = apps.get_model("records", "Judgement").objects.values_list("assessment__case__inspection_id", "author_id")
    authorship = apps.get_model("records", "Authorship")
    authorship.objects.bulk_create(
        [
            authorship(inspection_id=inspection, user_id=author, part="judgements")
            for inspection, author in wrote.distinct().order_by()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0013_evidence_and_flags")]
    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
