"""Which SQLite is used, and what the open database really does."""

import sys

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from aboveline.config.database import database
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


def opened(tmp_path, question):
    """What a database opened by the settings answers, whichever database this run is on."""
    wrapper = DatabaseWrapper({**connection.settings_dict, **database(tmp_path, "", settings.SQLITE)})
    with wrapper.cursor() as cursor:
        cursor.execute(question)
        answer = cursor.fetchone()[0]
    wrapper.close()
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_the_open_database_keeps_the_settings(pragma, value, tmp_path):
    assert opened(tmp_path, f"PRAGMA {pragma}") == value


@pytest.mark.django_db
def test_django_runs_on_the_chosen_library(tmp_path):
    version = tuple(map(int, opened(tmp_path, "SELECT sqlite_version()").split(".")))
    assert version == tuple(settings.SQLITE.version)
    assert version >= FIRST_SOUND or settings.SQLITE.safe_mode


def test_writers_queue_at_once_and_wait(tmp_path):
    made = database(tmp_path, "", settings.SQLITE)
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] >= 10
    assert made["ATOMIC_REQUESTS"] is False
