"""Record what the lead saw in an assessor's first cases."""

from django.db import transaction

from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, QualityRead, User
from aboveline.records.queries.quality_reads import quality_read_of
from aboveline.records.versions import changed


@transaction.atomic
def save_quality_read(
    *, inspection: Inspection, assessor: User, seen: QualityRead.Seen, note: str, expected_version: int, by: User
) -> QualityRead:
    """Say what was seen, or put it right; an expected version of 0 says that nobody had looked.

    Raises Stale; ValueError where somebody would read their own cases, or leaves open what is to be talked about.
    """
    if by == assessor:
        raise ValueError("nobody looks at their own first cases")
    if seen == QualityRead.Seen.TO_TALK and not note.strip():
        raise ValueError("what is to be talked about is said")
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)
    newest = quality_read_of(inspection, assessor)
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or QualityRead(inspection=inspection, assessor=assessor, version=0), by)
    row.seen, row.note = seen, note.strip()
    row.looked_at = row.looked_at or row.changed_at
    row.save()
    values = {"assessor": assessor.pk, "seen": seen, "note": row.note}
    record([Happened("quality_read.saved", row, values, service_id=inspection.service_id)], by=by)
    return row
