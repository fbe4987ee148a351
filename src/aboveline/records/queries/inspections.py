"""Inspections, the cases under assessment in each, and their judgements."""

from collections.abc import Mapping
from itertools import chain

from django.db.models import Q, QuerySet

from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.judgement import Judgement as JudgementValue
from aboveline.records.models import Case, Draw, DrawnCase, Inspection, Judgement, Service, User

_ANSWERS = {answer.value: answer for answer in Answer}


def inspection_by_id(pk: int) -> Inspection | None:
    return Inspection.objects.select_related("service", "original").filter(pk=pk).first()


def inspections_at(service: Service) -> QuerySet[Inspection]:
    """A service's inspections, newest first."""
    return service.inspections.select_related("service", "original")


def inspections_of(user: User) -> QuerySet[Inspection]:
    """Every inspection a person has to do with, newest first."""
    at = Q(service__roles__user=user, service__roles__ended_at=None)
    team = Q(team__user=user, team__ended_at=None)
    programme = Q(programme__roles__user=user, programme__roles__ended_at=None)
    return (
        Inspection.objects.select_related("service")
        .filter(at | team | programme)
        .distinct()
        .order_by("-held_on", "-id")
    )


def later_reinspection(inspection: Inspection) -> Inspection | None:
    return inspection.reinspections.order_by("held_on").first()


def sampled_cases(inspection: Inspection) -> QuerySet[Case]:
    """The cases under assessment: the sample of the draw in force, or every case where none was drawn."""
    draw = draw_in_force(inspection)
    if draw is None:
        return inspection.cases.filter(not_eligible="")
    return inspection.cases.filter(drawn__draw=draw, drawn__place=DrawnCase.Place.SAMPLE)


def draw_in_force(inspection: Inspection) -> Draw | None:
    return inspection.draws.order_by("-ordinal").first()


def judgements_of(inspection: Inspection) -> InspectionJudgements:
    """All judgements of the cases under assessment, by our own case numbers. A case not begun is not assessed yet.

    Built without InspectionJudgements.of: the table allows one judgement of a question in a case, so with 600 cases
    sorting and looking for doubles again would take longer than reading.
    """
    begun = sampled_cases(inspection).filter(assessment__isnull=False).order_by("number")
    numbers = dict(begun.values_list("assessment", "number"))
    rows = Judgement.objects.filter(assessment__in=begun.values("assessment").order_by())
    found: dict[int, list[JudgementValue]] = {assessment: [] for assessment in numbers}
    for assessment, question, answer in rows.order_by("question").values_list("assessment", "question", "answer"):
        found[assessment].append(JudgementValue(numbers[assessment], question, _ANSWERS[answer]))
    return InspectionJudgements(tuple(numbers.values()), tuple(chain.from_iterable(found.values())))


def answers_to(inspection: Inspection, question: str) -> Mapping[str, Judgement]:
    """The judgement of each case on one question, by case number."""
    rows = Judgement.objects.filter(assessment__case__in=sampled_cases(inspection), question=question).select_related(
        "assessment__case", "author"
    )
    return {row.assessment.case.number: row for row in rows}
