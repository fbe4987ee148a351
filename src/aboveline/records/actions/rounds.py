"""Put an audit round's settings on record, and mark the feedback that was given."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import void_sign_off
from aboveline.records.audit import Happened, record
from aboveline.records.models import AuditRound, FeedbackGiven, Inspection, User
from aboveline.records.versions import changed


class QuestionsInUse(ValueError):
    """Raised where the questions would change after a case was judged by them."""


@dataclass(frozen=True, slots=True)
class RoundValues:
    """What a round asks, of how many cases, and by when. No question means all of them, no number of cases all."""

    title: str
    set_title: str = ""
    questions: tuple[str, ...] = ()
    cases: int | None = None
    files_close: date | None = None
    audits_due: date | None = None
    moderation: date | None = None


@transaction.atomic
def save_round(*, inspection: Inspection, values: RoundValues, expected_version: int, by: User) -> AuditRound:
    """Save a round's settings; an expected version of 0 says that there were none.

    Raises Stale, or QuestionsInUse where other questions would be asked after judging began.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = AuditRound.objects.select_for_update().filter(inspection=held).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    title, before = (newest.set_title, tuple(newest.questions)) if newest else ("", ())
    if before != values.questions and held.cases.filter(assessment__isnull=False).exists():
        raise QuestionsInUse("cases were judged by the questions as they are")
    row = changed(newest or AuditRound(inspection=held, version=0), by)
    for name, value in asdict(values).items():
        setattr(row, name, list(value) if name == "questions" else value)
    row.save()
    if (title, before) != (values.set_title, values.questions):
        void_sign_off(inspection=held, why="other questions were asked", by=by)
    told = asdict(values) | {"questions": ", ".join(values.questions)}
    record([Happened("round.saved", row, told, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def close_round(*, inspection: Inspection, closed_on: date | None, expected_version: int, by: User) -> AuditRound:
    """Say that a round is over, or without a day that it goes on after all. Raises Stale."""
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = AuditRound.objects.select_for_update().get(inspection=held)
    if newest.version != expected_version:
        raise Stale(newest)
    row = changed(newest, by)
    row.closed_on = closed_on
    row.save()
    told = {"closed_on": closed_on}
    if closed_on:
        record([Happened("round.closed", row, told, service_id=held.service_id)], by=by)
    else:
        record([Happened("round.opened_again", row, told, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def mark_feedback(*, inspection: Inspection, case_manager: str, by: User) -> FeedbackGiven:
    """Say that a case manager has had their feedback. A mark that stands already is returned as it is."""
    held = Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    row = FeedbackGiven.objects.filter(inspection=held, case_manager=case_manager, ended_at=None).first()
    if row:
        return row
    row = FeedbackGiven.objects.create(inspection=held, case_manager=case_manager, by=by, at=timezone.now())
    values = {"case_manager": case_manager}
    record([Happened("feedback.given", row, values, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def take_mark_back(*, mark: FeedbackGiven, by: User) -> None:
    """Take a mark back that was made in error; the row stays on record."""
    newest = FeedbackGiven.objects.select_for_update().select_related("inspection").get(pk=mark.pk)
    if newest.ended_at is not None:
        return
    newest.ended_at = timezone.now()
    newest.save(update_fields=["ended_at"])
    record([Happened("feedback.taken_back", newest, service_id=newest.inspection.service_id)], by=by)
