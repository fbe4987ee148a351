"""Benchmarks are chosen by name, and a figure missed is never a green end."""

from types import SimpleNamespace

import pytest

import benchmarks.__main__ as runner
from benchmarks import first_start


@pytest.fixture
def three(monkeypatch):
    """Three benchmarks, of which the second misses its figure; the list of those that ran."""
    ran: list[str] = []

    def measured(name: str, outcome: int) -> SimpleNamespace:
        return SimpleNamespace(__doc__=f"Measures {name}.", main=lambda: ran.append(name) or outcome)

    modules = {"one": measured("one", 0), "two": measured("two", 1), "three": measured("three", 0)}
    monkeypatch.setattr(runner, "names", lambda: list(modules))
    monkeypatch.setattr(runner, "load", modules.__getitem__)
    return ran


def test_all_run_without_a_choice_also_after_a_miss(three):
    assert runner.main([]) == 1
    assert three == ["one", "two", "three"]


def test_only_those_chosen_run(three, capsys):
    assert runner.main(["three", "one"]) == 0
    assert three == ["three", "one"]
    assert "every figure reached" in capsys.readouterr().out


def test_an_unknown_name_is_refused_before_anything_runs(three, capsys):
    assert runner.main(["one", "four"]) == 2
    assert three == []
    assert "no benchmark is called four; there are: one, two, three" in capsys.readouterr().err


def test_the_first_start_is_among_them():
    assert "first_start" in runner.names()
    assert not [name for name in runner.names() if name.startswith("_")]


def test_the_first_start_finds_every_cache_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("UV_CACHE_DIR", "/somewhere/full")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    environment = first_start.empty_environment(tmp_path, 8123)
    caches = [environment[name] for name in ("HOME", "XDG_CACHE_HOME", "UV_CACHE_DIR", "PIP_CACHE_DIR")]
    assert all(path.startswith(str(tmp_path)) for path in caches)
    assert environment["PORT"] == "8123"
    assert "PYTHONPATH" not in environment


@pytest.mark.parametrize(("seconds", "outcome"), [(89.9, 0), (90.0, 1)])
def test_the_first_start_holds_to_its_target(monkeypatch, seconds, outcome):
    monkeypatch.setattr(first_start, "measure", lambda folder: seconds)
    assert first_start.main() == outcome


def test_a_start_that_never_answers_shows_what_it_said(monkeypatch, capsys):
    def silent(folder):
        (folder / "log").write_text("run: this Python has neither pip nor ensurepip")

    monkeypatch.setattr(first_start, "measure", silent)
    assert first_start.main() == 1
    assert "neither pip nor ensurepip" in capsys.readouterr().out


def test_nothing_answers_where_nobody_listens():
    assert not first_start.answers(f"http://localhost:{first_start.free_port()}/")
