"""The real server, as `./run serve` starts it, on a folder of its own; and people who save answers over HTTP."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from benchmarks.first_start import ROOT, free_port

LOCAL = "aboveline.config.settings.local"
PATIENCE = 60.0


class Served:
    """`home` holds the database, unless DATABASE_URL names another; the `world` in it is made with so many cases, see
    _world. Use as a context; what is left ends with it."""

    def __init__(
        self,
        home: Path,
        cases: int,
        *,
        world: str = "make",
        settings: str = LOCAL,
        workers: int = 2,
        before: Sequence[str] = (),
    ) -> None:
        self.home, self.port, self.workers, self.before = home, free_port(), workers, before
        paths = [str(ROOT / "src"), str(ROOT)]
        self.environment = {
            **os.environ, "ABOVELINE_HOME": str(home), "ABOVELINE_SYNTHETIC": "yes", "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": os.pathsep.join(paths), "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        # A shell may forbid bytecode to be kept; a server that starts again has it from its start before.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.world = self._asked(world, str(cases))
        self.process: subprocess.Popen[bytes] | None = None

    def read(self) -> Any:
        """What is stored now: see _world."""
        return self._asked("read")

    def _asked(self, *words: str) -> Any:
        command = [sys.executable, "-m", "benchmarks._world", *words]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)

    def __enter__(self) -> "Served":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end(signal.SIGTERM)

    def start(self) -> None:
        gunicorn = [sys.executable, "-m", "gunicorn", "--preload", "--bind", f"127.0.0.1:{self.port}"]
        amount = ["--workers", str(self.workers), "--threads", "4" if self.workers > 1 else "1"]
        log = (self.home / "log").open("ab")
        words = [*self.before, *gunicorn, *amount, "--log-level", "critical", "aboveline.config.wsgi"]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def wait(self) -> None:
        """Until somebody listens, which is when all is loaded."""
        until = time.monotonic() + PATIENCE
        with socket.socket() as probe:
            while probe.connect_ex(("127.0.0.1", self.port)) and time.monotonic() < until:
                time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the server with all its workers; with SIGKILL in the midst of whatever they do."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)

    def cpu(self) -> float:
        """Seconds of processor time that the server with its workers has taken since it was started."""
        ticks = 0
        for place in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = place.read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            ticks += int(fields[11]) + int(fields[12]) if self.process and int(fields[2]) == self.process.pid else 0
        return ticks / os.sysconf("SC_CLK_TCK")

    def person(self, number: int = 0) -> "Person":
        return Person(self, self.world["cookies"][number])


class Person:
    """One browser's connection. Every save waits for a server that is away, and sends the same request again."""

    def __init__(self, served: Served, cookies: str) -> None:
        self.served, self.cookies = served, cookies
        self.connection: http.client.HTTPConnection | None = None

    def save(self, address: str, question: str, note: str, key: str, seen: str = "") -> tuple[int, dict[str, Any]]:
        """The status and the answer. Sent again with the same key until the server has answered."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return self.once(address, question, note, key, seen)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                self.connection = None
                time.sleep(0.02)
        raise TimeoutError("the server did not come back")

    def once(self, address: str, question: str, note: str, key: str, seen: str = "") -> tuple[int, dict[str, Any]]:
        fields = {"answer": "sufficient", "note": note, "seen": seen or self.served.world["nothing_seen"]}
        body = urlencode({"key": key, **{f"{question}-{name}": value for name, value in fields.items()}})
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        self.connection.request("POST", address, body, self._headers())
        response = self.connection.getresponse()
        return response.status, json.loads(response.read())

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": self.cookies, "X-CSRFToken": "c" * 32, "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
