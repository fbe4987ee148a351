"""The database itself refuses to change or delete an audit event."""

from typing import Any

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER audit_event_no_{verb} BEFORE {verb} ON records_auditevent
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed or deleted'); END"""
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION audit_event_is_final() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit events are never changed or deleted'; END $$""",
    """CREATE TRIGGER audit_event_final BEFORE UPDATE OR DELETE OR TRUNCATE ON records_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_is_final()""",
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def protect(apps: Any, schema_editor: Any) -> None:
    for statement in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unprotect(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER audit_event_no_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER audit_event_final ON records_auditevent")
        schema_editor.execute("DROP FUNCTION audit_event_is_final")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(protect, unprotect)]
