"""Which database: one SQLite file for one team, or PostgreSQL where DATABASE_URL names one.

The address is read by libpq, PostgreSQL's own client library, so that what `psql` takes is taken here, percent-encoding
and parameters included. Nothing of it is repeated in an error: it holds a password.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from aboveline.config.sqlite import SqliteChoice

SCHEMES = ("postgresql://", "postgres://")
SHAPE = "postgresql://user:password@host:port/name?sslmode=verify-full"
#: set for every session: an answered save is on disk; nobody waits for ever; what a lost client holds is let go
SESSION = {"synchronous_commit": "on", "lock_timeout": "20s", "idle_in_transaction_session_timeout": "5min"}
#: a person waits for the page meanwhile
CONNECT_SECONDS = 5
HERE = ("/", "@", "localhost", "127.", "::1")


def database(home: Path, url: str, sqlite: SqliteChoice) -> dict[str, Any]:
    """Django's settings of the one database. Raises ImproperlyConfigured where the address cannot be used."""
    return postgresql(url) if url else _file(home, sqlite)


def _file(home: Path, sqlite: SqliteChoice) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "aboveline.sqlite3",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": sqlite.init_command()},
    }


def postgresql(url: str) -> dict[str, Any]:
    """Settings for a PostgreSQL address: one lasting connection a thread, looked at before each request.

    To another machine the way must be encrypted unless `sslmode` says otherwise. Values travel apart from statements,
    so that the server's log of one that failed does not hold what was said of a child.
    """
    given = _read(url)
    options = {"application_name": "aboveline", "connect_timeout": CONNECT_SECONDS, "sslmode": _sslmode(given)}
    session = " ".join([given.pop("options", ""), *(f"-c {name}={value}" for name, value in SESSION.items())])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname"),
        "USER": given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "HOST": given.pop("host", ""),
        "PORT": given.pop("port", ""),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, **given, "options": session.strip(), "server_side_binding": True},
    }


def _read(url: str) -> dict[str, Any]:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured(f"DATABASE_URL names a PostgreSQL database: {SHAPE}. Without it, SQLite is used.")
    try:
        given: dict[str, Any] = {name: value for name, value in conninfo_to_dict(url).items() if value is not None}
    except ProgrammingError:
        raise ImproperlyConfigured(
            f"DATABASE_URL cannot be read; it has the shape {SHAPE}. Write : / @ % of a password as %3A %2F %40 %25."
        ) from None
    if not given.get("dbname"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database; it has the shape {SHAPE}.")
    if not all(port.isdecimal() for port in given.get("port", "5432").split(",") if port):
        raise ImproperlyConfigured(f"The port in DATABASE_URL is not a number; it has the shape {SHAPE}.")
    return given


def _sslmode(given: dict[str, Any]) -> str:
    hosts = given.get("host", "").split(",")
    here = all(not host or host.startswith(HERE) for host in hosts)
    return "prefer" if here else "require"
