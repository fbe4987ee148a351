"""Which SQLite is used, and what the open database really does."""

import sys

import pytest
from django.conf import settings
from django.db import connection

from aboveline.config.sqlite import FIRST_SOUND, choose, install

OLD, SOUND = (3, 40, 1), (3, 51, 3)


@pytest.mark.parametrize(
    ("own", "newer", "journal", "library"),
    [
        (SOUND, None, "WAL", "sqlite3"),
        (SOUND, (3, 60, 0), "WAL", "sqlite3"),
        (OLD, SOUND, "WAL", "pysqlite3"),
        (OLD, None, "DELETE", "sqlite3"),
        (OLD, (3, 51, 2), "DELETE", "sqlite3"),
    ],
)
def test_the_choice(own, newer, journal, library):
    chosen = choose(own, newer)
    assert (chosen.journal, chosen.library) == (journal, library)
    assert chosen.safe_mode is (journal != "WAL")


def test_safe_mode_is_named_with_its_reason():
    assert "safe mode" in choose(OLD, None).words()
    assert "3.40.1" in choose(OLD, None).words()


def test_both_journals_flush_fully():
    assert all("synchronous=FULL" in choose(v, None).init_command() for v in (OLD, SOUND))


def test_install_puts_the_newer_library_in_the_place_of_the_old(monkeypatch):
    monkeypatch.setattr("aboveline.config.sqlite.sqlite3.sqlite_version_info", OLD)
    assert install().version >= FIRST_SOUND
    assert sys.modules["sqlite3"].sqlite_version_info >= FIRST_SOUND


def test_without_the_wheel_an_old_library_gets_safe_mode(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.setattr("aboveline.config.sqlite.sqlite3.sqlite_version_info", OLD)
    assert install().safe_mode


@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_the_open_database_keeps_the_settings(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone()[0] == value


@pytest.mark.django_db
def test_django_runs_on_the_chosen_library():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = tuple(map(int, cursor.fetchone()[0].split(".")))
    assert version == tuple(settings.SQLITE.version)
    assert version >= FIRST_SOUND or settings.SQLITE.safe_mode


def test_writers_queue_at_once_and_wait():
    options = settings.DATABASES["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 10
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False
