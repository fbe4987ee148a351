"""Whether the database answers and has every table this version of the program was written for."""

from enum import StrEnum
from functools import cache

from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Readiness(StrEnum):
    READY = "ready"
    MIGRATIONS_WAIT = "migrations wait"
    AWAY = "database away"


def readiness() -> Readiness:
    """Ask the database now; one question, cheap enough for every few seconds."""
    try:
        applied = MigrationRecorder(connection).applied_migrations().keys()
    except (OperationalError, InterfaceError):
        return Readiness.AWAY
    return Readiness.READY if _written_for() <= applied else Readiness.MIGRATIONS_WAIT


@cache
def _written_for() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
