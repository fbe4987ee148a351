"""Letters: the one to send, those that wait, and those of a service, an inspection or a programme."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from aboveline.domain.letters import LATE, LOST, LetterState
from aboveline.records.models import Letter
from aboveline.records.models.accounts import Place, held_at

_BESIDE = ("invitation", "told__alert__case", "told__alert__raised_by", "inspection", "request")
#: how long one that left stands among the others, and how many are shown
SHOWN_FOR = timedelta(days=14)
SHOWN = 100


def letter_by_id(pk: int) -> Letter | None:
    return Letter.objects.select_related(*_BESIDE).filter(pk=pk).first()


def lost_letters(now: datetime) -> Sequence[Letter]:
    """Those that should have been tried by now: whatever was to send them is lost."""
    return list(_waiting_since(now - LOST).order_by("next_try_at")[:SHOWN])


def letters_late(now: datetime) -> bool:
    """Whether letters wait that nobody has worked off for some minutes."""
    return _waiting_since(now - LATE).exists()


def _waiting_since(moment: datetime) -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.WAITS, next_try_at__lt=moment)


def letters_at(place: Place, now: datetime) -> Sequence[Letter]:
    """The letters of a place, newest first: those that wait or were given up, and of the rest the last of two weeks.

    One about an alert past the head of service stands only on that alert's own page.
    """
    open_or_new = Q(settled_at=None) | Q(state=LetterState.GIVEN_UP) | Q(settled_at__gte=now - SHOWN_FOR)
    found = Letter.objects.filter(open_or_new, **{held_at(place).value: place})
    return list(found.exclude(told__alert__past_head=True)[:SHOWN])
