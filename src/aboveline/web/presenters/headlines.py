"""The headline scores: each a figure with its interval, band and counts, beside its place among others and before."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aboveline.domain.comparison import Comparison, ThemeComparison
from aboveline.domain.framework import Framework
from aboveline.domain.reinspection import Reinspection
from aboveline.domain.score import Score, Step
from aboveline.jobs.inspections import ScoredInspection
from aboveline.rendering.charts import Chart, Mark
from aboveline.rendering.charts_interval import ScoreOnBands, interval_on_bands
from aboveline.web.components import ScoreFigure
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.comparison import comparators, verdict_sentence
from aboveline.web.presenters.reinspection import change_sentence
from aboveline.web.presenters.scale import at, bands_on_scale, limits, percent_words, span, tone_of
from aboveline.web.presenters.wording import moderated_words, month_of, said


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure, its chart (None where it is not scored), and the steps from its counts to its interval."""

    figure: ScoreFigure
    chart: Chart | None
    working: tuple[Step, ...]


def score_figure_of(
    framework: Framework, score: Score, *, name: str = "", description: str = "", href: str = ""
) -> ScoreFigure:
    low, high = limits(score.interval)
    return ScoreFigure(
        name=name or said(score.name),
        percent=score.percent,
        sufficient=score.sufficient,
        applicable=score.applicable,
        cases=score.applicable_cases,
        low=low,
        high=high,
        band=said(score.band.name) if score.band else "",
        tone=tone_of(framework, score.band),
        description=description,
        reason=score.no_interval_reason or "",
        href=href,
        withheld=bool(score.withheld),
        mark=moderated_words(framework, score),
    )


def headlines(
    scored: ScoredInspection,
    comparison: Comparison | None,
    first: ScoredInspection | None,
    change: Reinspection | None,
) -> tuple[Headline, ...]:
    """One for each theme, in the framework's order."""
    compared = comparison.theme_by_id if comparison else {}
    themes = zip(scored.framework.themes, scored.scores.themes, strict=True)
    return tuple(
        Headline(
            score_figure_of(scored.framework, score, description=said(theme.description)),
            _chart(scored, score, compared, first, change),
            score.working(),
        )
        for theme, score in themes
    )


def _chart(
    scored: ScoredInspection,
    score: Score,
    compared: Mapping[str, ThemeComparison],
    first: ScoredInspection | None,
    change: Reinspection | None,
) -> Chart | None:
    place = at(score)
    if place is None:
        return None
    beside = compared.get(score.id)
    parts = [verdict_sentence(beside)] if beside else []
    if first and change:
        parts.append(change_sentence(change.theme_by_id[score.id], first.inspection))
    shown = ScoreOnBands(
        id=f"theme-{score.id}",
        title=_("{theme}: the score on the bands").format(theme=said(score.name)),
        sentence=" ".join(parts) or _("{percent}% of judgements were sufficient.").format(percent=score.percent),
        bands=bands_on_scale(scored.framework),
        score=Mark(place, str(score.percent)),
        interval=span(score.interval),
        comparators=comparators(beside),
        earlier=_earlier(score, first) if first and change else None,
    )
    return interval_on_bands(shown, chart_words())


def _earlier(score: Score, first: ScoredInspection) -> Mark | None:
    before = first.scores.theme_by_id[score.id]
    place = at(before)
    return None if place is None else Mark(place, f"{month_of(first.inspection.held_on)}: {percent_words(before)}")


def single_chart(framework: Framework, score: Score, id_: str) -> Chart | None:
    """One criterion's or question's score on the bands."""
    place = at(score)
    if place is None:
        return None
    shown = ScoreOnBands(
        id=id_,
        title=_("{name}: the score on the bands").format(name=said(score.name)),
        sentence=_("{percent}% of judgements were sufficient.").format(percent=score.percent),
        bands=bands_on_scale(framework),
        score=Mark(place, str(score.percent)),
        interval=span(score.interval),
    )
    return interval_on_bands(shown, chart_words())
