"""The installation's secret: from the environment, else a file only its owner can read, made at first start."""

import os
import secrets
from pathlib import Path


def secret(home: Path) -> str:
    """Return ABOVELINE_SECRET_KEY or the content of HOME/secret-key, creating that file (mode 600) where missing."""
    if given := os.environ.get("ABOVELINE_SECRET_KEY"):
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
