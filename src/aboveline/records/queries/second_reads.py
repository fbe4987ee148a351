"""Second reads in force, who is to read first, and what was settled where two readers differ."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from aboveline.domain.adjudication import Adjudication as Decision
from aboveline.domain.adjudication import Comparison, Read, Standing, side_by_side
from aboveline.domain.judgement import Answer
from aboveline.records.models import (
    Adjudication,
    Allocation,
    AuditEvent,
    Case,
    Inspection,
    Judgement,
    SecondJudgement,
    SecondRead,
    SecondReadChoice,
    User,
)
from aboveline.records.models.assessment import JudgementFields
from aboveline.records.queries.cases import answers_of
from aboveline.records.queries.inspections import sampled_cases, settled_answers, with_settled

#: stands for whoever read a case first, where it does not matter who
FIRST_READER = "first reader"
IN_FORCE = Q(allocation__ended_at=None) | ~Q(submitted_at=None)


def choice_of(inspection: Inspection) -> SecondReadChoice | None:
    return SecondReadChoice.objects.select_related("by").filter(inspection=inspection).first()


def second_reads_in(inspection: Inspection) -> QuerySet[SecondRead]:
    """The second reads in force of cases under assessment, by case number."""
    rows = SecondRead.objects.filter(IN_FORCE, case__in=sampled_cases(inspection))
    return rows.select_related("case", "allocation__assessor").order_by("case__number")


def second_read_of(case: Case) -> SecondRead | None:
    """The second read of a case that is in force; one submitted before any other."""
    rows = SecondRead.objects.filter(IN_FORCE, case=case).select_related("case", "allocation__assessor")
    return max(rows, key=lambda row: (row.submitted_at is not None, row.pk), default=None)


def first_readers(inspection: Inspection) -> Mapping[str, User]:
    """Who reads each case under assessment first, by case number: whom it was given to, else who began it."""
    cases = sampled_cases(inspection).filter(assessment__assessor__isnull=False)
    begun = cases.select_related("assessment__assessor")
    readers = {case.number: reader for case in begun if (reader := case.assessment.assessor)}
    held = inspection.allocations.filter(reading=Allocation.Reading.FIRST, case__in=sampled_cases(inspection))
    for row in held.filter(ended_at=None).select_related("case", "assessor").order_by("-id"):
        readers[row.case.number] = row.assessor
    return dict(sorted(readers.items()))


def read_first(user: User, case: Case) -> bool:
    """Whether a person has, or ever had, a hand in the first read of a case."""
    held = Allocation.objects.filter(case=case, assessor=user, reading=Allocation.Reading.FIRST).exists()
    return held or Judgement.objects.filter(assessment__case=case, author=user).exists()


def saw_first(inspection: Inspection, users: Iterable[User]) -> frozenset[tuple[int, str]]:
    """Each person and the number of a case whose first read they opened; any case, where they opened every answer to
    a question."""
    return frozenset((user, number) for user, number, _at in openings(inspection, [user.pk for user in users]))


def openings(inspection: Inspection, users: Iterable[int]) -> list[tuple[int, str, datetime]]:
    """When each of these people opened the first read of which case under assessment, from the audit trail."""
    cases = {str(pk): number for pk, number in sampled_cases(inspection).values_list("pk", "number")}
    events = AuditEvent.objects.filter(actor__in=list(users))
    opened = events.filter(verb="case.read", object_type="case", object_id__in=list(cases))
    found = [(actor, cases[id_], at) for actor, id_, at in opened.values_list("actor", "object_id", "at") if actor]
    shown = events.filter(verb="answers.read", object_type="inspection", object_id=str(inspection.pk))
    for actor, at in shown.values_list("actor", "at"):
        found += [(actor, number, at) for number in cases.values() if actor]
    return found


def given_in(inspection: Inspection) -> Mapping[str, int]:
    """How many questions each second read in force has an answer to, by case number."""
    answered = Count("judgements", filter=~Q(judgements__answer=Answer.NOT_ANSWERED))
    return dict(second_reads_in(inspection).annotate(given=answered).values_list("case__number", "given"))


def adjudications_of(read: SecondRead) -> Mapping[str, Adjudication]:
    """The last decision on each question of one second read."""
    return {row.question: row for row in read.adjudications.select_related("changed_by")}


def comparisons_of(read: SecondRead, questions: Iterable[str], reader: str = FIRST_READER) -> tuple[Comparison, ...]:
    """Both reads of a case, question by question; before the second is submitted its reader has answered nothing.

    `reader` stands for the first reader, the second one for themselves by number.
    """
    first = Read(reader, _answers(answers_of(read.case)))
    second = Read(str(read.reader.pk), _answers(answers_of(read.case, read)) if read.submitted_at else {})
    wanted, decided = list(questions), adjudications_of(read)
    standing = {q: _decision(row, first.answers.get(q), second.answers.get(q)) for q, row in decided.items()}
    return side_by_side(read.case.number, wanted, first, second, {q: one for q, one in standing.items() if one})


def _answers(rows: Mapping[str, JudgementFields]) -> Mapping[str, Answer]:
    return {question: Answer(row.answer) for question, row in rows.items()}


def _decision(row: Adjudication, first: Answer | None, second: Answer | None) -> Decision | None:
    """The decision, or None where a reader has changed an answer since."""
    if (row.first, row.second) != (first, second):
        return None
    to = Standing(row.standing)
    return Decision(to, str(row.changed_by_id), row.reason, Answer(row.answer) if to is Standing.OTHER else None)


def agreed_answers_of(case: Case) -> Mapping[str, JudgementFields]:
    """A case's judgements by question, with the answer that was settled where two readers differed, and what the
    second reader wrote beside it where it is theirs."""
    answers, settled, read = answers_of(case), settled_answers(case.inspection), second_read_of(case)
    second = answers_of(case, read) if read and read.submitted_at else {}
    for question, row in answers.items():
        with_settled(row, settled.get((case.number, question)))
        if row.settled and question in second and second[question].answer == row.answer:
            row.note, row.improvement = second[question].note, second[question].improvement
    return answers


def first_answers(inspection: Inspection) -> Mapping[tuple[str, str], Judgement]:
    """The first read's answers in cases whose second read is submitted, by case number and question."""
    submitted = second_reads_in(inspection).exclude(submitted_at=None)
    rows = Judgement.objects.filter(assessment__case__in=submitted.values("case").order_by())
    return {(row.assessment.case.number, row.question): row for row in rows.select_related("assessment__case")}


def second_answers(inspection: Inspection) -> Mapping[tuple[str, str], SecondJudgement]:
    """The answers of every submitted second read, by case number and question."""
    submitted = second_reads_in(inspection).exclude(submitted_at=None)
    rows = SecondJudgement.objects.filter(assessment__in=submitted).select_related("author", "assessment__case")
    return {(row.assessment.case.number, row.question): row for row in rows}


def first_judgements(inspection: Inspection) -> list[Judgement]:
    """Every answer of the first reads that judges something, with its author and case at hand."""
    judged = (Answer.SUFFICIENT, Answer.INSUFFICIENT)
    rows = Judgement.objects.filter(assessment__case__in=sampled_cases(inspection), answer__in=judged)
    return list(rows.select_related("author", "assessment__case"))
