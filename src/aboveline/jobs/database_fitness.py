"""Is the database fit to hold case records? Asked at start-up and by `aboveline database check`."""

import logging
from collections.abc import Sequence

from django.conf import settings
from django.db import OperationalError, connection

from aboveline.domain.problems import Problem, ProblemKind, Severity
from aboveline.records.database.fitness import OLDEST, SAFE_COMMITS, Server, look_at
from aboveline.records.database.readiness import Readiness, readiness

logger = logging.getLogger(__name__)

TOO_OLD = ProblemKind(
    "database.too-old",
    "The PostgreSQL server is version {version}; Aboveline needs 15 or newer.",
    "Upgrade the server, or give DATABASE_URL one that is newer.",
)
ANSWERS_EARLY = ProblemKind(
    "database.answers-early",
    "synchronous_commit is {setting}: the server says “saved” before it is on disk.",
    "Set synchronous_commit to on; Aboveline asks for it itself, so look for a rule of the role or the pooler.",
)
NOT_SYNCED = ProblemKind(
    "database.not-synced",
    "{setting} is off: a power cut can destroy the database.",
    "Set it to on in postgresql.conf and restart the server.",
)
NO_CHECKSUMS = ProblemKind(
    "database.no-checksums",
    "The cluster has no data checksums: a page the disk damaged would be taken for good.",
    "Stop the server and run pg_checksums --enable on its data folder.",
    Severity.WARNING,
)
OWNER_SERVES = ProblemKind(
    "database.owner-serves",
    "The role in DATABASE_URL could change or delete audit events.",
    "Serve with a role of its own: see “Use PostgreSQL” and `aboveline database grant`.",
    Severity.WARNING,
)
UNREACHABLE = ProblemKind(
    "database.unreachable",
    "The database cannot be reached: {why}.",
    "Check that the server runs, and the host, port, name, user and password in DATABASE_URL.",
)
UNFIT_ROLE = ProblemKind(
    "database.unfit-role",
    "Rights cannot be given: {why}.",
    "Run this as the owner of the tables, and name a role made for the application alone.",
)
NOT_POSTGRESQL = ProblemKind(
    "database.not-postgresql",
    "Roles are PostgreSQL's; this installation is an SQLite file.",
    "Give DATABASE_URL. In an SQLite file triggers refuse changes to the audit trail.",
)
NOT_MIGRATED = ProblemKind(
    "database.not-migrated",
    "The database does not have every table this version was written for.",
    "As the owner of the tables run: python manage.py migrate",
)
CATALOGUE = (
    NOT_MIGRATED, TOO_OLD, ANSWERS_EARLY, NOT_SYNCED, NO_CHECKSUMS, OWNER_SERVES, UNREACHABLE, UNFIT_ROLE,
    NOT_POSTGRESQL,
)  # fmt: skip


def faults(server: Server) -> Sequence[Problem]:
    """What is wrong with a server; warnings are what one may serve with."""
    found = []
    if server.version < OLDEST:
        found.append(TOO_OLD.at(version=server.version // 10000))
    if server.synchronous_commit not in SAFE_COMMITS:
        found.append(ANSWERS_EARLY.at(setting=server.synchronous_commit))
    found += [NOT_SYNCED.at(setting=name) for name in ("fsync", "full_page_writes") if not getattr(server, name)]
    if not server.data_checksums:
        found.append(NO_CHECKSUMS.at())
    if server.superuser or server.may_change_trail:
        found.append(OWNER_SERVES.at())
    return found


def database_words() -> str:
    """Which database this is, in a few words; nothing of the address."""
    if connection.vendor == "sqlite":
        return str(settings.SQLITE.words())
    return f"PostgreSQL {look_at(connection).version // 10000}"


def database_faults() -> Sequence[Problem]:
    """The faults of the database of this process. Raises django.db.OperationalError where it cannot be reached."""
    return [] if connection.vendor == "sqlite" else faults(look_at(connection))


def tables_missing() -> Sequence[Problem]:
    """A problem where migrations of this version were not applied yet."""
    return [NOT_MIGRATED.at()] if readiness() is Readiness.MIGRATIONS_WAIT else []


class UnfitDatabase(RuntimeError):
    """Raised at start-up where the database would lose records; the message says every fault and what to do."""


def refuse_unfit_database() -> Sequence[str]:
    """Return what to warn of. Raises UnfitDatabase, and OperationalError where the database cannot be reached."""
    found = database_faults()
    if any(fault.severity is Severity.ERROR for fault in found):
        raise UnfitDatabase("\n".join(f"{fault.message} {fault.remedy}" for fault in found))
    return [str(fault.message) for fault in found]


def look_before_serving() -> None:
    """What a server's process asks once as it starts. A database that is away may come back: it is served without."""
    try:
        for warning in refuse_unfit_database():
            logger.warning(warning)
    except OperationalError:
        logger.error("The database cannot be reached; pages that need it say so until it can.")
    finally:
        connection.close()
