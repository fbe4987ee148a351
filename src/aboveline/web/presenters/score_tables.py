"""Criteria and questions as tables, weakest first: how often, how sure, how it was before, and the way further down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.access import FEWEST_CASES
from aboveline.domain.framework import Framework
from aboveline.domain.reinspection import Change, Reinspection
from aboveline.domain.score import Score
from aboveline.jobs.inspections import ScoredInspection
from aboveline.rendering.charts_interval import row_bar
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.reinspection import VERDICTS
from aboveline.web.presenters.scale import at, edges, interval_words, span
from aboveline.web.presenters.wording import moderated_words, month_of, said, sentence_case, short_band, signed

#: how many of the weakest questions an inspection page shows before it is asked for all
WEAKEST = 12

Address = Callable[[str], str]


@dataclass(frozen=True)
class Before:
    """The first inspection's scores by id, the changes since, and the month they are headed with."""

    scores: Mapping[str, Score]
    changes: Mapping[str, Change]
    when: str

    @classmethod
    def of(cls, first: ScoredInspection, changes: Iterable[Change], scores: Mapping[str, Score]) -> "Before":
        return cls(scores, {change.id: change for change in changes}, month_of(first.inspection.held_on))


def criteria_table(
    scored: ScoredInspection, address: Address, first: ScoredInspection | None, change: Reinspection | None
) -> Table:
    """Every criterion; with a first inspection also its score then and the change, which is exploratory."""
    before = Before.of(first, change.criteria, first.scores.criterion_by_id) if first and change else None
    now = month_of(scored.inspection.held_on)
    picture = _("Then and now") if before else _("On the scale")
    columns = [
        Column("criterion", _("Criterion")),
        Column("score", now if before else _("Score"), numeric=True),
        Column("interval", _("95% interval"), numeric=True, sortable=False),
        Column("picture", picture, sortable=False),
        Column("band", sentence_case(said(scored.framework.band_word))),
    ]
    if before:
        columns += [Column("before", before.when, numeric=True), Column("change", _("Change"), numeric=True)]
    rows = tuple(_criterion_row(scored.framework, score, address, before) for score in scored.scores.criteria)
    return Table("criteria", _("Criteria"), tuple(columns), rows, caption_hidden=True)


def _criterion_row(framework: Framework, score: Score, address: Address, before: Before | None) -> tuple[Cell, ...]:
    earlier = before.scores.get(score.id) if before else None
    cells = [
        Cell(f"{score.id} {said(score.name)}", href=address(score.id), detail=_decided(score)),
        *_score_cells(score),
        Cell(_picture(framework, score, earlier)),
        _band_cell(framework, score),
    ]
    if before:
        cells += [_percent_cell(earlier), _change_cell(before.changes.get(score.id))]
    return tuple(cells)


def _decided(score: Score) -> str:
    """How many of its questions were asked, where not all, and which of them decides, where one does, on how many
    cases."""
    asked = _("{asked} of {all} questions asked").format(asked=score.asked, all=score.questions)
    cases = score.applicable_cases
    words = ngettext("lowest: {questions}, in {count} case", "lowest: {questions}, in {count} cases", cases)
    names = ", ".join(score.decision.lowest if score.decision else ())
    lowest = words.format(questions=names, count=cases) + (_(": too few to say much") if cases < FEWEST_CASES else "")
    told = [asked] if score.partly_asked else []
    return "; ".join(told + ([lowest] if score.decision and score.decision.lowest else []))


def questions_table(framework: Framework, scores: Iterable[Score], address: Address) -> Table:
    """Questions with what was sufficient of what was applicable."""
    columns = (
        Column("question", _("Question")),
        Column("score", _("Score"), numeric=True),
        Column("interval", _("95% interval"), numeric=True, sortable=False),
        Column("picture", _("On the scale"), sortable=False),
        Column("counts", _("Sufficient of applicable"), numeric=True),
        Column("band", sentence_case(said(framework.band_word))),
    )
    places = {question.id: place for place, question in enumerate(framework.questions)}
    rows = tuple(_question_row(framework, score, address, places[score.id]) for score in scores)
    return Table("questions", _("Questions"), columns, rows, parameter="order", caption_hidden=True)


def _question_row(framework: Framework, score: Score, address: Address, place: int) -> tuple[Cell, ...]:
    counts = _("{sufficient} of {applicable}").format(sufficient=score.sufficient, applicable=score.applicable)
    return (
        Cell(said(score.name), href=address(score.id), order=place, detail=score.id),
        *_score_cells(score),
        Cell(_picture(framework, score, None)),
        Cell("–", order=None) if score.withheld else Cell(counts, order=score.applicable),
        _band_cell(framework, score),
    )


def _score_cells(score: Score) -> tuple[Cell, Cell]:
    return _percent_cell(score), Cell(interval_words(score.interval))


def _percent_cell(score: Score | None) -> Cell:
    if score is None or score.percent is None:
        return Cell("–", order=None)
    return Cell(f"{score.percent}%", order=score.share)


def _band_cell(framework: Framework, score: Score) -> Cell:
    if score.withheld:
        return Cell(said(score.no_interval_reason), order=None)
    words = short_band(framework, score.band) if score.asked else _("Not asked")
    return Cell(words, order=score.band.from_percent if score.band else None, detail=moderated_words(framework, score))


def _picture(framework: Framework, score: Score, earlier: Score | None) -> SafeString:
    bar = row_bar(at(score), span(score.interval), at(earlier) if earlier else None, edges(framework))
    return SafeString(bar)


def _change_cell(change: Change | None) -> Cell:
    if change is None or change.points is None:
        return Cell("–", order=None)
    detail = str(VERDICTS[change.verdict]) if change.interval else _("Not testable")
    return Cell(signed(change.points), order=change.difference, detail=detail)
