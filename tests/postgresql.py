"""A private PostgreSQL cluster from Debian's package, in a folder of its own, for as long as the tests run.

It listens on a socket in that folder only. PostgreSQL refuses to run as root; then it runs as Debian's own `postgres`.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
MISSING = "these tests run on PostgreSQL 15 or newer. Install it first:  sudo apt-get install -y postgresql"
#: nothing here outlives the run, so nothing need be safe from a power cut
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60")


def binaries() -> Path:
    """The newest server's programs. Raises RuntimeError with the line that installs them where there is none."""
    versions = {
        int(folder.parent.name): folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and (folder / "initdb").exists()
    }
    if not versions or max(versions) < OLDEST:
        raise RuntimeError(MISSING)
    return versions[max(versions)]


@contextmanager
def cluster(folder: Path) -> Iterator[None]:
    """A running cluster whose socket and data are in `folder`, owned by the role `aboveline`; gone afterwards."""
    programs, server = binaries(), None
    folder.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        make = [programs / "initdb", "-D", folder / "data", "-U", "aboveline", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*as_nobody(), *make, "-k", "--locale=C.UTF-8"], check=True, capture_output=True, cwd="/")
        server = subprocess.Popen(
            [*as_nobody(), programs / "postgres", "-D", folder / "data", "-k", folder, *(f"--{one}" for one in QUICK)],
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("w"),
            cwd="/",
        )
        wait_until_ready(programs, folder, server)
        yield
    finally:
        if server:
            server.terminate()
            server.wait(timeout=30)
        shutil.rmtree(folder)


def as_nobody() -> list[str]:
    """The words before a command that give up root, and end the server with the run whatever ends the run."""
    give_up_root = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *give_up_root, "--pdeathsig=QUIT"]


def wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder, "-U", "aboveline"]).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)
