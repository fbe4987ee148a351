"""One case, its assessment, and the case list it came from."""

from collections.abc import Mapping

from django.db.models import QuerySet

from aboveline.records.identity import unseal
from aboveline.records.models import Case, CaseFinding, CaseloadUpload, Draw, DrawnCase, Inspection, Judgement


def case_by_number(inspection: Inspection, number: str) -> Case | None:
    return inspection.cases.select_related("inspection__service", "assessment__assessor").filter(number=number).first()


def answers_of(case: Case) -> Mapping[str, Judgement]:
    """A case's judgements by question."""
    rows = Judgement.objects.filter(assessment__case=case).select_related("author")
    return {row.question: row for row in rows}


def findings_of(case: Case) -> Mapping[str, CaseFinding]:
    """What the assessor found of a case, by fact."""
    return {row.fact: row for row in CaseFinding.objects.filter(assessment__case=case).select_related("author")}


def reference_of(case: Case) -> str:
    """The service's own reference, unsealed. Showing it is a read to be noted (actions/reading)."""
    return unseal(case.reference_sealed).decode()


def open_upload(inspection: Inspection) -> CaseloadUpload | None:
    return inspection.uploads.filter(closed_at=None).order_by("-id").first()


def content_of(upload: CaseloadUpload) -> bytes:
    return unseal(upload.content)


def drawn_cases(draw: Draw, place: DrawnCase.Place) -> QuerySet[DrawnCase]:
    return draw.drawn.filter(place=place).select_related("case", "replaced_by__case").order_by("position")
