"""./run: what it does where parts are missing, and that a second start has nothing left to do."""

import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from functools import partial

import pytest

from tests.architecture.source import ROOT


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The front door as a module, with its checkout moved to an empty folder and every command only noted."""
    loader = importlib.machinery.SourceFileLoader("front_door", str(ROOT / "run"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("front_door", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / "requirements.lock").write_text("one==1\n")
    (tmp_path / "requirements-uv.lock").write_text("uv==1\n")
    return module


@pytest.fixture
def commands(run, monkeypatch):
    """What would have been run; everything succeeds, and making an environment makes its python."""
    noted = []

    def call(*command, **_):
        noted.append([str(word) for word in command])
        if "venv" in command:
            (run.VENV / "bin").mkdir(parents=True)
            (run.VENV / "bin" / "pip").touch()
            run.PYTHON.symlink_to(sys.executable)
        return 0

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run, "must", call)
    monkeypatch.setattr(run, "quietly", call)
    monkeypatch.setattr(run, "link_package", lambda: None)
    return noted


def without(monkeypatch, *modules):
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in modules else real(name))


def test_help_names_every_verb():
    done = subprocess.run([sys.executable, ROOT / "run"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert all(f"./run {verb}" in done.stdout for verb in ("demo", "serve", "test", "check", "fix", "bench", "docs"))


def test_an_unknown_verb_is_a_usage_error():
    done = subprocess.run([sys.executable, ROOT / "run", "dmeo"], capture_output=True, text=True, check=False)
    assert done.returncode == 2


def test_an_old_python_is_refused_in_words(run, monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 9))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11"):
        run.install("requirements.lock")


def test_without_pip_and_ensurepip_the_debian_package_is_named(run, commands, monkeypatch):
    without(monkeypatch, "ensurepip", "pip")
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        run.install("requirements.lock")
    assert commands == []


def test_without_ensurepip_the_environment_is_made_without_pip(run, commands, monkeypatch):
    without(monkeypatch, "ensurepip")
    run.make_environment()
    assert commands[0][-2:] == ["--without-pip", str(run.VENV)]


@pytest.mark.parametrize("reachable", ["nothing", "uv alone"])
def test_where_uv_fails_pip_installs(run, commands, monkeypatch, capsys, reachable):
    """No uv to be had, or a uv that cannot reach the packages (behind a proxy that only pip is told of)."""
    monkeypatch.setattr(run, "quietly", lambda *words: reachable == "nothing" or "uv.lock" not in str(words[-1]))
    run.install_packages("requirements.lock")
    assert commands[-1][1:4] == ["-m", "pip", "--python"], "no pip inside the environment: the outer one installs"
    assert "--require-hashes" in commands[-1]
    assert "takes longer" in capsys.readouterr().out


def test_uv_installs_where_it_can_and_demands_hashes(run, commands, monkeypatch):
    quiet = []
    monkeypatch.setattr(run, "quietly", lambda *words: quiet.append([str(w) for w in words]) or 0)
    run.install("requirements.lock")
    assert [c for c in quiet if "--require-hashes" in c] == quiet
    assert quiet[-1][0].endswith("uv")


def test_a_second_start_installs_nothing(run, commands):
    run.install("requirements.lock")
    commands.clear()
    run.install("requirements.lock")
    assert [c for c in commands if "install" in c or "venv" in c] == []


def test_a_changed_lock_file_installs_again(run, commands):
    run.install("requirements.lock")
    commands.clear()
    (run.ROOT / "requirements.lock").write_text("one==2\n")
    run.install("requirements.lock")
    assert any("--require-hashes" in c for c in commands)


def test_a_failed_install_is_not_taken_for_done(run, commands, monkeypatch):
    monkeypatch.setattr(run, "call", lambda *_, **__: 1)
    monkeypatch.setattr(run, "quietly", lambda *_: 1)
    with pytest.raises(SystemExit, match="could not install"):
        run.install("requirements.lock")
    assert not list(run.VENV.glob("installed-*"))


def test_tests_never_skip_a_missing_browser(run, monkeypatch):
    monkeypatch.setattr(run.Path, "exists", lambda _: False)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="apt-get install -y chromium"):
        run.need_chromium()


def test_tests_never_skip_a_missing_postgresql(run, monkeypatch, tmp_path):
    monkeypatch.setattr(run, "SERVERS", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="apt-get install -y postgresql"):
        run.need_postgresql()
    for version in ("14", "common"):
        (tmp_path / version / "bin" / "initdb").mkdir(parents=True)
    with pytest.raises(SystemExit, match="15 or newer"):
        run.need_postgresql()
    (tmp_path / "15" / "bin" / "initdb").mkdir(parents=True)
    run.need_postgresql()


class Beside:
    """A run begun beside another; what it says goes to a file."""

    def __init__(self, asked, codes, command, *, stdout, **_):
        asked.append(("sqlite", tuple(command[1:])))
        self.codes = codes
        stdout.write(b"the summary of everything\n")

    def wait(self):
        return self.codes.pop(0) if self.codes else 0


class TestBothDatabases:
    @pytest.fixture
    def ran(self, run, monkeypatch):
        """What pytest is asked for, and on which database; `codes` is how the runs are to end."""
        asked, self.codes = [], []
        monkeypatch.delenv("ABOVELINE_TEST_DATABASE", raising=False)
        monkeypatch.setattr(run, "need_chromium", lambda: None)
        monkeypatch.setattr(run, "need_postgresql", lambda: asked.append("server"))

        def call(_, *words, **environment):
            asked.append((environment.get("ABOVELINE_TEST_DATABASE", "sqlite"), words))
            return self.codes.pop(0) if self.codes else 0

        monkeypatch.setattr(run, "call", call)
        monkeypatch.setattr(run.subprocess, "Popen", partial(Beside, asked, self.codes))
        return asked

    def test_everything_runs_on_sqlite_beside_what_reads_and_writes_on_postgresql(self, run, ran, capfd):
        assert run.test([]) == 0
        server, last, (first, words) = ran
        places = words[: words.index("-k")]
        assert (server, first, last) == ("server", "postgresql", ("sqlite", ()))
        assert capfd.readouterr().out.endswith("the summary of everything\n")
        assert all((ROOT / place).exists() for place in places)
        assert {"tests/integration/records", "tests/integration/web"} <= set(places)

    @pytest.mark.parametrize("codes", [[1, 0], [0, 1]])
    def test_a_failure_on_either_fails_the_run(self, run, ran, codes):
        self.codes += codes
        assert run.test([]) == 1
        assert len(ran) == 3, "both are run all the same"

    def test_further_words_choose_tests_and_need_no_server(self, run, ran):
        assert run.test(["tests/unit"]) == 0
        assert ran == [("sqlite", ("tests/unit",))]

    def test_further_words_can_be_run_on_postgresql(self, run, ran, monkeypatch):
        monkeypatch.setenv("ABOVELINE_TEST_DATABASE", "postgresql")
        assert run.test(["tests/unit"]) == 0
        assert ran[0] == "server"


def test_the_port_taken_is_passed_over(run):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run.free_port(port) != port


def test_the_program_is_loaded_once_for_all_workers(run, monkeypatch, tmp_path):
    monkeypatch.setenv("ABOVELINE_HOME", str(tmp_path))
    monkeypatch.setattr(run, "django", lambda *_, **__: None)
    monkeypatch.setattr(run.os, "environ", dict(os.environ))
    monkeypatch.setattr(run.subprocess, "Popen", lambda *_, **__: None)  # what sends letters beside it
    became = []
    monkeypatch.setattr(run.os, "execv", lambda program, words: became.append(words))
    monkeypatch.setattr(run.os, "chdir", lambda _: None)
    run.serve("local")
    assert "--preload" in became[0]
    assert became[0][-1] == "aboveline.config.wsgi"


def test_a_folder_that_is_served_already_is_not_served_again(run, monkeypatch, capsys, tmp_path):
    import socket

    monkeypatch.setenv("ABOVELINE_HOME", str(tmp_path))
    monkeypatch.setattr(run, "django", lambda *_, **__: pytest.fail("a second start"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run.note_running(tmp_path, port)
        run.serve("demo")
        assert f"already running on {tmp_path}, at  http://localhost:{port}" in capsys.readouterr().out
    assert run.running_at(tmp_path) is None, "nothing answers there any more"


@pytest.mark.parametrize("left", ["", "words", "999999999 8000", "1"])
def test_a_note_left_by_a_server_that_ended_stops_nothing(run, tmp_path, left):
    (tmp_path / "running").write_text(left)
    assert run.running_at(tmp_path) is None


def test_a_folder_never_served_is_not_running(run, tmp_path):
    assert run.running_at(tmp_path) is None


def test_ci_runs_the_checks_and_ends_with_the_tests():
    lines = (ROOT / ".ci" / "run").read_text().split("\n")
    assert [line for line in lines if line.startswith("./run")] == ["./run check", "./run test"]
    assert "set -euo pipefail" in lines
