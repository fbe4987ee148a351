"""Raise an alert, and with it the letters to everybody it goes to."""

from typing import Any

from django.db import transaction

from aboveline.domain.letters import LetterKind
from aboveline.jobs.letters import post
from aboveline.records.actions.alerts import raise_alert
from aboveline.records.actions.letters import Draft
from aboveline.records.models import Alert, User
from aboveline.records.queries.alerts import told_of


@transaction.atomic
def raise_and_tell(*, by: User, **asked: Any) -> Alert:
    """Put an alert on record with a letter to each: all of it or nothing. Takes and raises what `raise_alert` does."""
    alert = raise_alert(by=by, **asked)
    inspection = alert.case.inspection
    told = told_of(alert)
    post((Draft(LetterKind.ALERT, one.email, inspection=inspection, told=one) for one in told), by=by)
    return alert
