"""Send the draft to the service, and keep what it says of it, point by point, with the outcome of each."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import call_off_waiting
from aboveline.records.audit import Happened, record
from aboveline.records.models import DraftPoint, DraftToService, Inspection, User
from aboveline.records.versions import changed, locked


@dataclass(frozen=True, slots=True)
class PointValues:
    where: str
    draft_says: str
    service_says: str
    evidence: str


@transaction.atomic
def send_draft(*, inspection: Inspection, answer_by: date, expected_version: int, by: User) -> DraftToService:
    """Record that the draft went to the service, or another last day. An expected version of 0: not sent yet.

    Raises Stale.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = DraftToService.objects.select_for_update().filter(inspection=held).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or DraftToService(inspection=held, version=0, sent_at=timezone.now()), by)
    row.answer_by, row.answered_at = answer_by, None
    row.save()
    record([Happened("draft.sent", row, {"answer_by": answer_by}, service_id=held.service_id)], by=by)
    return row


@transaction.atomic
def finish_answer(*, inspection: Inspection, expected_version: int, by: User) -> DraftToService:
    """The service says that it has said everything, so that nobody waits for its last day. Raises Stale."""
    row = changed(locked(inspection.draft_to_service, expected_version), by)
    row.answered_at = row.changed_at
    row.save()
    record([Happened("draft.answered", row, service_id=inspection.service_id)], by=by)
    return row


@transaction.atomic
def make_point(*, inspection: Inspection, kind: DraftPoint.Kind, values: PointValues, by: User) -> DraftPoint:
    """Say one thing of the draft; a publication that waits for its moment is called off, for the point is open."""
    held, now = Inspection.objects.select_for_update().get(pk=inspection.pk), timezone.now()
    call_off_waiting(inspection=held, why="the service made a point on the draft", by=by)
    row = DraftPoint.objects.create(
        inspection=inspection, kind=kind, **asdict(values), made_by=by, made_at=now, changed_by=by, changed_at=now
    )
    told = {"kind": kind, **asdict(values)}
    record([Happened("point.made", row, told, service_id=inspection.service_id)], by=by)
    return row


@transaction.atomic
def decide_point(
    *, point: DraftPoint, outcome: DraftPoint.Outcome, reason: str, expected_version: int, by: User
) -> DraftPoint:
    """Give a point its outcome with the reason; it may be decided anew until publication. Raises Stale."""
    row = changed(locked(point, expected_version), by)
    row.outcome, row.reason = outcome, reason
    row.save()
    values = {"outcome": outcome, "reason": reason}
    record([Happened("point.decided", row, values, service_id=row.inspection.service_id)], by=by)
    return row
