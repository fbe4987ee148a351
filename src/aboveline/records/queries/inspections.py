"""Inspections, the cases under assessment in each, and their judgements."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q, QuerySet

from aboveline.domain.judgement import Answer, InspectionJudgements
from aboveline.domain.judgement import Judgement as JudgementValue
from aboveline.records.models import Adjudication, Case, Draw, DrawnCase, Inspection, Judgement, Service, User
from aboveline.records.models.assessment import JudgementFields

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

    It is the agreed record: where two readers differ and it was settled, the answer settled on; else the first read's.

    Built without InspectionJudgements.of: the table allows one judgement of a question in a case, so with 600 cases
    sorting and looking for doubles again would take longer than reading.
    """
    begun = sampled_cases(inspection).filter(assessment__isnull=False).order_by("number")
    numbers = dict(begun.values_list("assessment", "number"))
    rows = Judgement.objects.filter(assessment__in=begun.values("assessment").order_by())
    settled = settled_answers(inspection)
    found: dict[int, list[JudgementValue]] = {assessment: [] for assessment in numbers}
    for assessment, question, answer in rows.order_by("question").values_list("assessment", "question", "answer"):
        number = numbers[assessment]
        agreed = settled.get((number, question), NOT_SETTLED).over(answer) if settled else answer
        found[assessment].append(JudgementValue(number, question, _ANSWERS[agreed]))
    return InspectionJudgements(tuple(numbers.values()), tuple(chain.from_iterable(found.values())))


def answers_to(inspection: Inspection, question: str) -> Mapping[str, Judgement]:
    """The judgement of each case on one question, by case number, with the agreed answer."""
    rows = Judgement.objects.filter(assessment__case__in=sampled_cases(inspection), question=question).select_related(
        "assessment__case", "author"
    )
    answers, settled = {row.assessment.case.number: row for row in rows}, settled_answers(inspection)
    for number, row in answers.items():
        with_settled(row, settled.get((number, question)))
    return answers


@dataclass(frozen=True, slots=True)
class SettledAnswer:
    """What was decided on one question of a case, and the first reader's answer at the time."""

    first: str
    answer: str

    def over(self, answer: str) -> str:
        """The agreed answer: the one decided, unless the first reader has changed theirs since."""
        return self.answer if answer == self.first else answer


NOT_SETTLED = SettledAnswer("", "")


def settled_answers(inspection: Inspection) -> Mapping[tuple[str, str], SettledAnswer]:
    """What adjudication decided, by case number and question; a question left conflicted is not here."""
    rows = Adjudication.objects.filter(read__case__inspection=inspection).exclude(answer="")
    found = rows.values_list("read__case__number", "question", "first", "answer")
    return {(number, question): SettledAnswer(first, answer) for number, question, first, answer in found}


def with_settled(row: JudgementFields, settled: SettledAnswer | None) -> None:
    """Put the agreed answer in the place of the first reader's, in the row in hand only; it is not to be saved.

    What the first reader wrote beside another answer goes with that answer.
    """
    agreed = settled.over(row.answer) if settled else row.answer
    row.settled, row.answer = agreed != row.answer, agreed
    if row.settled:
        row.note = row.improvement = ""
