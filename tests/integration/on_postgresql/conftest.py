"""What only PostgreSQL has. `./run test` runs this folder in its PostgreSQL part; elsewhere it is not collected."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from tests.architecture.source import ROOT

if not settings.ON_POSTGRESQL:
    collect_ignore_glob = ["test_*.py"]

OWNER, APPLICATION = "trail_owner", "trail_application"


@dataclass(frozen=True)
class Installation:
    """A database as a council would have it: made by its owner, served by another role that owns nothing."""

    name: str

    def address(self, role: str) -> str:
        return f"postgresql://{role}@/{self.name}?host={quote(str(settings.CLUSTER), safe='')}"

    def connect(self, role: str) -> psycopg.Connection:
        return psycopg.connect(self.address(role))

    def environment(self, role: str, **more: str) -> dict[str, str]:
        ours = {"DATABASE_URL": self.address(role), "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.local"}
        without = {name: value for name, value in os.environ.items() if not name.startswith("ABOVELINE_")}
        return without | ours | more

    def manage(self, role: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run(role, str(ROOT / "manage.py"), *words, **more)

    def aboveline(self, role: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run(role, "-c", "from aboveline.cli.app import main; main()", *words, **more)

    def run(self, role: str, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=self.environment(role, **more), capture_output=True, text=True, check=False
        )


@pytest.fixture(scope="session")
def new_installation(django_db_setup) -> Callable[[str], Installation]:
    """Makes an empty database of the cluster, and the two roles of every one."""
    with psycopg.connect(Installation("postgres").address("aboveline"), autocommit=True) as cluster:
        for role in (OWNER, APPLICATION):
            cluster.execute(f"CREATE ROLE {role} LOGIN")

        def make(name: str) -> Installation:
            cluster.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
            return Installation(name)

        yield make


@pytest.fixture(scope="module")
def installation(new_installation, request, tmp_path_factory) -> Installation:
    """Migrated by the owner, with rights given to the application and something on the trail by it."""
    made = new_installation(request.module.__name__.rpartition(".")[2])
    home = str(tmp_path_factory.mktemp("home"))
    done = made.manage(OWNER, "migrate", "-v0", ABOVELINE_APPLICATION_ROLE=APPLICATION, ABOVELINE_HOME=home)
    assert done.returncode == 0, done.stderr
    begin = "open_first_service(email='head@example.org', service='Exampleshire', password='correct horse battery')"
    begin = f"from aboveline.jobs.first_service import open_first_service; {begin}"
    done = made.manage(APPLICATION, "shell", "--no-imports", "-c", begin, ABOVELINE_HOME=home)
    assert done.returncode == 0, done.stderr
    return made
