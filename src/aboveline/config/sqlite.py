"""Which SQLite library and journal the database may use.

SQLite before 3.51.3 can corrupt a write-ahead log when two connections reset it at the same moment. So: the
interpreter's own library where it is new enough, else the newer one of the pysqlite3 wheel, else *safe mode*: the
rollback journal, which has no write-ahead log to corrupt (slower, readers wait for the writer).
"""

import sqlite3
import sys
from dataclasses import dataclass

FIRST_SOUND = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class SqliteChoice:
    version: tuple[int, ...]
    journal: str
    library: str

    @property
    def safe_mode(self) -> bool:
        return self.journal != "WAL"

    def words(self) -> str:
        number = ".".join(map(str, self.version))
        if self.safe_mode:
            return f"SQLite {number}: safe mode (rollback journal), because its write-ahead log has a known fault"
        return f"SQLite {number} ({self.library}), write-ahead log"

    def init_command(self) -> str:
        return f"PRAGMA journal_mode={self.journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def choose(own: tuple[int, ...], newer: tuple[int, ...] | None) -> SqliteChoice:
    """Choose between the interpreter's library and the wheel's (None where there is no wheel)."""
    if own >= FIRST_SOUND:
        return SqliteChoice(own, "WAL", "sqlite3")
    if newer and newer >= FIRST_SOUND:
        return SqliteChoice(newer, "WAL", "pysqlite3")
    return SqliteChoice(own, "DELETE", "sqlite3")


def install() -> SqliteChoice:
    """Make the chosen library the one Django imports. Must run before django.db.backends.sqlite3 is imported."""
    try:
        import pysqlite3
    except ImportError:
        return choose(sqlite3.sqlite_version_info, None)
    chosen = choose(sqlite3.sqlite_version_info, pysqlite3.sqlite_version_info)
    if chosen.library == "pysqlite3":
        import pysqlite3.dbapi2

        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
    return chosen
