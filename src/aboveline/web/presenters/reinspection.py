"""What changed between an inspection and its re-inspection, in words, a chart and tables; and the first plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.reinspection import Change, ChangeVerdict, Reinspection
from aboveline.domain.score import Score
from aboveline.jobs.inspections import ScoredInspection
from aboveline.records.models import Inspection
from aboveline.rendering.charts import Chart, Mark
from aboveline.rendering.charts_change import Move, change_chart
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.scale import at, bands_on_scale, percent_words, span
from aboveline.web.presenters.wording import (
    band_words,
    inspection_name,
    listed,
    moderated_words,
    month_of,
    number_word,
    said,
    sentence_case,
    signed,
    told,
)

VERDICTS: Mapping[ChangeVerdict, object] = {
    ChangeVerdict.BETTER: gettext_lazy("Better"),
    ChangeVerdict.WORSE: gettext_lazy("Worse"),
    ChangeVerdict.NO_CLEAR_CHANGE: gettext_lazy("The samples cannot show a change"),
}
PLAN_WORDS: Mapping[str, object] = {
    Inspection.FirstPlan.NOT_RECORDED: gettext_lazy("Not recorded yet"),
    Inspection.FirstPlan.CARRIED_OUT: gettext_lazy("Carried out"),
    Inspection.FirstPlan.PARTLY: gettext_lazy("Partly carried out"),
    Inspection.FirstPlan.NOT_CARRIED_OUT: gettext_lazy("Not carried out"),
}


@dataclass(frozen=True, slots=True)
class ChangePart:
    """The part of an inspection page on change; `first` names the original."""

    first: str
    chart: Chart
    themes: Table
    criteria: Table
    warnings: tuple[str, ...]
    problems: tuple[str, ...]


def points_words(change: Change) -> str:
    """The difference in points with its interval, for example "+37 (28 to 46)"."""
    if change.points is None:
        return "–"
    if change.interval is None:
        return signed(change.points)
    low, high = (signed(100 * limit) for limit in (change.interval.low, change.interval.high))
    return _("{points} ({low} to {high})").format(points=signed(change.points), low=low, high=high)


def change_sentence(change: Change, first: Inspection) -> str:
    """One change in one sentence, never claiming what the samples cannot show."""
    when, points = month_of(first.held_on), signed(change.points or 0)
    if change.interval is None:
        return _("Not testable against {when}: {reason}").format(
            when=when, reason=said(change.no_interval_reason or "")
        )
    if change.verdict is ChangeVerdict.BETTER:
        return _("Better than in {when} by {points} points.").format(when=when, points=points.lstrip("+"))
    if change.verdict is ChangeVerdict.WORSE:
        return _("Worse than in {when} by {points} points.").format(when=when, points=points.lstrip("−"))
    return _("The samples cannot show a change since {when} ({points} points).").format(when=when, points=points)


def change_sentence_of(change: Change, first: Inspection) -> str:
    """One theme's change with its name."""
    return _("{theme}: {change}").format(theme=said(change.name), change=change_sentence(change, first))


def themes_sentence(reinspection: Reinspection, first: Inspection) -> str:
    """How many themes are better, worse or not shown to have changed, for the summary of a page."""
    known = [theme for theme in reinspection.themes if theme.difference is not None]
    when, total = month_of(first.held_on), len(known)
    if total < len(reinspection.themes):
        return " ".join(change_sentence_of(theme, first) for theme in known)
    if total == 1:
        return change_sentence(known[0], first)
    counts = {verdict: sum(t.verdict is verdict for t in known) for verdict in ChangeVerdict}
    if counts[ChangeVerdict.BETTER] == total:
        return _("All {total} themes are better than in {when}.").format(total=number_word(total), when=when)
    if counts[ChangeVerdict.WORSE] == total:
        return _("All {total} themes are worse than in {when}.").format(total=number_word(total), when=when)
    if counts[ChangeVerdict.NO_CLEAR_CHANGE] == total:
        return _("The samples cannot show a change in any theme since {when}.").format(when=when)
    words = {
        ChangeVerdict.BETTER: _("{number} better"),
        ChangeVerdict.WORSE: _("{number} worse"),
        ChangeVerdict.NO_CLEAR_CHANGE: _("{number} where the samples cannot show a change"),
    }
    parts = [words[verdict].format(number=number_word(counts[verdict])) for verdict in ChangeVerdict if counts[verdict]]
    return _("Of {total} themes since {when}: {parts}.").format(
        total=number_word(total), when=when, parts=listed(parts)
    )


def change_part(first: ScoredInspection, second: ScoredInspection, reinspection: Reinspection) -> ChangePart:
    original, again = first.inspection, second.inspection
    return ChangePart(
        first=inspection_name(original),
        chart=change_chart(
            "change",
            _("Themes in {first} and {second}").format(
                first=month_of(original.held_on), second=month_of(again.held_on)
            ),
            themes_sentence(reinspection, original),
            tuple(_move(first, second, theme.id) for theme in reinspection.themes),
            bands_on_scale(second.framework),
            chart_words(before=month_of(original.held_on), after=month_of(again.held_on)),
        ),
        themes=_table("theme-changes", _("Themes"), second.framework, first, second, reinspection.themes),
        criteria=_table("criterion-changes", _("Criteria"), second.framework, first, second, reinspection.criteria),
        warnings=reinspection.warnings,
        problems=tuple(told(problem) for problem in reinspection.problems),
    )


def _move(first: ScoredInspection, second: ScoredInspection, theme: str) -> Move:
    before, after = first.scores.theme_by_id[theme], second.scores.theme_by_id[theme]
    marks = [Mark(place, percent_words(one)) if (place := at(one)) is not None else None for one in (before, after)]
    spans = [span(one.practice.interval) for one in (before, after)]
    return Move(said(after.name), marks[0], marks[1], spans[0], spans[1])


def _table(
    id_: str,
    caption: str,
    framework: Framework,
    first: ScoredInspection,
    second: ScoredInspection,
    changes: Iterable[Change],
) -> Table:
    columns = (
        Column("name", sentence_case(caption), sortable=False),
        Column("before", month_of(first.inspection.held_on), numeric=True, sortable=False),
        Column("after", month_of(second.inspection.held_on), numeric=True, sortable=False),
        Column("points", _("Points (95% interval)"), numeric=True, sortable=False),
        Column("verdict", _("Verdict"), sortable=False),
        Column("band", sentence_case(said(framework.band_word)), sortable=False),
    )
    rows = tuple(_row(framework, first, second, change) for change in changes)
    return Table(id_, caption, columns, rows, caption_hidden=True)


def _row(framework: Framework, first: ScoredInspection, second: ScoredInspection, change: Change) -> tuple[Cell, ...]:
    scores = [_score(one, change) for one in (first, second)]
    bands = [band_words(framework, score) for score in scores]
    moved = bands[0] if bands[0] == bands[1] else _("{before} to {after}").format(before=bands[0], after=bands[1])
    name = said(change.name) if change.primary else f"{change.id} {said(change.name)}"
    return (
        Cell(name),
        *(Cell(percent_words(score), detail=moderated_words(framework, score)) for score in scores),
        Cell(points_words(change)),
        Cell(str(VERDICTS[change.verdict]) if change.interval else change.no_interval_reason or _("Not testable")),
        Cell(moved),
    )


def _score(scored: ScoredInspection, change: Change) -> Score:
    scores = scored.scores
    return (scores.theme_by_id if change.primary else scores.criterion_by_id)[change.id]
