"""Keep a record of the meetings of a week, and of how far earlier recommendations were carried out."""

from dataclasses import asdict, dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.records.actions.signatures import wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import EarlierRecommendation, Inspection, MeetingRecord, User
from aboveline.records.versions import changed, locked


@dataclass(frozen=True, slots=True)
class MeetingValues:
    held_on: date
    began: time
    present: str
    notes: str


@transaction.atomic
def record_meeting(
    *, inspection: Inspection, kind: MeetingRecord.Kind, values: MeetingValues, by: User
) -> MeetingRecord:
    now = timezone.now()
    row = MeetingRecord.objects.create(
        inspection=inspection, kind=kind, **asdict(values), changed_by=by, changed_at=now
    )
    told = {"kind": kind, **asdict(values)}
    record([Happened("meeting.recorded", row, told, service_id=inspection.service_id)], by=by)
    return row


@transaction.atomic
def correct_meeting(*, meeting: MeetingRecord, values: MeetingValues, expected_version: int, by: User) -> MeetingRecord:
    """Put a record right; what it said before stays in the trail. Raises Stale."""
    row = changed(locked(meeting, expected_version), by)
    row.held_on, row.began, row.present, row.notes = values.held_on, values.began, values.present, values.notes
    row.save()
    record([Happened("meeting.corrected", row, asdict(values), service_id=row.inspection.service_id)], by=by)
    return row


@transaction.atomic
def add_recommendation(
    *, inspection: Inspection, text: str, to: EarlierRecommendation.To, by: User
) -> EarlierRecommendation:
    """Enter a recommendation of the inspection before, so that its progress can be judged."""
    row = EarlierRecommendation.objects.create(
        inspection=inspection, wording=text, to=to, changed_by=by, changed_at=timezone.now()
    )
    wrote(inspection=inspection, part=Part.FINDINGS, what="an earlier recommendation was entered", by=by)
    values = {"text": text, "to": to}
    record([Happened("recommendation.entered", row, values, service_id=inspection.service_id)], by=by)
    return row


@transaction.atomic
def save_progress(
    *,
    recommendation: EarlierRecommendation,
    progress: EarlierRecommendation.Progress,
    note: str,
    expected_version: int,
    by: User,
) -> EarlierRecommendation:
    """Say how far a recommendation was carried out. Raises Stale."""
    row = changed(locked(recommendation, expected_version), by)
    row.progress, row.note = progress, note
    row.save()
    what = "the progress of an earlier recommendation was changed"
    wrote(inspection=row.inspection, part=Part.FINDINGS, what=what, by=by)
    values = {"progress": progress, "note": note}
    record([Happened("recommendation.judged", row, values, service_id=row.inspection.service_id)], by=by)
    return row
