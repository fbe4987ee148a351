"""Raise an alert, and with it the letters to everybody it goes to."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from aboveline.domain.letters import LetterKind
from aboveline.jobs.letters import post
from aboveline.records.actions.alerts import raise_alert, tell_director
from aboveline.records.actions.letters import Draft
from aboveline.records.models import Alert, AlertTold, User
from aboveline.records.queries.alerts import told_of


@transaction.atomic
def raise_and_tell(*, by: User, **asked: Any) -> Alert:
    """Put an alert on record with a letter to each: all of it or nothing. Takes and raises what `raise_alert` does."""
    alert = raise_alert(by=by, **asked)
    _post(alert, told_of(alert), by)
    return alert


@transaction.atomic
def give_director(*, alert: Alert, name: str, email: str, by: User) -> None:
    """Give an alert past the head its director, with a letter. Raises what `tell_director` does."""
    told = tell_director(alert=alert, name=name, email=email, by=by)
    if told:
        _post(alert, [told], by)


def _post(alert: Alert, told: Iterable[AlertTold], by: User) -> None:
    inspection = alert.case.inspection
    post((Draft(LetterKind.ALERT, one.email, inspection=inspection, told=one) for one in told), by=by)
