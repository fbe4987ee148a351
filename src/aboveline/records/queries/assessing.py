"""Cases under assessment: one of them, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from aboveline.domain.applicability import CASE_FACTS
from aboveline.domain.judgement import Answer
from aboveline.records.models import Case, Inspection
from aboveline.records.queries.inspections import sampled_cases


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case under assessment: who began it, answers a person gave, answers the case facts gave, the last save."""

    number: str
    assessor: str
    judged: int
    ruled_out: int
    last_saved: datetime | None


def case_under_assessment(inspection: Inspection, number: str) -> Case | None:
    """A case of the sample, or of the list where no sample was drawn; None for any other."""
    cases = sampled_cases(inspection).select_related("inspection__service", "assessment__assessor")
    return cases.filter(number=number).first()


def case_counts(inspection: Inspection) -> Sequence[CaseCount]:
    """Every case under assessment, by number."""
    by_rule = Q(assessment__judgements__answer=Answer.NOT_APPLICABLE, assessment__judgements__reason=CASE_FACTS)
    unanswered = Q(assessment__judgements__answer=Answer.NOT_ANSWERED)
    rows = (
        sampled_cases(inspection)
        .annotate(
            judged=Count("assessment__judgements", filter=~by_rule & ~unanswered),
            ruled_out=Count("assessment__judgements", filter=by_rule),
            last_saved=Max("assessment__judgements__saved_at"),
        )
        .order_by("number")
        .values_list("number", "assessment__assessor__name", "judged", "ruled_out", "last_saved")
    )
    return [CaseCount(number, assessor or "", *counts) for number, assessor, *counts in rows]
