"""Where in the record an answer is seen, and whether it is put forward as good practice or as a concern."""

from django.db import migrations, models

FLAG = models.CharField(blank=True, choices=[("good", "good"), ("concern", "concern")], default="", max_length=10)
EVIDENCE = models.TextField(blank=True, default="", max_length=5000)
TABLES = ("judgement", "secondjudgement")


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
                for name, field in (("evidence", EVIDENCE.clone()), ("flag", FLAG.clone()))
            ],
        )
    ]
