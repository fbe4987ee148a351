"""Run one function over bytes in a child process that can neither grow, last, open a file nor reach the network."""

import codecs
import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module

from aboveline.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: bytes of address space, seconds of processor time, seconds on the clock."""

    memory_bytes: int = 150_000_000
    cpu_seconds: int = 3
    wall_seconds: float = 20.0


class ChildStopped(Exception):
    """The child did not finish; `reason` says why, in words that follow “reading it” or “making it”."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(reason)


OUT_OF_MEMORY = 70
_NO_MEMORY = Sentence.of("needed too much memory")
_NO_TIME = Sentence.of("took too long")
_NOT_STARTED = Sentence.of("could not be started")
_KILLED = Sentence.of("was stopped by the system, most likely because the machine had no memory left")
_FAILED = Sentence.of("failed")

#: what programs that are not Python say before they give up for want of memory
_LAST_WORDS = (b"memory allocation of", b"bad_alloc")

#: threads and heaps of the child; each reserves address space, and a limit must mean the same on every machine
_ENVIRONMENT = {"RAYON_NUM_THREADS": "2", "MALLOC_ARENA_MAX": "1"}

#: the confined child can open no file, so what it may need to decode with is loaded before
_CODECS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp437")


def run_limited(target: str, data: bytes, limits: Limits = Limits()) -> object:
    """Return what `module:function` of this package makes of `data`, carried back as JSON.

    A module whose function needs files has a `prepare`, which is called first, while files can still be opened.
    Raises ChildStopped where the child runs out of memory or time, dies by a signal or fails in any other way.
    """
    made = build_limited(target, data, limits)
    try:
        return json.loads(made)
    except ValueError as error:
        raise ChildStopped(_FAILED) from error


def build_limited(target: str, data: bytes, limits: Limits = Limits()) -> bytes:
    """Return the bytes that `module:function` makes of `data`; otherwise as `run_limited`."""
    command = [sys.executable, "-I", "-m", __name__, target, str(limits.memory_bytes), str(limits.cpu_seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command, input=data, capture_output=True, timeout=limits.wall_seconds, env=_ENVIRONMENT, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise ChildStopped(_NO_TIME) from late
    except OSError as error:
        raise ChildStopped(_NOT_STARTED) from error
    if done.returncode == 0:
        return done.stdout
    raise ChildStopped(_reason(done.returncode, done.stderr))


def _reason(code: int, last_words: bytes) -> Sentence:
    aborted = code == -signal.SIGABRT and any(words in last_words for words in _LAST_WORDS)
    if code == OUT_OF_MEMORY or aborted:
        return _NO_MEMORY
    if code == -signal.SIGXCPU:
        return _NO_TIME
    if code == -signal.SIGKILL:
        return _KILLED
    return Sentence.of("broke off (signal {number})", number=-code) if code < 0 else _FAILED


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good. No descriptor is left to open, so neither a file nor a socket can be had."""
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    ceilings = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for kind, ceiling in ceilings.items():
        resource.setrlimit(kind, (ceiling, ceiling))
    # Over the lower limit comes SIGXCPU, which nothing else sends; at the upper one SIGKILL, which others send too.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))


def main(target: str, memory_bytes: str, cpu_seconds: str) -> int:
    """The child: load the function and what it needs, take the data, give up all rights, then run."""
    place, _, function = target.partition(":")
    if not place.startswith("aboveline."):
        return 2
    module = import_module(place)
    for codec in _CODECS:
        codecs.lookup(codec)
    if prepare := getattr(module, "prepare", None):
        prepare(function)
    data = sys.stdin.buffer.read()
    confine(int(memory_bytes), int(cpu_seconds))
    try:
        made = getattr(module, function)(data)
        sys.stdout.buffer.write(made if isinstance(made, bytes) else json.dumps(made).encode())
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
