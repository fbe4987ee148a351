"""The command as a whole process: what bytes on the command line, terminals and broken files do to it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
