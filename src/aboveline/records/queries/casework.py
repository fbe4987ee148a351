"""What belongs to one case beside its answers."""

from collections.abc import Sequence

from aboveline.records.models import Case, CaseNotes, Inspection, Judgement, Submission
from aboveline.records.queries.inspections import sampled_cases


def notes_of(case: Case) -> CaseNotes | None:
    return CaseNotes.objects.filter(case=case).select_related("changed_by").first()


def submission_of(case: Case) -> Submission | None:
    """How a case stands handed in; None where it is open to change."""
    return Submission.objects.filter(case=case, reopened_at=None).select_related("submitted_by").first()


def submissions_of(case: Case) -> Sequence[Submission]:
    """Every handing-in and reopening of a case, newest first."""
    return list(Submission.objects.filter(case=case).select_related("submitted_by", "reopened_by"))


def submitted_numbers(inspection: Inspection) -> frozenset[str]:
    """The numbers of the cases of an inspection that stand handed in."""
    found = Submission.objects.filter(case__inspection=inspection, reopened_at=None)
    return frozenset(found.values_list("case__number", flat=True))


def not_kept_in_time(inspection: Inspection) -> Sequence[CaseNotes]:
    """The cases under assessment whose record has late or antedated entries, with what was seen, by number."""
    wrong = (CaseNotes.Integrity.LATE, CaseNotes.Integrity.ANTEDATED)
    rows = CaseNotes.objects.filter(case__in=sampled_cases(inspection), integrity__in=wrong)
    return list(rows.select_related("case__inspection").order_by("case__number"))


def flagged_answers(inspection: Inspection) -> Sequence[Judgement]:
    """The answers put forward as good practice or as a concern, good practice last, by case."""
    rows = Judgement.objects.filter(assessment__case__in=sampled_cases(inspection)).exclude(flag="")
    return list(rows.select_related("assessment__case__inspection").order_by("flag", "assessment__case__number", "pk"))
