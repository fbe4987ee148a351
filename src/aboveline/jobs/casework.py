"""A case list from upload to record: staged, looked at as often as wanted, then confirmed whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from aboveline.domain import caseload as domain
from aboveline.domain import table_problems
from aboveline.domain.caseload import FIELDS, CaseloadEntry, Eligibility, eligible
from aboveline.domain.problems import Checked
from aboveline.jobs import caseloads
from aboveline.jobs.caseloads import CaseListColumns
from aboveline.jobs.casework_problems import KEPT_FILE_UNREADABLE
from aboveline.jobs.planning import planned_framework
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload, correct_mapping, stage_upload
from aboveline.records.actions.saving import Stale
from aboveline.records.identity import CannotUnseal
from aboveline.records.models import Caseload, CaseloadUpload, Inspection, User
from aboveline.records.queries.caseloads import digests_of
from aboveline.records.queries.cases import content_of

FILE_BYTES = 5_000_000
KINDS = ("csv", "txt", "tsv", "xlsx", "ods")
Choices = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Looked:
    """A staged list as it reads now. `eligibility` is there where the whole list could be read."""

    upload: CaseloadUpload
    read: Checked[domain.Caseload]
    eligibility: Eligibility | None


def stage(*, inspection: Inspection, content: bytes, file_name: str, by: User) -> Checked[CaseloadUpload]:
    """Keep a file for looking at. One that is no table, or has a column that identifies a child, is never kept.

    The name of the file is not kept either: it may be anyone's.
    """
    if len(content) > FILE_BYTES:
        return Checked(None, (table_problems.FILE_TOO_LARGE.at(limit=FILE_BYTES // 1_000_000),))
    columns = caseloads.case_list_columns(content, file=file_name)
    if columns.value is None:
        return Checked(None, columns.problems)
    suffix = PurePath(file_name).suffix.lower().removeprefix(".")
    kind = suffix if suffix in KINDS else ""
    return Checked(stage_upload(inspection=inspection, content=content, kind=kind, mapping={}, by=by))


def columns_of(upload: CaseloadUpload) -> Checked[CaseListColumns]:
    """The headings of a staged list and the column of each field: as a person chose, or as guessed."""
    try:
        content = content_of(upload)
    except CannotUnseal:
        return Checked(None, (KEPT_FILE_UNREADABLE.at(),))
    found = caseloads.case_list_columns(content, file=_file(upload))
    choices = choices_of(upload)
    if found.value is None or choices is None:
        return found
    columns = found.value
    return Checked(CaseListColumns(columns.headings, columns.mapping.corrected(choices), columns.rows), found.problems)


def look(upload: CaseloadUpload) -> Looked:
    """Read a staged list whole: every problem at once, or all of its cases and which of them are eligible."""
    inspection = upload.inspection
    framework = planned_framework(inspection)
    try:
        content = content_of(upload)
    except CannotUnseal:
        return Looked(upload, Checked(None, (KEPT_FILE_UNREADABLE.at(),)), None)
    read = caseloads.read_case_list(
        content,
        framework,
        file=_file(upload),
        choices=choices_of(upload),
        earlier_digests=digests_of(inspection),
    )
    return Looked(upload, read, eligible(read.value, framework, inspection.held_on) if read.value else None)


def choose_columns(*, upload: CaseloadUpload, choices: Choices, expected_version: int, by: User) -> CaseloadUpload:
    """Say for every field which column holds it (an index from 0) or that none does. Raises Stale."""
    mapping = {name: "" if (index := choices.get(name)) is None else str(index) for name in FIELDS}
    return correct_mapping(upload=upload, mapping=mapping, expected_version=expected_version, by=by)


def choices_of(upload: CaseloadUpload) -> Choices | None:
    """What a person chose, or None where nobody has touched the guesses."""
    mapping = upload.mapping
    return {name: int(index) if index else None for name, index in mapping.items()} if mapping else None


def confirm(*, upload: CaseloadUpload, expected_version: int, by: User) -> Caseload:
    """Put a staged list on record, whole.

    Raises ProblemsFound where it has an error, Stale where it was closed or its columns corrected since it was shown,
    SameList where it is on record already, AssessmentsExist where cases of an earlier list were drawn or assessed.
    """
    if upload.closed_at or upload.version != expected_version:
        raise Stale(upload)
    looked = look(upload)
    caseload = looked.read.expect()
    exclusions = looked.eligibility.exclusions if looked.eligibility else ()
    reasons = {reference: one.reason for one in exclusions for reference in one.case_refs}
    return confirm_caseload(
        inspection=upload.inspection,
        rows=[CaseRow(e.case_ref, attributes_of(e), reasons.get(e.case_ref, "")) for e in caseload.entries],
        digest=caseload.digest,
        exclusions=[{"reason": one.reason, "words": one.words, "count": one.count} for one in exclusions],
        by=by,
        upload=upload,
    )


def attributes_of(entry: CaseloadEntry) -> dict[str, str | int | None]:
    """What is kept of a case besides its reference."""
    return {name: value for name, value in entry.as_dict().items() if name != "case_ref"}


def _file(upload: CaseloadUpload) -> str:
    return f"list.{upload.kind}" if upload.kind else "list"
