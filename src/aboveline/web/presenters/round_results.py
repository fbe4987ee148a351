"""An audit's results by question and team, what to fix first, and the feedback of one case manager's cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.framework import Framework, Question
from aboveline.domain.judgement import Answer
from aboveline.domain.score import Score
from aboveline.jobs.inspections import ScoredInspection
from aboveline.jobs.second_reading import AgreedRecord
from aboveline.jobs.team_results import TeamResult
from aboveline.records.models import Case
from aboveline.records.models.assessment import JudgementFields
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.scale import interval_words, percent_words
from aboveline.web.presenters.wording import said, short_answer

#: how many questions stand under "what to fix first"
FIRST = 5


@dataclass(frozen=True)
class ToFix:
    """A question that is often not good enough: in how many of the cases it applied to."""

    name: str
    href: str
    words: str


@dataclass(frozen=True)
class AnswerSaid:
    question: str
    answer: str
    note: str
    improvement: str


@dataclass(frozen=True)
class CaseFeedback:
    """What is agreed of one case: how much was good enough, and each answer that was not or has a note.

    `waits` is whether nothing is agreed yet, which `words` then say.
    """

    number: str
    words: str
    answers: tuple[AnswerSaid, ...]
    waits: bool = False


def fix_first(scored: ScoredInspection) -> tuple[ToFix, ...]:
    """The questions asked that were surely not good enough most often, those always good enough left out.

    First comes the one with the highest lower limit of how often it was not: one case of one proves less than many.
    """
    weak = [s for s in scored.scores.questions if s.share is not None and s.share < 1]
    weak.sort(key=lambda score: (_at_best(score), score.share or 0, -score.applicable))
    return tuple(_to_fix(scored, score) for score in weak[:FIRST])


def _at_best(score: Score) -> float:
    """How often the work may be good enough at best; always, where too little is known for an interval."""
    interval = score.practice.interval
    return interval.high if interval else 1.0


def _to_fix(scored: ScoredInspection, score: Score) -> ToFix:
    words = _("not good enough in {count} of {applicable} cases").format(
        count=score.applicable - score.sufficient, applicable=score.applicable
    )
    href = reverse("question", args=[scored.inspection.pk, score.id])
    return ToFix(f"{score.id} {said(score.name)}", href, words)


def teams_table(scored: ScoredInspection, teams: Sequence[TeamResult]) -> Table:
    """Each question asked, with its score over all cases and in each team."""
    columns = (
        Column("question", _("Question"), sortable=False),
        Column("all", _("All cases"), numeric=True, sortable=False),
        *(Column(f"team-{n}", team_name(one), numeric=True, sortable=False) for n, one in enumerate(teams)),
    )
    by_team = [{s.id: s for s in one.scores.questions} if one.scores else None for one in teams]
    rows = tuple(_team_row(scored, score, by_team) for score in scored.scores.questions if score.asked)
    return Table("teams", _("Questions by team"), columns, rows)


def team_name(team: TeamResult) -> str:
    return team.name or _("No team named")


def _team_row(
    scored: ScoredInspection, score: Score, by_team: Sequence[Mapping[str, Score] | None]
) -> tuple[Cell, ...]:
    href = reverse("question", args=[scored.inspection.pk, score.id])
    own = [_score_cell(scores[score.id]) if scores else Cell(_("Too few to show")) for scores in by_team]
    return (Cell(f"{score.id} {said(score.name)}", href=href), _score_cell(score, score.provisional), *own)


def _score_cell(score: Score, why: str = "") -> Cell:
    if score.withheld:
        return Cell(_("withheld"), detail=score.withheld)
    if score.percent is None:
        return Cell("–")
    counts = _("{sufficient} of {applicable}").format(sufficient=score.sufficient, applicable=score.applicable)
    interval = f"; {interval_words(score.practice.interval)}" if score.practice.interval else ""
    return Cell(percent_words(score), detail="; ".join(filter(None, (f"{counts}{interval}", why))))


def case_feedback(framework: Framework, case: Case, record: AgreedRecord) -> CaseFeedback:
    if record.waits:
        return CaseFeedback(case.number, said(record.waits), (), waits=True)
    answers = record.answers
    judged = [row for row in answers.values() if row.answer in {Answer.SUFFICIENT, Answer.INSUFFICIENT}]
    enough = sum(row.answer == Answer.SUFFICIENT for row in judged)
    told = [
        _answer(framework, question, answers.get(question.id))
        for question in framework.questions
        if question.id in record.conflicted or (question.id in answers and _worth_saying(answers[question.id]))
    ]
    words = _("{enough} of {judged} questions good enough").format(enough=enough, judged=len(judged))
    return CaseFeedback(case.number, words, tuple(told))


def _worth_saying(row: JudgementFields) -> bool:
    return row.answer == Answer.INSUFFICIENT or (row.answer == Answer.SUFFICIENT and bool(row.note))


def _answer(framework: Framework, question: Question, row: JudgementFields | None) -> AnswerSaid:
    """Without a row the question is conflicted."""
    name = f"{question.id} {said(question.text)}"
    if row is None:
        return AnswerSaid(name, _("The two readers differ, and it was left unsettled: no answer is agreed"), "", "")
    return AnswerSaid(name, short_answer(framework, row.answer), row.note, row.improvement)
