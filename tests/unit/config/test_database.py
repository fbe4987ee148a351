"""DATABASE_URL: what is taken from it, and how one that cannot be used is refused without telling its password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from aboveline.config.database import SESSION, database, postgresql
from aboveline.config.sqlite import SqliteChoice

SECRET = "p%40ss%2Fw%3Ard"


def test_without_an_address_it_is_the_file_in_the_home(tmp_path):
    made = database(tmp_path, "", SqliteChoice((3, 53, 0), "WAL", "sqlite3"))
    assert made["ENGINE"].endswith("sqlite3")
    assert made["NAME"] == tmp_path / "aboveline.sqlite3"


def test_an_address_is_taken_apart_and_decoded(tmp_path):
    made = database(
        tmp_path, f"postgresql://us%40er:{SECRET}@db.example.org:5433/above%20line", SqliteChoice((3, 53, 0), "WAL", "")
    )
    assert made["ENGINE"].endswith("postgresql")
    assert (made["NAME"], made["USER"], made["PASSWORD"]) == ("above line", "us@er", "p@ss/w:rd")
    assert (made["HOST"], made["PORT"]) == ("db.example.org", "5433")


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgresql://u@db.example.org/n", "require"),
        ("postgresql://u@db.example.org/n?sslmode=verify-full", "verify-full"),
        ("postgresql://u@db.example.org/n?sslmode=disable", "disable"),
        ("postgresql://u@localhost/n", "prefer"),
        ("postgresql://u@127.0.0.1/n", "prefer"),
        ("postgresql://u@[::1]/n", "prefer"),
        ("postgres:///n?host=%2Frun%2Fpostgresql", "prefer"),
        ("postgresql://u@localhost,db.example.org/n", "require"),
    ],
)
def test_to_another_machine_the_way_is_encrypted_unless_the_address_says_otherwise(address, mode):
    assert postgresql(address)["OPTIONS"]["sslmode"] == mode


def test_a_save_is_on_disk_before_it_is_answered_whatever_the_server_s_own_setting():
    options = postgresql("postgresql://u@h/n?options=-c%20synchronous_commit%3Doff%20-c%20work_mem%3D8MB")["OPTIONS"]
    assert options["options"].startswith("-c synchronous_commit=off -c work_mem=8MB -c ")
    assert options["options"].rindex("synchronous_commit=on") > options["options"].index("synchronous_commit=off")
    assert all(f"-c {name}={value}" in options["options"] for name, value in SESSION.items())


def test_connections_last_and_are_looked_at():
    made = postgresql("postgresql://u@h/n?application_name=second")
    assert made["CONN_HEALTH_CHECKS"]
    assert made["CONN_MAX_AGE"] > 0
    assert made["OPTIONS"]["application_name"] == "second"
    assert postgresql("postgresql://u@h/n")["OPTIONS"]["application_name"] == "aboveline"


def test_what_was_said_of_a_child_does_not_reach_the_server_s_log_with_a_failed_statement():
    assert postgresql("postgresql://u@h/n")["OPTIONS"]["server_side_binding"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        (f"mysql://u:{SECRET}@h/n", "names a PostgreSQL database"),
        (f"sqlite:///{SECRET}", "names a PostgreSQL database"),
        (f"host=h password={SECRET}", "names a PostgreSQL database"),
        (f"POSTGRESQL+psycopg://u:{SECRET}@h/n", "names a PostgreSQL database"),
        (f"postgresql://u:{SECRET}%zz@h/n", "cannot be read"),
        (f"postgresql://u:{SECRET}@h/n?no_such={SECRET}", "cannot be read"),
        (f"postgresql://u:{SECRET}@h", "names no database"),
        (f"postgresql://u:{SECRET}@h/", "names no database"),
        (f"postgresql://u:{SECRET}@h:{SECRET}/n", "port"),
        (f"postgresql://u:a/{SECRET}@h/n", "port"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_words_without_the_password(address, why):
    with pytest.raises(ImproperlyConfigured, match=why) as refused:
        postgresql(address)
    said = str(refused.value)
    assert "p%40ss" not in said
    assert "p@ss" not in said
    assert "postgresql://user:password@host:port/name" in said
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
