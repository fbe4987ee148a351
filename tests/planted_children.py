"""What could happen to a limited child, planted in the place of whatever it is asked to run. Imported there too."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time

from aboveline.exchange.limited import Limits

SMALL = Limits(memory_bytes=150_000_000, cpu_seconds=1, wall_seconds=20)
SHORT = Limits(wall_seconds=1.5)

_PROGRAM = (
    "import importlib.util, sys;"
    f"spec = importlib.util.spec_from_file_location('planted', {__file__!r});"
    "module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module);"
    "sys.modules['aboveline.planted'] = module;"
    "from aboveline.exchange import limited;"
    "sys.exit(limited.main(*sys.argv[1:]))"
)


def plant(monkeypatch, function, instead_of="aboveline."):
    """Let every child that was to run something whose name starts so run a function of this module; the rest run."""
    real = subprocess.run

    def run(command, **rest):
        target, *limits = command[4:]
        if not target.startswith(instead_of):
            return real(command, **rest)
        return real([sys.executable, "-I", "-c", _PROGRAM, f"aboveline.planted:{function.__name__}", *limits], **rest)

    monkeypatch.setattr("aboveline.exchange.limited.subprocess.run", run)


def echo(data):
    return data.decode()


def bytes_back(data):
    return bytes(range(256)) + data


def die_by_signal(data):
    os.kill(os.getpid(), signal.SIGSEGV)


def killed_by_the_system(data):
    os.kill(os.getpid(), signal.SIGKILL)


def eat_memory(data):
    return len(b"x" * 2_000_000_000)


def abort_like_rust(data):
    print("memory allocation of 17179869184 bytes failed", file=sys.stderr, flush=True)
    os.abort()


def abort(data):
    os.abort()


def never_end(data):
    while True:
        pass


def wait_for_ever(data):
    time.sleep(60)


def fall_over(data):
    raise RuntimeError("a fault in a parser")


def no_json(data):
    return b"{"


def open_a_file(data):
    try:
        with open("/etc/hostname") as file:
            return file.read()
    except OSError as error:
        return f"refused: {error.errno}"


def open_a_socket(data):
    try:
        socket.socket().close()
    except OSError as error:
        return f"refused: {error.errno}"
    return "opened"


def use_what_was_left_open(data):
    left = [number for number in range(3, 64) if _is_open(number)]
    return left


def _is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def look_around(data):
    return sorted(os.environ.keys() - {"LC_CTYPE"})


def own_limits(data):
    kinds = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NOFILE")
    return {kind: resource.getrlimit(getattr(resource, kind)) for kind in kinds}


#: each way to end, the words a person is told, and limits under which it comes soon
DEATHS = [
    (die_by_signal, "signal 11", SMALL),
    (eat_memory, "too much memory", SMALL),
    (never_end, "too long", SMALL),
    (wait_for_ever, "too long", SHORT),
    (fall_over, "failed", SMALL),
]
