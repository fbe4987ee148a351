"""Heads of the audit chain noted down apart from the database, ideally on another volume.

Whoever restores an older database over the newer one, or writes the chain anew from some event on, leaves a chain that
is whole in itself. It no longer ends where, or passes through what, was noted down here: one line each, of sequence,
hash and UTC time. Lines are only ever added.
"""

import atexit
import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)
FILE = "aboveline-audit-anchors.txt"
#: a head is noted after so many events or seconds, whichever comes first, and at shutdown
EVENTS, SECONDS = 100, 60.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """One head that was noted down. `at` is as written; nothing rests on it."""

    sequence: int
    hash: str
    at: str

    def line(self) -> str:
        return f"{self.sequence} {self.hash} {self.at}\n"


class UnreadableAnchors(ValueError):
    """Raised where the file of anchors cannot be read; the message names the line."""


def anchor_file() -> Path | None:
    """Where heads are noted down, or None where the installation has no such place."""
    if not settings.ANCHOR:
        return None
    place = Path(settings.ANCHOR)
    return place / FILE if place.is_dir() else place


def add_anchor(sequence: int, hash: str) -> Anchor:
    """Note a head down, on disk when this returns. Raises OSError where the place cannot be written to."""
    path = anchor_file()
    if path is None:
        raise FileNotFoundError("ABOVELINE_ANCHOR names no place for anchors")
    anchor = Anchor(sequence, hash, datetime.now(UTC).isoformat(timespec="seconds"))
    # Lines this short are appended whole, so that workers need no lock between them.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, anchor.line().encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return anchor


def anchors(path: Path) -> Sequence[Anchor]:
    """Every head that was noted down. A last line without its end was cut by a crash and is left out.

    Raises UnreadableAnchors, and OSError where there is no such file.
    """
    *lines, _cut = path.read_bytes().split(b"\n")
    found = []
    for number, line in enumerate(lines, start=1):
        words = line.decode(errors="replace").split(" ")
        if len(words) != 3 or not words[0].isdecimal() or len(words[1]) != 64:
            raise UnreadableAnchors(f"line {number} is not a sequence, a hash and a time")
        found.append(Anchor(int(words[0]), words[1], words[2]))
    return found


def noted_anchors() -> Sequence[Anchor] | None:
    """What this installation noted down so far; None where it has no place for it. Raises UnreadableAnchors."""
    path = anchor_file()
    try:
        return anchors(path) if path else None
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnreadableAnchors(error.strerror or "no reason was given") from error


def by_sequence(noted: Sequence[Anchor]) -> Mapping[int, frozenset[str]]:
    """Every hash noted for each sequence; more than one means that one of them was on a chain that is gone."""
    found: dict[int, set[str]] = {}
    for anchor in noted:
        found.setdefault(anchor.sequence, set()).add(anchor.hash)
    return {sequence: frozenset(hashes) for sequence, hashes in found.items()}


class Keeper:
    """Notes heads down for one process: soon enough, not with every event, and never in the way of a save."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, as a process does."""
        self.waiting: tuple[int, str] | None = None
        self.noted_sequence, self.noted_at = 0, float("-inf")
        self.timer: threading.Timer | None = None

    def on_commit(self, sequence: int, hash: str) -> None:
        """Note the head down if it is due, else within SECONDS. Nothing is noted that is not committed."""
        if settings.ANCHOR:
            transaction.on_commit(lambda: self.moved(sequence, hash), robust=True)

    def moved(self, sequence: int, hash: str) -> None:
        with self.lock:
            self.waiting = max(self.waiting or (0, ""), (sequence, hash))
            left = SECONDS - (time.monotonic() - self.noted_at)
            if left <= 0 or sequence - self.noted_sequence >= EVENTS:
                self.note()
            elif self.timer is None:
                self.timer = threading.Timer(left, self.note)
                self.timer.daemon = True
                self.timer.start()

    def note(self) -> None:
        """Write down what waits. A place that cannot be written to is told in the log; the saves go on."""
        with self.lock:
            self.timer = None
            if self.waiting is None or self.waiting[0] <= self.noted_sequence:
                return
            try:
                add_anchor(*self.waiting)
            except OSError as error:
                logger.error("the head of the audit trail could not be noted down: %s", error.strerror)
            self.noted_sequence, self.noted_at, self.waiting = self.waiting[0], time.monotonic(), None


keeper = Keeper()
# A worker that forks has its own threads and its own clock of what it noted.
os.register_at_fork(after_in_child=lambda: keeper.__init__())  # type: ignore[misc]
atexit.register(keeper.note)
