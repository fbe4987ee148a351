"""Alerts for tests, raised as a person's would be."""

from aboveline.records.actions.alerts import raise_alert
from aboveline.records.models import Alert, Case
from tests.records_builders import a_user

WORDS = {"danger": "No safe place tonight", "done": "Rang the duty team"}


def an_alert(case: Case, **changes) -> Alert:
    given = {"risk": Alert.Risk.CHILD, **WORDS, "by": None} | changes
    given["by"] = given["by"] or a_user("Asha Assessor")
    return raise_alert(case=case, **given)
