"""From nothing to the demonstration open: a fresh clone, empty caches, `./run demo` until the sign-in page answers.

Target: under 90 seconds on two cores. What counts is the committed state of this repository.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = 90.0
PATIENCE = 600.0
#: what a person's shell would have whatever they have installed: how to reach packages, and little else
KEPT = ("PATH", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")
KEPT_PREFIXES = ("PIP_", "UV_", "SSL_CERT_", "REQUESTS_CA_")


def empty_environment(home: Path, port: int) -> dict[str, str]:
    """The environment with every cache in an empty folder."""
    kept = {k: v for k, v in os.environ.items() if k in KEPT or k.startswith(KEPT_PREFIXES)}
    caches = {
        "HOME": home,
        "XDG_CACHE_HOME": home / "cache",
        "UV_CACHE_DIR": home / "uv",
        "PIP_CACHE_DIR": home / "pip",
    }
    return kept | {name: str(path) for name, path in caches.items()} | {"PORT": str(port)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """True once the page comes with a form to sign in by."""
    try:
        with urllib.request.urlopen(url, timeout=5) as page:
            return b'type="password"' in page.read()
    except (urllib.error.URLError, OSError):
        return False


def wait_for(url: str, process: subprocess.Popen[bytes], started: float) -> float | None:
    """Seconds until the page answers; None where the process ended or patience did."""
    while process.poll() is None and time.monotonic() - started < PATIENCE:
        if answers(url):
            return time.monotonic() - started
        time.sleep(0.2)
    return None


def measure(folder: Path) -> float | None:
    clone, home, port = folder / "clone", folder / "home", free_port()
    home.mkdir()
    started = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(Path(sys.base_prefix, "bin", "python3")), str(clone / "run"), "demo"],
            cwd=clone,
            env=empty_environment(home, port),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return wait_for(f"http://localhost:{port}/", process, started)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        seconds = measure(Path(folder))
        if seconds is None:
            print((Path(folder) / "log").read_text(errors="replace")[-2000:])
            print("the demonstration never answered")
            return 1
    print(f"from nothing to the sign-in page: {seconds:.1f} s (target: under {TARGET:.0f} s, {os.cpu_count()} cores)")
    return int(seconds >= TARGET)


if __name__ == "__main__":
    sys.exit(main())
