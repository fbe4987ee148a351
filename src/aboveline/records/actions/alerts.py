"""Raise an alert, say who was told, take it up, and follow it to its close.

An alert past the head of service is kept out of the service's own trail, which its head may read.
"""

from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from aboveline.domain.alerts import ToldAs, address, to_tell
from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Alert, AlertStep, AlertTold, Case, Director, Inspection, User
from aboveline.records.queries.alerts import around, followed_despite_conflict, has_no_director, head_addresses
from aboveline.records.versions import changed, locked


class HeadsAddress(ValueError):
    """Raised where the director's address would be that of a head of service, who must not learn of the alert."""


@transaction.atomic
def raise_alert(
    *,
    case: Case,
    risk: Alert.Risk,
    danger: str,
    done: str,
    by: User,
    past_head: bool = False,
    director: tuple[str, str] | None = None,
) -> Alert:
    """Put an alert on record with everybody it goes to; the letters follow (jobs/alerting).

    `director` is name and address in place of those on record, both empty where nobody is to be told as director yet.
    Where there is nobody past the head to tell, it is on record all the same and waits for `tell_director`. Raises
    ValueError where either text is empty.
    """
    if not danger.strip() or not done.strip():
        raise ValueError("an alert says what is wrong and what was done at once")
    told = to_tell(around(case.inspection, director), past_head=past_head)
    alert = Alert.objects.create(
        case=case, risk=risk, danger=danger, done=done, past_head=past_head, raised_by=by, raised_at=timezone.now()
    )
    for one in told:
        AlertTold.objects.create(
            alert=alert, told_as=one.told_as, user_id=one.user, name=one.name, email=address(one.email)
        )
    values = {"risk": risk, "told": ", ".join(one.told_as for one in told), "words": _digest(danger, done)}
    record([Happened("alert.raised", alert, values, service_id=_trail_of(alert))], by=by)
    return alert


@transaction.atomic
def tell_director(*, alert: Alert, name: str, email: str, by: User) -> AlertTold | None:
    """Give an alert past the head the director it has none of, and return what says so; the letter follows. One that
    has its director stays as it is: None. Raises HeadsAddress."""
    row = Alert.objects.select_for_update().get(pk=alert.pk)
    if not has_no_director(row):
        return None
    if address(email) in head_addresses(row.case.inspection):
        raise HeadsAddress(email)
    told = AlertTold.objects.create(alert=row, told_as=ToldAs.DIRECTOR, name=name.strip(), email=address(email))
    record([Happened("alert.director_given", row, service_id=_trail_of(row))], by=by)
    return told


@transaction.atomic
def acknowledge_alert(*, alert: Alert, expected_version: int, by: User) -> Alert:
    """Take it up. Raises Stale; one already taken up stays as it is."""
    row = Alert.objects.select_for_update().get(pk=alert.pk)
    if row.version != expected_version:
        raise Stale(row)
    if row.acknowledged_at is None:
        row.acknowledged_by, row.acknowledged_at, row.version = by, timezone.now(), row.version + 1
        row.save(update_fields=["acknowledged_by", "acknowledged_at", "version"])
        record([Happened("alert.acknowledged", row, service_id=_trail_of(row))], by=by)
    return row


@transaction.atomic
def add_alert_step(*, alert: Alert, words: str, by: User) -> AlertStep:
    """Say what was done. Raises Stale where it was closed meanwhile, ValueError where nothing is said."""
    if not words.strip():
        raise ValueError("a step says what was done")
    row = Alert.objects.select_for_update().get(pk=alert.pk)
    if row.closed_at is not None:
        raise Stale(row)
    step = AlertStep.objects.create(alert=row, words=words, by=by, at=timezone.now())
    record([Happened("alert.followed", row, {"words": _digest(words)}, service_id=_trail_of(row))], by=by)
    return step


@transaction.atomic
def close_alert(*, alert: Alert, outcome: str, expected_version: int, by: User) -> Alert:
    """Close it with its outcome; whoever closes it has taken it up. Raises Stale, ValueError without an outcome."""
    if not outcome.strip():
        raise ValueError("an alert is closed with its outcome")
    row = locked(alert, expected_version)
    if row.closed_at is not None:
        raise Stale(row)
    now = timezone.now()
    if row.acknowledged_at is None:
        row.acknowledged_by, row.acknowledged_at = by, now
    row.closed_by, row.closed_at, row.outcome, row.version = by, now, outcome, row.version + 1
    row.save()
    record([Happened("alert.closed", row, {"words": _digest(outcome)}, service_id=_trail_of(row))], by=by)
    return row


@transaction.atomic
def note_alert_read(*, alert: Alert, by: User) -> None:
    """Showing an alert is a reading of case content. Where a conflict of interest would keep the reader from it, the
    trail says that nobody else could follow it."""
    values = {"despite": "conflict of interest"} if followed_despite_conflict(alert, by) else {}
    record([Happened("alert.read", alert, values, service_id=_trail_of(alert))], by=by)


@transaction.atomic
def name_director(*, inspection: Inspection, name: str, email: str, expected_version: int, by: User) -> Director:
    """Say to whom an alert goes past the head of service; an expected version of 0 says nobody was named. Raises
    HeadsAddress, Stale."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if address(email) in head_addresses(held):
        raise HeadsAddress(email)
    newest = Director.objects.select_for_update().filter(inspection=held).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or Director(inspection=held, version=0), by)
    row.name, row.email = name.strip(), address(email)
    row.save()
    values = {"name": row.name, "email": row.email}
    record([Happened("director.named", row, values, service_id=held.service_id)], by=by)
    return row


def _trail_of(alert: Alert) -> int | None:
    """The service in whose trail an alert shows, None where its head must not find it."""
    return None if alert.past_head else alert.case.inspection.service_id


def _digest(*texts: str) -> str:
    """What was said stays in its own row; the trail can prove that nobody changed it."""
    return sha256("\0".join(texts).encode()).hexdigest()
