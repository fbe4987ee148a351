"""A criterion's page and a question's page: the score, how it is made, and what lies below it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.access import FEWEST_CASES
from aboveline.domain.framework import Certainty, Criterion, Framework, Question
from aboveline.domain.rating import LOWEST_CAUTION
from aboveline.domain.score import Score, Step
from aboveline.jobs.inspections import ScoredInspection, change_between
from aboveline.rendering.charts import Chart
from aboveline.web.components import ScoreFigure, Table
from aboveline.web.presenters.frameworks import CERTAINTIES
from aboveline.web.presenters.headlines import score_figure_of, single_chart
from aboveline.web.presenters.reinspection import change_sentence
from aboveline.web.presenters.score_tables import questions_table
from aboveline.web.presenters.wording import inspection_name, listed, moderated_words, said


@dataclass(frozen=True, slots=True)
class CriterionPage:
    """`changed` says how it moved since the first inspection; empty where there was none.

    `decided` says which question decides, with its `caution`; empty where all its judgements count together.
    """

    id: str
    name: str
    caption: str
    often: str
    decided: str
    caution: str
    changed: str
    figure: ScoreFigure
    chart: Chart | None
    working: tuple[Step, ...]
    questions: Table


@dataclass(frozen=True, slots=True)
class QuestionPage:
    id: str
    text: str
    caption: str
    often: str
    sufficient_when: str
    insufficient_when: str
    prompts: tuple[str, ...]
    applies: str
    themes: str
    source: str
    certainty: str
    figure: ScoreFigure
    chart: Chart | None
    working: tuple[Step, ...]


def often(score: Score) -> str:
    """The sentence a score's page begins with."""
    if score.percent is None:
        return said(score.no_interval_reason or "")
    words = _("Good enough {percent}% of the time: {sufficient} of {applicable} judgements.")
    return words.format(percent=score.percent, sufficient=score.sufficient, applicable=score.applicable)


def decided(framework: Framework, score: Score) -> str:
    """Which question decides a criterion that is rated by its lowest; empty for any other."""
    if score.decision is None or not score.decision.lowest:
        return ""
    names = listed([f"{id} {said(framework.question_by_id[id].text)}" for id in score.decision.lowest])
    cases = score.applicable_cases
    judged = ngettext("judged in {count} case", "judged in {count} cases", cases).format(count=cases)
    few = _(" So few cases say little.") if cases < FEWEST_CASES else ""
    if score.decision.tied:
        words = _("These questions are its lowest and tie: {questions} (the least certain {judged}).")
        return words.format(questions=names, judged=judged) + few
    return _("Its lowest question decides: {question} ({judged}).").format(question=names, judged=judged) + few


def criterion_page(
    scored: ScoredInspection, first: ScoredInspection | None, criterion: Criterion, order: str
) -> CriterionPage:
    score = scored.scores.criterion_by_id[criterion.id]
    ids = {question.id for question in criterion.questions}
    below = [question for question in scored.scores.questions if question.id in ids]

    def address(question: str) -> str:
        return reverse("question", args=[scored.inspection.pk, question])

    return CriterionPage(
        id=criterion.id,
        name=f"{criterion.id} {said(criterion.name)}",
        caption=inspection_name(scored.inspection),
        often=often(score),
        decided=decided(scored.framework, score),
        caution=said(LOWEST_CAUTION) if score.decision else "",
        changed=_changed(scored, first, criterion),
        figure=score_figure_of(scored.framework, score, name=_("Score")),
        chart=single_chart(scored.framework, score, "criterion"),
        working=score.working(),
        questions=questions_table(scored.framework, below, address).sorted_by(order),
    )


def _changed(scored: ScoredInspection, first: ScoredInspection | None, criterion: Criterion) -> str:
    change = change_between(first, scored) if first else None
    if first is None or change is None:
        return ""
    found = next(one for one in change.criteria if one.id == criterion.id)
    before = first.scores.criterion_by_id[criterion.id]
    mark = _("The first score: {mark}.").format(mark=moderated_words(first.framework, before))
    return f"{change_sentence(found, first.inspection)} {mark if before.provisional else ''}".strip()


def question_page(scored: ScoredInspection, question: Question) -> QuestionPage:
    score = scored.scores.question_by_id[question.id]
    words = question.applies.words
    names = [said(theme.name) for theme in scored.framework.themes if theme.id in question.themes]
    return QuestionPage(
        id=question.id,
        text=said(question.text),
        caption=inspection_name(scored.inspection),
        often=often(score),
        sufficient_when=said(question.sufficient_when),
        insufficient_when=said(question.insufficient_when),
        prompts=tuple(said(prompt) for prompt in question.prompts),
        applies=_("Always")
        if question.applies.always or words is None
        else _("When {words}").format(words=said(words)),
        themes=listed(names) or _("No headline theme"),
        source=question.source.text,
        certainty=str(CERTAINTIES[Certainty(question.source.certainty)]),
        figure=score_figure_of(scored.framework, score, name=_("Score")),
        chart=single_chart(scored.framework, score, "question"),
        working=score.working(),
    )
