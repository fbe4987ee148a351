"""Cases under assessment: one of them, and how far each has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from aboveline.domain.applicability import CASE_FACTS
from aboveline.domain.judgement import Answer
from aboveline.records.models import Allocation, Case, DrawnCase, Inspection, Judgement, Submission
from aboveline.records.queries.inspections import sampled_cases


@dataclass(frozen=True, slots=True)
class CaseCount:
    """One case under assessment: in whose hands it is or else who began it, answers a person gave, answers the
    case facts gave, the last save, and whether it stands handed in."""

    number: str
    assessor: str
    judged: int
    ruled_out: int
    last_saved: datetime | None
    submitted: bool = False


def under_assessment(case: Case) -> bool:
    """Whether a case is in the sample, or on the list where no sample was drawn."""
    chosen = DrawnCase.objects.filter(draw=OuterRef("pk"), case=case, place=DrawnCase.Place.SAMPLE)
    in_force = case.inspection.draws.order_by("-ordinal").values_list(Exists(chosen), flat=True).first()
    return not case.not_eligible if in_force is None else in_force


def case_counts(inspection: Inspection) -> Sequence[CaseCount]:
    """Every case under assessment, by number."""
    by_rule = Q(assessment__judgements__answer=Answer.NOT_APPLICABLE, assessment__judgements__reason=CASE_FACTS)
    unanswered = Q(assessment__judgements__answer=Answer.NOT_ANSWERED)
    held = Allocation.objects.filter(case=OuterRef("pk"), reading=Allocation.Reading.FIRST, ended_at=None)
    rows = (
        sampled_cases(inspection)
        .annotate(
            judged=Count("assessment__judgements", filter=~by_rule & ~unanswered),
            ruled_out=Count("assessment__judgements", filter=by_rule),
            last_saved=Max("assessment__judgements__saved_at"),
            reader=Coalesce(
                Subquery(held.order_by("pk").values("assessor__name")[:1]), "assessment__assessor__name", Value("")
            ),
            submitted=Exists(Submission.objects.filter(case=OuterRef("pk"), reopened_at=None)),
        )
        .order_by("number")
        .values_list("number", "reader", "judged", "ruled_out", "last_saved", "submitted")
    )
    return [CaseCount(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class KnownCases:
    """The cases of an inspection by number and by keyed hash of the service's reference. `sampled` are those under
    assessment; `listed` is whether a case list was ever confirmed."""

    by_number: Mapping[str, Case]
    by_hash: Mapping[str, Case]
    sampled: frozenset[int]
    listed: bool


def known_cases(inspection: Inspection) -> KnownCases:
    cases = list(inspection.cases.all())
    return KnownCases(
        {case.number: case for case in cases},
        {case.reference_hash: case for case in cases},
        frozenset(sampled_cases(inspection).values_list("pk", flat=True)),
        inspection.caseloads.exists(),
    )


def answers_in(inspection: Inspection) -> Mapping[tuple[int, str], Judgement]:
    """Every judgement of an inspection by case and question."""
    rows = Judgement.objects.filter(assessment__case__inspection=inspection).select_related("assessment")
    return {(row.assessment.case_id, row.question): row for row in rows}
