"""What the application's role may do on PostgreSQL: its work, and nothing that could unmake the audit trail.

The owner's role made the tables and could drop their triggers; the application never signs in as the owner, so even raw
SQL with the application's password is refused. Rights are given table by table, after every migration.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

USUAL = "SELECT, INSERT, UPDATE, DELETE"
#: tables on which the application may do less. A value beside an event may be erased, never changed.
LESS: Mapping[str, str] = {
    "records_auditevent": "SELECT, INSERT",
    "records_auditvalue": "SELECT, INSERT, DELETE",
    "records_audithead": "SELECT, UPDATE (sequence, hash)",
    "django_migrations": "SELECT",
}


class UnfitRole(ValueError):
    """Raised where a role cannot be the application's; the message says why and what to do."""


def statements(connection: BaseDatabaseWrapper, role: str) -> Sequence[str]:
    """The SQL that gives `role` just its rights in the current schema, taking away whatever else it had there."""
    quoted = connection.ops.quote_name
    to, schema = quoted(role), quoted(_one(connection, "SELECT current_schema()"))
    database = quoted(connection.settings_dict["NAME"])
    tables = sorted(connection.introspection.table_names())
    return [
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {to}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {to}",
        f"GRANT CONNECT ON DATABASE {database} TO {to}",
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {to}",
        *(f"GRANT {LESS.get(table, USUAL)} ON {quoted(table)} TO {to}" for table in tables),
    ]


def give_rights(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give them, all or none. Raises UnfitRole where the role is missing, or is or can become the owner."""
    _check_fit(connection, role)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements(connection, role):
            cursor.execute(statement)


def _check_fit(connection: BaseDatabaseWrapper, role: str) -> None:
    owner = _one(
        connection, "SELECT relowner::regrole::text FROM pg_class WHERE oid = to_regclass('records_auditevent')"
    )
    if owner is None:
        raise UnfitRole("there are no tables yet; run the migrations first")
    if not _one(connection, "SELECT pg_has_role(current_user, %s, 'USAGE')", owner):
        raise UnfitRole(f"only {owner}, who owns the tables, can give rights to them")
    if not _one(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", role):
        raise UnfitRole(f"there is no role {role}; make it first: CREATE ROLE {role} LOGIN PASSWORD '...'")
    above = "SELECT rolsuper OR pg_has_role(rolname, %s, 'MEMBER') FROM pg_roles WHERE rolname = %s"
    if _one(connection, above, owner, role):
        raise UnfitRole(f"{role} owns the tables, may act as their owner, or is a superuser; it must be none of these")


def _one(connection: BaseDatabaseWrapper, question: str, *parameters: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        row = cursor.fetchone()
        return row[0] if row else None
