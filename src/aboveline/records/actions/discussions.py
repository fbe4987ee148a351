"""Discuss an answer: say something about it, resolve the discussion, reopen it."""

from collections.abc import Mapping

from django.db import transaction

from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, Comment, Discussion, User
from aboveline.records.models.discussions import can_be
from aboveline.records.queries.discussions import discussion_on
from aboveline.records.versions import changed


@transaction.atomic
def comment(*, case: Case, question: str, did: Comment.Did, words: str, expected_version: int, by: User) -> Discussion:
    """Add to the discussion of an answer; the first comment opens it. An expected version of 0 says there was none.

    Raises Stale where somebody wrote meanwhile; ValueError where nothing is said, or where the discussion as it was
    seen could not be resolved or reopened.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    newest = discussion_on(case, question)
    if (newest.version if newest else 0) != expected_version:
        raise Stale(newest)
    if did not in can_be(newest):
        raise ValueError(f"a discussion in this state cannot be {did}")
    if not words.strip() and did != Comment.Did.RESOLVED:
        raise ValueError("a comment says something")
    row = changed(newest or Discussion(case=case, question=question, version=0), by)
    row.resolved = did == Comment.Did.RESOLVED
    row.save()
    Comment.objects.create(discussion=row, did=did, words=words.strip(), by=by, at=row.changed_at)
    record([_happened(case, did, {"question": question, "words": words.strip()}, begun=newest is not None)], by=by)
    return row


def _happened(case: Case, did: Comment.Did, values: Mapping[str, str], *, begun: bool) -> Happened:
    service_id = case.inspection.service_id
    if did == Comment.Did.RESOLVED:
        return Happened("discussion.resolved", case, values, service_id=service_id)
    if did == Comment.Did.REOPENED:
        return Happened("discussion.reopened", case, values, service_id=service_id)
    if begun:
        return Happened("discussion.continued", case, values, service_id=service_id)
    return Happened("discussion.opened", case, values, service_id=service_id)


@transaction.atomic
def note_discussion_read(*, case: Case, question: str, by: User) -> None:
    """Showing what was said about an answer is a reading of the case."""
    record([Happened("discussion.read", case, reason=question, service_id=case.inspection.service_id)], by=by)
