"""Showing references and handing out case-level lists are on record as well, each before it happens."""

from collections.abc import Sequence

from django.db import transaction

from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, Draw, Inspection, User


@transaction.atomic
def note_references_shown(*, inspection: Inspection, cases: Sequence[Case], by: User) -> None:
    """One event for each case whose own reference is shown."""
    record([Happened("reference.shown", case, service_id=inspection.service_id) for case in cases], by=by)


@transaction.atomic
def note_caseload_downloaded(*, draw: Draw, by: User) -> None:
    """The numbered list that a draw was made from was handed out as a file."""
    record([Happened("caseload.downloaded", draw.caseload, service_id=draw.inspection.service_id)], by=by)
