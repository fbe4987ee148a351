"""The triggers that keep the trail, sign-offs and publications, taken away as somebody with the file could."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def triggers_away() -> Iterator[None]:
    """While it lasts the database lets the trail be changed; what is owed to foreign keys is asked at the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        if connection.in_atomic_block:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        yield
        for _, statement in triggers:
            cursor.execute(statement)
