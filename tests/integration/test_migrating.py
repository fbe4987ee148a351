"""Started by several processes at once, the migrations are run by one; the others wait and find nothing left to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db.backends.sqlite3.base import DatabaseWrapper

from aboveline.config.database import database
from aboveline.records.database.turns import TURN, WAITING, one_at_a_time
from tests.architecture.source import ROOT

NAME = "migrated_at_once"


@pytest.fixture
def environment(tmp_path, request) -> dict[str, str]:
    """Of an installation that has nothing yet, in the database of this run."""
    ours = {"ABOVELINE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.local"}
    if settings.ON_POSTGRESQL:
        request.getfixturevalue("django_db_setup")
        with psycopg.connect(address("postgres"), autocommit=True) as cluster:
            cluster.execute(f"DROP DATABASE IF EXISTS {NAME}")
            cluster.execute(f"CREATE DATABASE {NAME}")
        ours["DATABASE_URL"] = address(NAME)
    return {**os.environ, **ours}


def address(name: str) -> str:
    return f"postgresql://aboveline@/{name}?host={quote(str(settings.CLUSTER), safe='')}"


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-color"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@contextmanager
def turn_held(home: Path) -> Iterator[None]:
    """Another process has the turn."""
    if settings.ON_POSTGRESQL:
        with psycopg.connect(address(NAME), autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [TURN])
            yield
        return
    with one_at_a_time(DatabaseWrapper(database(home, "", settings.SQLITE) | {"TEST": {}}), pytest.fail):
        yield


def test_of_three_started_at_once_one_migrates_and_the_others_find_nothing_to_do(environment):
    ended = [(one.communicate(timeout=120), one.returncode) for one in [start(environment) for _ in range(3)]]
    assert [code for _, code in ended] == [0, 0, 0], ended
    said = [out for (out, _), _ in ended]
    assert sum("Applying records.0001_initial... OK" in out for out in said) == 1
    assert sum("No migrations to apply" in out for out in said) == 2


def test_one_that_finds_the_turn_taken_says_so_and_waits(environment, tmp_path):
    with turn_held(tmp_path):
        waiting = start(environment)
        assert waiting.stderr.readline().strip() == WAITING
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=0.5)
    assert "Applying records.0001_initial... OK" in waiting.communicate(timeout=120)[0]
    assert waiting.returncode == 0
