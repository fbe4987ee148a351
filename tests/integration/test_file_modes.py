"""An installation's files are its owner's alone, whatever the account's umask and whatever an earlier version left."""

import os
import subprocess
import sys

import pytest

from aboveline.web.management.commands.start_here import only_for_owner
from tests.architecture.source import ROOT


def mode(path):
    return path.stat().st_mode & 0o7777


def test_what_a_start_makes_is_for_its_owner_alone(tmp_path):
    home = tmp_path / "home"
    settings = {"ABOVELINE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.local"}
    subprocess.run(
        [sys.executable, ROOT / "manage.py", "start_here"],
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
        umask=0o022,
    )
    assert mode(home) == 0o700
    assert mode(home / "aboveline.sqlite3") == mode(home / "secret-key") == 0o600


def test_what_an_earlier_version_left_open_is_closed(tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    left = [home / "aboveline.sqlite3", home / "aboveline.sqlite3-wal"]
    for file in left:
        file.touch(mode=0o644)
    only_for_owner(home)
    assert [mode(path) for path in (home, *left)] == [0o700, 0o600, 0o600]


def test_a_folder_that_all_share_keeps_its_mode(tmp_path):
    home = tmp_path / "shared"
    home.mkdir()
    home.chmod(0o1777)
    only_for_owner(home)
    assert mode(home) == 0o1777


@pytest.mark.parametrize("settings", ["local", "production"])
def test_new_files_of_each_way_of_running(tmp_path, settings):
    environment = {**os.environ, "ABOVELINE_HOME": str(tmp_path), "ABOVELINE_HOSTS": "a.example.org"}
    look = f"import os, aboveline.config.settings.{settings}; print(oct(os.umask(0)))"
    done = subprocess.run([sys.executable, "-c", look], env=environment, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "0o77"
