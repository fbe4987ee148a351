"""Whether a PostgreSQL server keeps what the product promises: what it says of itself, and what is wrong with that."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST = 150000
#: settings asked for, by PostgreSQL's own names
ASKED = ("server_version_num", "synchronous_commit", "fsync", "full_page_writes", "data_checksums")
#: each keeps an answered save through a power cut
SAFE_COMMITS = frozenset({"on", "remote_apply"})


@dataclass(frozen=True, slots=True)
class Server:
    """What the server says. The last two are of the role that asked, and False where the tables are not there yet."""

    version: int
    synchronous_commit: str
    fsync: bool
    full_page_writes: bool
    data_checksums: bool
    superuser: bool = False
    may_change_trail: bool = False


def look_at(connection: BaseDatabaseWrapper) -> Server:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(ASKED)])
        said = dict(cursor.fetchall())
        cursor.execute(
            "SELECT rolsuper, coalesce(has_table_privilege(to_regclass('records_auditevent'),"
            " 'UPDATE, DELETE, TRUNCATE, TRIGGER'), false) FROM pg_roles WHERE rolname = current_user"
        )
        superuser, may_change = cursor.fetchone()
    return Server(
        int(said["server_version_num"]),
        said["synchronous_commit"],
        said["fsync"] == "on",
        said["full_page_writes"] == "on",
        said["data_checksums"] == "on",
        superuser,
        may_change,
    )
