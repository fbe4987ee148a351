"""A case list on its way in: staged, looked at, then confirmed whole or discarded whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import void_sign_off
from aboveline.records.audit import Happened, record
from aboveline.records.identity import reference_hash, seal
from aboveline.records.models import Case, Caseload, CaseloadUpload, Inspection, User


class SameList(ValueError):
    """Raised where the confirmed list is the very list already on record. `caseload` is that one."""

    def __init__(self, caseload: Caseload) -> None:
        self.caseload = caseload
        super().__init__("this list was confirmed before")


class AssessmentsExist(ValueError):
    """Raised where another list would take away cases that were already drawn or assessed."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One row of a confirmed list. `not_eligible` is empty where the case may be drawn."""

    reference: str
    attributes: Mapping[str, Any]
    not_eligible: str = ""


@transaction.atomic
def stage_upload(
    *, inspection: Inspection, content: bytes, kind: str, mapping: Mapping[str, str], by: User
) -> CaseloadUpload:
    """Keep an uploaded file, sealed, until it is confirmed or discarded; an earlier open upload is discarded."""
    Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)  # of two uploads at once one stays open
    for earlier in inspection.uploads.filter(closed_at=None):
        discard_upload(upload=earlier, by=by)
    upload = CaseloadUpload.objects.create(
        inspection=inspection,
        uploaded_by=by,
        uploaded_at=timezone.now(),
        content=seal(content),
        kind=kind,
        mapping=dict(mapping),
    )
    record([Happened("caseload.uploaded", upload, {"bytes": len(content)}, service_id=inspection.service_id)], by=by)
    return upload


@transaction.atomic
def correct_mapping(
    *, upload: CaseloadUpload, mapping: Mapping[str, str], expected_version: int, by: User
) -> CaseloadUpload:
    """Say which column is which. Raises Stale where someone corrected it meanwhile."""
    newest = CaseloadUpload.objects.select_for_update().get(pk=upload.pk)
    if newest.version != expected_version or newest.closed_at:
        raise Stale(newest)
    newest.mapping, newest.version = dict(mapping), newest.version + 1
    newest.save(update_fields=["mapping", "version"])
    service_id = newest.inspection.service_id
    record([Happened("caseload.mapped", newest, {"mapping": sorted(mapping.items())}, service_id=service_id)], by=by)
    return newest


@transaction.atomic
def discard_upload(*, upload: CaseloadUpload, by: User) -> None:
    """Empty and close an upload. One that was confirmed or discarded meanwhile stays as it was, without an event."""
    newest = CaseloadUpload.objects.select_for_update().select_related("inspection").get(pk=upload.pk)
    if newest.closed_at:
        return
    _close(newest)
    record([Happened("caseload.discarded", newest, service_id=newest.inspection.service_id)], by=by)


def _close(upload: CaseloadUpload) -> None:
    upload.content, upload.closed_at = b"", timezone.now()
    upload.save(update_fields=["content", "closed_at"])


@transaction.atomic
def confirm_caseload(
    *,
    inspection: Inspection,
    rows: Sequence[CaseRow],
    digest: str,
    exclusions: Sequence[Mapping[str, Any]],
    by: User,
    upload: CaseloadUpload | None = None,
) -> Caseload:
    """Put a whole list on record and number its cases in the order of their keyed hashes, which tells nothing of them.

    Raises Stale where the upload was closed or its columns corrected since it was read, SameList where this list is on
    record already, AssessmentsExist where cases of an earlier one were drawn or assessed.
    """
    Inspection.objects.select_for_update().get(pk=inspection.pk)  # no draw may come between looking and replacing
    if upload:
        _still_as_read(upload)
    same = inspection.caseloads.filter(digest=digest).first()
    if same:
        raise SameList(same)
    if inspection.draws.exists() or inspection.cases.filter(assessment__isnull=False).exists():
        raise AssessmentsExist("cases of the earlier list were drawn or assessed")
    inspection.cases.all().delete()
    caseload = Caseload.objects.create(
        inspection=inspection,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        digest=digest,
        eligible=sum(not row.not_eligible for row in rows),
        exclusions=list(exclusions),
    )
    Case.objects.bulk_create(_numbered(inspection, caseload, rows))
    inspection.caseload_size = caseload.eligible
    inspection.save(update_fields=["caseload_size"])
    if upload:
        _close(upload)
    void_sign_off(inspection=inspection, why="another case list was confirmed", by=by)
    values = {"digest": digest, "cases": len(rows), "eligible": caseload.eligible}
    record([Happened("caseload.confirmed", caseload, values, service_id=inspection.service_id)], by=by)
    return caseload


def _still_as_read(upload: CaseloadUpload) -> None:
    newest = CaseloadUpload.objects.select_for_update().get(pk=upload.pk)
    if newest.closed_at or newest.version != upload.version:
        raise Stale(newest)


def _numbered(inspection: Inspection, caseload: Caseload, rows: Sequence[CaseRow]) -> list[Case]:
    hashed = sorted(((reference_hash(inspection.pk, row.reference), row) for row in rows), key=lambda pair: pair[0])
    width = max(3, len(str(len(rows))))
    return [
        Case(
            inspection=inspection,
            caseload=caseload,
            number=f"C{ordinal:0{width}d}",
            reference_hash=hash_,
            reference_sealed=seal(row.reference.encode()),
            attributes=dict(row.attributes),
            not_eligible=row.not_eligible,
        )
        for ordinal, (hash_, row) in enumerate(hashed, start=1)
    ]
