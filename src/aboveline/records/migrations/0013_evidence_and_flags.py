"""Where in the record an answer is seen, and whether it is put forward as good practice or as a concern."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

TABLES = ("judgement", "secondjudgement")


def fields() -> tuple[tuple[str, models.Field[Any, Any]], ...]:
    """The two new fields; each table needs its own."""
    flags = [("good", "good"), ("concern", "concern")]
    evidence: models.Field[Any, Any] = models.TextField(blank=True, default="", max_length=5000)
    return (("evidence", evidence), ("flag", models.CharField(blank=True, choices=flags, default="", max_length=10)))


class Migration(migrations.Migration):
    """Columns are added by SQL that both databases know: on SQLite Django would copy the whole table, and the triggers
    of other tables that read this one would not let it."""

    dependencies = [("records", "0012_casework")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE records_{table} ADD COLUMN {column} NOT NULL DEFAULT ''",
                    f"ALTER TABLE records_{table} DROP COLUMN {column.split()[0]}",
                )
                for table in TABLES
                for column in ("evidence text", "flag varchar(10)")
            ],
            state_operations=[
                migrations.AddField(model_name=table, name=name, field=field)
                for table in TABLES
                for name, field in fields()
            ],
        )
    ]
