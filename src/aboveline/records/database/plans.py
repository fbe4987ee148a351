"""Query plans that a connection keeps, and when to make them anew."""

from django.db import connection


def plan_anew() -> None:
    """Have PostgreSQL forget the plans this connection has kept; on SQLite there is nothing to forget.

    PostgreSQL checks foreign keys by plans it made when the tables may have been empty: it would read a whole table
    for each of a hundred thousand rows written in one transaction. (PostgreSQL manual, DISCARD.)
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")
