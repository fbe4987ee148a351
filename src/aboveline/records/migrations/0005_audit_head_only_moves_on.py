"""The head of the audit chain is there from the start, only moves on, and stays; the trail is found by its things."""

from typing import Any

from django.db import migrations, models

REFUSED = "the head of the audit trail only moves on"
SQLITE = [
    f"""CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON records_audithead
    WHEN NEW.id != OLD.id OR NEW.sequence <= OLD.sequence BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    f"""CREATE TRIGGER audit_head_stays BEFORE DELETE ON records_audithead
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION audit_head_only_moves_on() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$""",
    """CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON records_audithead FOR EACH ROW
    WHEN (NEW.id != OLD.id OR NEW.sequence <= OLD.sequence) EXECUTE FUNCTION audit_head_only_moves_on()""",
    """CREATE TRIGGER audit_head_stays BEFORE DELETE OR TRUNCATE ON records_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_head_only_moves_on()""",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def protect(apps: Any, schema_editor: Any) -> None:
    apps.get_model("records", "AuditHead").objects.get_or_create(id=1)
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    on = "" if schema_editor.connection.vendor == "sqlite" else " ON records_audithead"
    for name in ("audit_head_moves_on", "audit_head_stays"):
        schema_editor.execute(f"DROP TRIGGER {name}{on}")
    if on:
        schema_editor.execute("DROP FUNCTION audit_head_only_moves_on")


class Migration(migrations.Migration):
    dependencies = [("records", "0004_assessors_are_inspectors")]
    operations = [
        migrations.AddIndex("auditevent", models.Index(fields=["service_id", "sequence"], name="events_of_a_service")),
        migrations.AddIndex("auditevent", models.Index(fields=["object_type", "object_id"], name="events_on_a_thing")),
        migrations.RunPython(protect, unprotect),
    ]
