"""Tell people of an alert once it is on record. What could not be sent waits and is tried again."""

from aboveline.domain.alerts import ToldAs
from aboveline.jobs.letters import send_alert
from aboveline.records.actions.alerts import note_told
from aboveline.records.models import Alert, AlertTold, User
from aboveline.records.queries.alerts import letters_waiting, told_of


def tell(alert: Alert, by: User | None = None) -> bool:
    """Send the letters of one alert that have not left yet; True where none waits any more.

    One refused by the mail server ends the round: the rest would only keep the person who raised it waiting.
    """
    return all(_sent(told, by) for told in told_of(alert) if told.sent_at is None)


def tell_again() -> tuple[int, int]:
    """Try every letter that waits; return how many left and how many wait still."""
    waiting = letters_waiting()
    left = sum(_sent(told, None) for told in waiting)
    return left, len(waiting) - left


def _sent(told: AlertTold, by: User | None) -> bool:
    alert = told.alert
    path = ("alert", str(alert.case.inspection_id), str(alert.pk)) if told.user_id else ()
    sent = send_alert(told.email, path, _who_can_tell(alert))
    note_told(told=told, sent=sent, by=by)
    return sent


def _who_can_tell(alert: Alert) -> str:
    """Whom somebody without an account can ask: a lead inspector or, where there is none, whoever raised it."""
    lead = next((one for one in told_of(alert) if one.told_as == ToldAs.LEAD), None)
    return f"{lead.name}, {lead.email}" if lead else f"{alert.raised_by.name}, {alert.raised_by.email}"
