"""The child that parses what strangers send: whatever it does, the parent gets an answer or a reason."""

import os
import signal
import socket
import sys
import time

import pytest

from aboveline.exchange.limited import ChildStopped, Limits, run_limited

SMALL = Limits(memory_bytes=100_000_000, cpu_seconds=1, wall_seconds=5)


def echo(data: bytes) -> str:
    return data.decode()


def run_here(monkeypatch, function, data=b"", limits=SMALL):
    """Run a function of this test module in a confined child: the child is told to load it from this file."""
    program = (
        "import importlib.util, json, sys;"
        f"spec = importlib.util.spec_from_file_location('planted', {__file__!r});"
        "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module);"
        "sys.modules['aboveline.planted'] = module;"
        "from aboveline.exchange import limited;"
        "sys.exit(limited.main(*sys.argv[1:]))"
    )
    real = __import__("subprocess").run

    def run(command, **rest):
        return real([sys.executable, "-I", "-c", program, *command[4:]], **rest)

    monkeypatch.setattr("aboveline.exchange.limited.subprocess.run", run)
    return run_limited(f"aboveline.planted:{function.__name__}", data, limits)


def die_by_signal(data: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def eat_memory(data: bytes) -> int:
    return len(b"x" * 400_000_000)


def never_end(data: bytes) -> None:
    while True:
        pass


def wait_for_ever(data: bytes) -> None:
    time.sleep(60)


def fall_over(data: bytes) -> None:
    raise RuntimeError("a fault in a parser")


def open_a_file(data: bytes) -> str:
    try:
        with open("/etc/hostname") as file:
            return file.read()
    except OSError as error:
        return f"refused: {error.errno}"


def open_a_socket(data: bytes) -> str:
    try:
        socket.socket().close()
    except OSError as error:
        return f"refused: {error.errno}"
    return "opened"


def look_around(data: bytes) -> list[str]:
    return sorted(os.environ.keys() - {"LC_CTYPE"})


def test_the_answer_comes_back(monkeypatch):
    assert run_here(monkeypatch, echo, "grüß".encode()) == "grüß"


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (die_by_signal, "signal 11"),
        (eat_memory, "too much memory"),
        (never_end, "too long"),
        (fall_over, "failed"),
    ],
)
def test_whatever_kills_the_child_is_a_reason(monkeypatch, function, reason):
    with pytest.raises(ChildStopped, match=reason):
        run_here(monkeypatch, function)


def test_a_child_that_only_waits_is_stopped_by_the_clock(monkeypatch):
    with pytest.raises(ChildStopped, match="too long"):
        run_here(monkeypatch, wait_for_ever, limits=Limits(wall_seconds=1))


@pytest.mark.parametrize("function", [open_a_file, open_a_socket])
def test_the_child_can_open_neither_file_nor_socket(monkeypatch, function):
    assert run_here(monkeypatch, function) == "refused: 24"


def test_the_child_sees_no_secret_of_the_parents_environment(monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "planted")
    assert run_here(monkeypatch, look_around) == []


def test_only_our_own_functions_can_be_named():
    with pytest.raises(ChildStopped, match="failed"):
        run_limited("os:getcwdb", b"")
