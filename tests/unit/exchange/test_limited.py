"""The child that parses what strangers send: whatever it does, the parent gets an answer or a reason."""

import pytest

from aboveline.exchange.limited import ChildStopped, Limits, build_limited, run_limited
from tests import planted_children as child
from tests.planted_children import DEATHS, SMALL, plant

LEFT_OPEN = "import os; os.open('/dev/null', os.O_RDONLY);"


def run_here(monkeypatch, function, data=b"", limits=SMALL):
    plant(monkeypatch, function)
    return run_limited("aboveline.any:thing", data, limits)


def test_the_answer_comes_back(monkeypatch):
    assert run_here(monkeypatch, child.echo, "grüß".encode()) == "grüß"


def test_bytes_come_back_as_they_are(monkeypatch):
    plant(monkeypatch, child.bytes_back)
    assert build_limited("aboveline.any:thing", b"more", SMALL) == bytes(range(256)) + b"more"


@pytest.mark.parametrize(("function", "reason", "limits"), DEATHS)
def test_whatever_ends_the_child_is_a_reason(monkeypatch, function, reason, limits):
    with pytest.raises(ChildStopped, match=reason):
        run_here(monkeypatch, function, limits=limits)


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (child.abort_like_rust, "needed too much memory"),
        (child.abort, "broke off .signal 6."),
        (child.killed_by_the_system, "stopped by the system"),
        (child.no_json, "failed"),
    ],
)
def test_the_reason_is_said_in_plain_words(monkeypatch, function, reason):
    with pytest.raises(ChildStopped, match=reason):
        run_here(monkeypatch, function)


def test_a_child_that_cannot_be_started_is_a_reason(monkeypatch):
    def run(*_, **__):
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("aboveline.exchange.limited.subprocess.run", run)
    with pytest.raises(ChildStopped, match="could not be started"):
        run_limited("aboveline.any:thing", b"")


@pytest.mark.parametrize("function", [child.open_a_file, child.open_a_socket])
def test_the_child_can_open_neither_file_nor_socket(monkeypatch, function):
    assert run_here(monkeypatch, function) == "refused: 24"


def test_nothing_that_was_open_before_is_left(monkeypatch):
    monkeypatch.setattr(child, "_PROGRAM", LEFT_OPEN + child._PROGRAM)
    assert run_here(monkeypatch, child.use_what_was_left_open) == []


def test_the_limits_are_those_that_were_given(monkeypatch):
    assert run_here(monkeypatch, child.own_limits, limits=Limits(200_000_000, 7)) == {
        "RLIMIT_AS": [200_000_000] * 2,
        "RLIMIT_CPU": [7, 8],
        "RLIMIT_FSIZE": [0, 0],
        "RLIMIT_CORE": [0, 0],
        "RLIMIT_NOFILE": [3, 3],
    }


def test_the_child_sees_no_secret_of_the_parents_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "planted")
    assert run_here(monkeypatch, child.look_around) == ["MALLOC_ARENA_MAX", "RAYON_NUM_THREADS"]


def test_only_our_own_functions_can_be_named():
    with pytest.raises(ChildStopped, match="failed"):
        run_limited("os:getcwdb", b"")


def test_control_unplanted_children_are_left_alone(monkeypatch):
    plant(monkeypatch, child.fall_over, instead_of="aboveline.rendering")
    assert run_limited("aboveline.exchange.yaml_given:parse", b"a: 1")["tree"] == {"mapping": {"a": 1}}
