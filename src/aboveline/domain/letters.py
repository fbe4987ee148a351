"""Letters by e-mail: what they are for, how long one is tried, and how long to wait between two tries.

The times are our own. A letter never says more than that something waits and where: mail is not private.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for. The last three say only that something waits."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a kind of letter, not a password
    ALERT = "alert"
    SUPPLIES = "supplies"
    REPLACEMENT = "replacement"
    DRAFT = "draft"


class LetterState(StrEnum):
    """Where a letter is. One given up was tried until nobody would still wait for it."""

    WAITS = "waits"
    SENT = "sent"
    NOT_NEEDED = "not_needed"
    GIVEN_UP = "given_up"


#: while one is being tried nobody else tries it; longer than a mail server can keep us (ten answers of ten seconds)
TRYING = timedelta(minutes=3)
#: this long past its time a letter has no task any more: the one there was is lost
LOST = timedelta(seconds=30)
#: this long past its time nobody works the letters off
LATE = timedelta(minutes=5)
#: this long after it was written a letter of an alert should have left: whoever raised it rings
RING_AFTER = timedelta(minutes=2)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT: Mapping[LetterKind, timedelta] = {kind: timedelta(hours=1) for kind in LetterKind} | {
    LetterKind.NEW_PASSWORD: timedelta(minutes=5),
    LetterKind.ALERT: timedelta(minutes=10),
}
#: others are tried as long as what they are about is open: an invitation for its seven days, an alert until its close
TRIED_FOR: Mapping[LetterKind, timedelta] = {
    LetterKind.NEW_PASSWORD: timedelta(hours=1),
    LetterKind.SUPPLIES: timedelta(days=7),
    LetterKind.REPLACEMENT: timedelta(days=7),
    LetterKind.DRAFT: timedelta(days=7),
}


def wait_after(kind: LetterKind, tried: int) -> timedelta:
    """How long to wait after so many tries that failed: twice as long each time, up to what the kind allows."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(tried - 1, 20)
    return min(doubled, LONGEST_WAIT[kind])


def too_late(kind: LetterKind, written: datetime, now: datetime) -> bool:
    """Whether nobody would still wait for a letter written then."""
    return kind in TRIED_FOR and now - written >= TRIED_FOR[kind]
