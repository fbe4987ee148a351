"""Hand a case in and reopen it; keep the interview's notes and the check of the record."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, CaseNotes, Submission, User
from aboveline.records.queries.casework import submission_of
from aboveline.records.versions import changed


class NotComplete(ValueError):
    """Raised where something is missing before a case can be handed in."""


class CaseSubmitted(ValueError):
    """Raised where a case stands handed in: it changes only after it is reopened."""


@dataclass(frozen=True, slots=True)
class NotesValues:
    interview: str
    integrity: str
    integrity_words: str


@transaction.atomic
def submit_case(*, case: Case, complete: Callable[[], bool], by: User) -> Submission:
    """Hand a case in; one handed in already is returned as it is. `complete` is asked while nobody else can save it.

    Raises NotComplete.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    standing = submission_of(case)
    if standing is not None:
        return standing
    if not complete():
        raise NotComplete("something is missing")
    row = Submission.objects.create(case=case, submitted_by=by, submitted_at=timezone.now())
    record([Happened("case.submitted", case, service_id=case.inspection.service_id)], by=by)
    return row


@transaction.atomic
def reopen_case(*, submission: Submission, why: str, by: User) -> Submission:
    """Open a case to change again. Raises Stale where it was reopened already, ValueError where no reason is given."""
    if not why.strip():
        raise ValueError("reopening a case needs a reason")
    row = Submission.objects.select_for_update(of=("self",)).select_related("case__inspection").get(pk=submission.pk)
    if row.reopened_at is not None:
        raise Stale(row)
    row.reopened_by, row.reopened_at, row.reopened_why = by, timezone.now(), why
    row.save(update_fields=["reopened_by", "reopened_at", "reopened_why"])
    happened = Happened("case.reopened", row.case, {"why": why}, service_id=row.case.inspection.service_id)
    record([happened], by=by)
    return row


@transaction.atomic
def save_case_notes(*, case: Case, values: NotesValues, expected_version: int, by: User) -> CaseNotes:
    """Save notes and check; an expected version of 0 says there were none. Raises Stale, CaseSubmitted."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if submission_of(case) is not None:
        raise CaseSubmitted
    newest = CaseNotes.objects.select_for_update().filter(case=case).first()
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    row = changed(newest or CaseNotes(case=case, version=0), by)
    row.interview, row.integrity, row.integrity_words = values.interview, values.integrity, values.integrity_words
    row.save()
    record([Happened("case_notes.saved", row, asdict(values), service_id=case.inspection.service_id)], by=by)
    return row
