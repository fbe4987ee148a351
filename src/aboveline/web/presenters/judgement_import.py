"""A file of judgements as the page shows it before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import Problem
from aboveline.jobs.judgement_import import ImportPlan
from aboveline.web.components import SummaryRow

PROBLEMS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PlanView:
    """`changes`: how many answers confirming would write."""

    sentence: str
    changes: int
    rows: tuple[SummaryRow, ...]
    assessors: int


@dataclass(frozen=True, slots=True)
class ProblemRows:
    """The problems of a file, as many as a page holds; `unshown` is how many more there are."""

    shown: Sequence[Problem]
    count: int
    unshown: int


def plan_view(plan: ImportPlan, framework: Framework) -> PlanView:
    changes = plan.new + plan.replaced
    answers = ngettext("{n} answer", "{n} answers", changes).format(n=changes)
    cases = ngettext("{n} case", "{n} cases", plan.cases).format(n=plan.cases)
    words = _("The file would save {answers} in {cases}.").format(answers=answers, cases=cases)
    sentence = words if changes else _("Everything in this file is on record already; there is nothing to save.")
    given = [SummaryRow(str(framework.answers[answer]), str(plan.counts.get(answer, 0))) for answer in Answer]
    counted = (
        (_("Cases known by our number"), plan.by_number),
        (_("Cases known by your own reference"), plan.by_reference),
        (_("Cases not known yet, which would be added"), len(plan.of_new_cases)),
        (_("Answers not on record yet"), plan.new),
        (_("Answers on record that would be replaced"), plan.replaced),
        (_("Answers on record already"), plan.same),
        (_("Answers on record that the file leaves blank, which stay"), plan.kept),
    )
    rows = (*given, *(SummaryRow(key, str(number)) for key, number in counted if number))
    return PlanView(sentence, changes, rows, plan.assessors)


def problem_rows(problems: Sequence[Problem]) -> ProblemRows:
    return ProblemRows(problems[:PROBLEMS_SHOWN], len(problems), max(0, len(problems) - PROBLEMS_SHOWN))
