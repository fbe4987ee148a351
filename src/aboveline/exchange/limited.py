"""Run one function over bytes in a child process that can neither grow, last, open a file nor reach the network."""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: bytes of address space, seconds of processor time, seconds on the clock."""

    memory_bytes: int = 150_000_000
    cpu_seconds: int = 3
    wall_seconds: float = 20.0


class ChildStopped(Exception):
    """The child did not finish; `reason` says why, in words that follow “reading it”."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


OUT_OF_MEMORY = 70


def run_limited(target: str, data: bytes, limits: Limits = Limits()) -> object:
    """Return what `module:function` of this package makes of `data`, carried back as JSON.

    Raises ChildStopped where the child runs out of memory or time, dies by a signal or fails in any other way.
    """
    command = [sys.executable, "-I", "-m", __name__, target, str(limits.memory_bytes), str(limits.cpu_seconds)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            command, input=data, capture_output=True, timeout=limits.wall_seconds, env={}, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise ChildStopped("took too long") from late
    if done.returncode == 0:
        return json.loads(done.stdout)
    raise ChildStopped(_reason(done.returncode))


def _reason(code: int) -> str:
    if code == OUT_OF_MEMORY:
        return "needed too much memory"
    if -code in {24, 9}:  # SIGXCPU, SIGKILL: the processor-time limit, soft and hard
        return "took too long"
    return f"broke off (signal {-code})" if code < 0 else "failed"


def confine(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good. No descriptor is left to open, so neither a file nor a socket can be had."""
    ceilings = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 3,
    }
    for kind, ceiling in ceilings.items():
        resource.setrlimit(kind, (ceiling, ceiling))


def main(target: str, memory_bytes: str, cpu_seconds: str) -> int:
    """The child: load the function, take the data, give up all rights, then run."""
    module, _, function = target.partition(":")
    if not module.startswith("aboveline."):
        return 2
    run = getattr(import_module(module), function)
    data = sys.stdin.buffer.read()
    confine(int(memory_bytes), int(cpu_seconds))
    try:
        sys.stdout.write(json.dumps(run(data)))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
