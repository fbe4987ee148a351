"""How far an inspection has come, in counts; and what its assessors found and answered, case by case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Max, Sum

from aboveline.domain.judgement import Answer
from aboveline.records.models import Adjudication, CaseFinding, Inspection, Judgement, User
from aboveline.records.queries.inspections import draw_in_force, inspections_of, sampled_cases


@dataclass(frozen=True, slots=True)
class Stage:
    """Counts of one inspection: cases on its list, draws made, cases under assessment, and those with an assessment."""

    inspection: Inspection
    listed: int
    draws: int
    sampled: int
    begun: int


def stage_of(inspection: Inspection) -> Stage:
    cases = sampled_cases(inspection)
    draw = draw_in_force(inspection)
    return Stage(
        inspection=inspection,
        listed=inspection.cases.count(),
        draws=draw.ordinal if draw else 0,
        sampled=cases.count(),
        begun=cases.filter(assessment__isnull=False).count(),
    )


def cases_under_assessment(inspection: Inspection) -> int:
    return sampled_cases(inspection).count()


def marks_of(inspection: Inspection) -> str:
    """A short text that changes whenever a judgement of the inspection, what was settled or its sample does, cheap to
    ask for."""
    rows = Judgement.objects.filter(assessment__case__inspection=inspection)
    saved = rows.aggregate(rows=Count("id"), versions=Sum("version"), last=Max("saved_at"))
    begun = inspection.cases.filter(assessment__isnull=False).count()
    drawn = inspection.draws.aggregate(draws=Count("id", distinct=True), versions=Sum("drawn__version"))
    settled = Adjudication.objects.filter(read__case__inspection=inspection).aggregate(Count("id"), Sum("version"))
    last = saved["last"].timestamp() if saved["last"] else 0
    parts = (saved["rows"], saved["versions"], last, begun, *drawn.values(), *settled.values())
    return "-".join(str(part) for part in parts)


def findings_in(inspection: Inspection) -> Mapping[str, Mapping[str, str]]:
    """What assessors found of each case under assessment, by case number and fact."""
    rows = CaseFinding.objects.filter(assessment__case__in=sampled_cases(inspection))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for number, fact, option in rows.values_list("assessment__case__number", "fact", "option"):
        found[number][fact] = option
    return found


def answer_counts(inspection: Inspection, questions: Iterable[str]) -> Mapping[str, int]:
    """How many of these questions are answered in each case under assessment, by case number."""
    answered = Judgement.objects.filter(assessment__case__in=sampled_cases(inspection), question__in=questions)
    counts = answered.exclude(answer=Answer.NOT_ANSWERED).values("assessment__case").annotate(answers=Count("id"))
    found = dict(counts.values_list("assessment__case", "answers"))
    cases = sampled_cases(inspection).order_by("number").values_list("pk", "number")
    return {number: found.get(pk, 0) for pk, number in cases}


def answered_in(inspection: Inspection, numbers: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The questions with an answer in each of these cases under assessment, by case number."""
    cases = sampled_cases(inspection).filter(number__in=numbers)
    given: dict[str, set[str]] = defaultdict(set)
    rows = Judgement.objects.filter(assessment__case__in=cases).exclude(answer=Answer.NOT_ANSWERED)
    for number, question in rows.values_list("assessment__case__number", "question"):
        given[number].add(question)
    return {number: frozenset(questions) for number, questions in given.items()}


def inspections_matching(user: User, *, slug: str = "", kind: str = "", framework_id: str = "") -> list[Inspection]:
    """A person's inspections, newest first, narrowed by service, kind and framework where given."""
    wanted = {"service__slug": slug, "kind": kind, "framework_id": framework_id}
    return list(inspections_of(user).filter(**{field: value for field, value in wanted.items() if value}))
