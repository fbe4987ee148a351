"""One case, its assessment, and the case list it came from."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from aboveline.records.identity import unseal
from aboveline.records.models import (
    Case,
    CaseFinding,
    CaseloadUpload,
    Draw,
    DrawnCase,
    Inspection,
    Judgement,
    SecondFinding,
    SecondJudgement,
    SecondRead,
)
from aboveline.records.models.assessment import FindingFields, JudgementFields


def case_by_number(inspection_id: int, number: str) -> Case | None:
    """A case of an inspection, which comes with it."""
    cases = Case.objects.select_related("inspection__service", "assessment__assessor")
    return cases.filter(inspection__pk=inspection_id, number=number).first()


def answers_of(
    case: Case, read: SecondRead | None = None, only: Collection[str] | None = None
) -> Mapping[str, JudgementFields]:
    """A case's judgements by question: those of its first read, or of the second read given; all, or `only` these."""
    rows: QuerySet[Any] = Judgement.objects.filter(assessment__case=case)
    if read is not None:
        rows = SecondJudgement.objects.filter(assessment=read, assessment__case=case)
    return _by("question", rows, only)


def findings_of(
    case: Case, read: SecondRead | None = None, only: Collection[str] | None = None
) -> Mapping[str, FindingFields]:
    """What the assessor found of a case, by fact; where a second read is given, what its reader found."""
    rows: QuerySet[Any] = CaseFinding.objects.filter(assessment__case=case)
    if read is not None:
        rows = SecondFinding.objects.filter(assessment=read, assessment__case=case)
    return _by("fact", rows, only)


def _by(name: str, rows: QuerySet[Any], only: Collection[str] | None) -> dict[str, Any]:
    """Rows by one of their fields. A case has many and few people wrote them: these are read apart, once each."""
    if only is not None:
        rows = rows.filter(**{f"{name}__in": only})
    return {getattr(row, name): row for row in rows.prefetch_related("author")}


def reference_of(case: Case) -> str:
    """The service's own reference, unsealed. Showing it is a read to be noted (actions/reading)."""
    return unseal(case.reference_sealed).decode()


def open_upload(inspection: Inspection) -> CaseloadUpload | None:
    return inspection.uploads.filter(closed_at=None).order_by("-id").first()


def content_of(upload: CaseloadUpload) -> bytes:
    return unseal(upload.content)


def drawn_cases(draw: Draw, place: DrawnCase.Place) -> QuerySet[DrawnCase]:
    return draw.drawn.filter(place=place).select_related("case", "replaced_by__case").order_by("position")
