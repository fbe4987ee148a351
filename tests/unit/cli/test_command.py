"""The command as a whole process: what bytes on the command line, terminals and broken files do to it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aboveline.cli.audit import usual_homes

QUESTION = ["compare", "--theme-scores", "roh=70", "--as-at", "2011-01-18", "--format", "json"]


def aboveline(*words: str | bytes | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from aboveline.cli.app import main; main()", *words]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.mark.parametrize("encoding", ["utf-8:strict", "latin-1:strict", "ascii:strict"])
def test_bytes_that_are_no_text_are_shown_escaped_on_any_terminal(encoding: str) -> None:
    done = aboveline(*QUESTION, "--area", b"S\xff", PYTHONIOENCODING=encoding)
    assert json.loads(done.stdout)["area"] == "S\udcff"


def test_a_database_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "aboveline.sqlite3").write_bytes(b"no database" * 100)
    done = aboveline("audit", "verify", "--home", tmp_path, "--format", "json")
    assert done.returncode == 1
    assert [p["code"] for p in json.loads(done.stdout)["problems"]] == ["audit.unreadable-database"]
    empty = aboveline("audit", "verify", "--home", tmp_path / "nowhere", "--format", "json")
    assert [p["code"] for p in json.loads(empty.stdout)["problems"]] == ["audit.no-database"]


def installation(folder: Path) -> Path:
    """A folder with an empty, whole audit trail."""
    folder.mkdir(parents=True)
    environment = {**os.environ, "ABOVELINE_HOME": str(folder)}
    environment["DJANGO_SETTINGS_MODULE"] = "aboveline.config.settings.local"
    command = "import django; django.setup(); from django.core.management import call_command as c; c('migrate', v=0)"
    subprocess.run([sys.executable, "-c", command.replace("v=0", "verbosity=0")], env=environment, check=True)
    return folder


def test_every_installation_is_verified_and_named_and_one_broken_fails(tmp_path: Path) -> None:
    demo = installation(tmp_path / "var" / "demo")
    local = tmp_path / "var" / "local"
    shutil.copytree(demo, local)
    look = f"from pathlib import Path; from aboveline.cli import app, audit; audit.ROOT = Path({str(tmp_path)!r});"
    command = [sys.executable, "-c", look + "app.main()", "audit", "verify", "--format"]
    environment = {k: v for k, v in os.environ.items() if k != "ABOVELINE_HOME"}

    def verified(form: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, form], capture_output=True, env=environment, check=False, text=True)

    both = verified("json")
    assert both.returncode == 0, both.stderr
    assert [one["home"] for one in json.loads(both.stdout)["installations"]] == [str(demo), str(local)]
    (local / "aboveline.sqlite3").write_bytes(b"no database" * 100)
    broken = verified("json")
    assert broken.returncode == 1
    found = json.loads(broken.stdout)
    assert [one["sound"] for one in found["installations"]] == [True, False]
    assert [p["place"]["path"] for p in found["problems"]] == [str(local)]


def test_homes_are_those_of_the_checkout_then_those_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ABOVELINE_HOME", raising=False)
    checkout, here = tmp_path / "checkout", tmp_path / "here"
    assert usual_homes((checkout, here)) == [checkout / "var"]
    (here / "var" / "local").mkdir(parents=True)
    (here / "var" / "local" / "aboveline.sqlite3").touch()
    assert usual_homes((checkout, here)) == [here / "var" / "local"]
    monkeypatch.setenv("ABOVELINE_HOME", str(tmp_path))
    assert usual_homes((checkout, here)) == [tmp_path]
