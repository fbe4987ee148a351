"""Letters in tests: those on record are sent as a worker would, at once and in order."""

from django.utils import timezone

from aboveline.domain.letters import LetterState
from aboveline.jobs.letters import send
from aboveline.records.models import Letter


def waiting():
    return Letter.objects.filter(state=LetterState.WAITS).order_by("id")


def letters_leave():
    """Try each letter that waits and whose time has come."""
    for letter in waiting():
        send(letter)


def time_passes():
    """The next try of each that waits comes now."""
    waiting().update(next_try_at=timezone.now())
