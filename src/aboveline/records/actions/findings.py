"""Write what is said of an inspection. Whatever is written makes its writer an author, and voids a sign-off."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import wrote
from aboveline.records.audit import Happened, record
from aboveline.records.models import Finding, Inspection, Statement, User
from aboveline.records.versions import changed, locked


@dataclass(frozen=True, slots=True)
class FindingValues:
    """`to` is for a recommendation only; `place` is the order among its kind."""

    text: str
    to: str = ""
    place: int = 1
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class StatementValues:
    verdict: str = ""
    statement: str = ""
    method: str = ""
    quality: str = ""


@transaction.atomic
def add_finding(*, inspection: Inspection, kind: Finding.Kind, values: FindingValues, by: User) -> Finding:
    row = Finding.objects.create(
        inspection=inspection, kind=kind, **asdict(values), changed_by=by, changed_at=timezone.now()
    )
    wrote(inspection=inspection, part=Part.FINDINGS, what="a finding was added", by=by)
    told = {"kind": kind, **asdict(values)}
    record([Happened("finding.added", row, told, service_id=inspection.service_id)], by=by)
    return row


@transaction.atomic
def save_finding(*, finding: Finding, values: FindingValues, expected_version: int, by: User) -> Finding:
    """Change or withdraw a finding; what it said before stays in the trail. Raises Stale."""
    row = changed(locked(finding, expected_version), by)
    row.text, row.to, row.place, row.withdrawn = values.text, values.to, values.place, values.withdrawn
    row.save()
    what = "a finding was withdrawn" if values.withdrawn else "a finding was changed"
    wrote(inspection=row.inspection, part=Part.FINDINGS, what=what, by=by)
    record([Happened("finding.saved", row, asdict(values), service_id=row.inspection.service_id)], by=by)
    return row


@transaction.atomic
def save_statement(*, inspection: Inspection, values: StatementValues, expected_version: int, by: User) -> Statement:
    """Save verdict, statement, method and note on quality. Raises Stale.

    An expected version of 0 says that there was none.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = Statement.objects.select_for_update().filter(inspection=held).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or Statement(inspection=held, version=0), by)
    row.verdict, row.statement, row.method, row.quality = (
        values.verdict, values.statement, values.method, values.quality,
    )  # fmt: skip
    row.save()
    wrote(inspection=held, part=Part.STATEMENT, what="the statement was changed", by=by)
    record([Happened("statement.saved", row, asdict(values), service_id=held.service_id)], by=by)
    return row
