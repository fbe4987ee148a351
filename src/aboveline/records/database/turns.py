"""One process at a time changes the tables, however many start at once; the others wait and find nothing left to do."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

#: any number, as long as nothing else in the database locks by it
TURN = 20_101_119
Say = Callable[[str], object]


@contextmanager
def one_at_a_time(connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """Hold the database's migration turn; `say` is told where another has it. It ends with the process that has it."""
    if connection.vendor == "postgresql":
        with _advisory(connection, say):
            yield
    elif connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
    else:
        with _file(Path(connection.settings_dict["NAME"]), say):
            yield


@contextmanager
def _advisory(connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """The server keeps this lock for the session, over its transactions, and lets go when the session ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TURN])
        if not cursor.fetchone()[0]:
            say(WAITING)
            # A migration may take longer than anything else is allowed to wait.
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


@contextmanager
def _file(database: Path, say: Say) -> Iterator[None]:
    """A lock beside the file: SQLite's own would have to be let go between two migrations."""
    with database.with_name(f"{database.name}.migrating").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(WAITING)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


WAITING = "Another process is bringing the database up to date; waiting for it ..."
