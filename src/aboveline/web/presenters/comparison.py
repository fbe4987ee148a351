"""An area beside the others: the words of a verdict, the marks of a chart, and the page that shows where each cell is
from."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.comparator import Basis, Figure, RowsComparator
from aboveline.domain.comparison import Comparison, ThemeComparison, Verdict
from aboveline.domain.framework import Framework
from aboveline.domain.published import words_for
from aboveline.domain.rating import whole_percent
from aboveline.rendering.charts import Chart, Mark
from aboveline.rendering.charts_interval import Comparators, ScoreOnBands, interval_on_bands
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.scale import bands_on_scale, span
from aboveline.web.presenters.wording import day_of, listed, said

VERDICTS: Mapping[Verdict, object] = {
    Verdict.ABOVE: gettext_lazy("Above the average"),
    Verdict.BELOW: gettext_lazy("Below the average"),
    Verdict.NO_CLEAR_DIFFERENCE: gettext_lazy("No clear difference from the average"),
    Verdict.NOT_TESTABLE: gettext_lazy("Not testable"),
}
BASES: Mapping[Basis, object] = {
    Basis.PRINTED: gettext_lazy("the latest lowest, highest and average printed in inspection reports by that day"),
    Basis.ROWS: gettext_lazy("the areas’ own published scores found for that day"),
}


def verdict_sentence(theme: ThemeComparison) -> str:
    """How a score stands to the average, in one sentence."""
    if theme.verdict is Verdict.NOT_TESTABLE or theme.average is None:
        reason = said(next(iter(theme.reasons), ""))
        average = _("Average {percent}%.").format(percent=theme.average.percent) if theme.average else ""
        return f"{average} {reason}".strip()
    return _("{verdict} ({percent}%).").format(verdict=VERDICTS[theme.verdict], percent=theme.average.percent)


def comparators(theme: ThemeComparison | None) -> Comparators:
    if theme is None:
        return Comparators()
    return Comparators(
        _mark(theme.lowest), _mark(theme.average), _mark(theme.highest), _holders(theme.lowest), _holders(theme.highest)
    )


def _mark(figure: Figure | None) -> Mark | None:
    return Mark(float(100 * figure.share), str(figure.percent)) if figure else None


def _holders(figure: Figure | None) -> str:
    return listed(figure.holders) if figure else ""


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    """One theme on the comparison page; `standing` says the rank and quartile, or why there are none."""

    name: str
    percent: int | None
    verdict: str
    chart: Chart
    cells: Table
    standing: str
    reasons: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    area: str
    as_at: str
    basis: str
    caution: str
    themes: tuple[ComparedTheme, ...]
    areas: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    programme_areas: int | None


def comparison_page(framework: Framework, comparison: Comparison) -> ComparisonPage:
    comparator = comparison.comparator
    rows = comparator if isinstance(comparator, RowsComparator) else None
    return ComparisonPage(
        area=comparison.area,
        as_at=day_of(comparator.as_at),
        basis=str(BASES[comparator.basis]),
        caution=comparison.caution,
        themes=tuple(_compared(framework, theme) for theme in comparison.themes),
        areas=tuple(entry.area for entry in rows.entries) if rows else (),
        left_out=rows.left_out if rows else (),
        programme_areas=rows.programme_areas if rows else None,
    )


def _compared(framework: Framework, theme: ThemeComparison) -> ComparedTheme:
    percent = whole_percent(theme.score.share) if theme.score else None
    standing = theme.standing
    return ComparedTheme(
        name=theme.name,
        percent=percent,
        verdict=str(VERDICTS[theme.verdict]),
        chart=_chart(framework, theme, percent),
        cells=_cells(theme),
        standing=_standing(theme),
        reasons=tuple(reason for reason in theme.reasons if reason != standing.reason),
        own=theme.own_score_in_set or "",
    )


def _chart(framework: Framework, theme: ThemeComparison, percent: int | None) -> Chart:
    shown = ScoreOnBands(
        id=f"compared-{theme.id}",
        title=_("{theme}: this area beside the others").format(theme=said(theme.name)),
        sentence=verdict_sentence(theme),
        bands=bands_on_scale(framework),
        score=None if percent is None else Mark(float(percent), str(percent)),
        interval=span(theme.score.interval) if theme.score else None,
        comparators=comparators(theme),
    )
    return interval_on_bands(shown, chart_words())


def _standing(theme: ThemeComparison) -> str:
    standing = theme.standing
    if standing.rank is None:
        return standing.reason or ""
    words = _("Rank {rank} of {of} (1 is best), quartile {quartile}.").format(
        rank=standing.rank, of=standing.of, quartile=standing.quartile
    )
    return f"{words} {said(standing.reason or '')}".strip()


def _cells(theme: ThemeComparison) -> Table:
    """Each cell of the comparator set with its own holder, date and source."""
    columns = (
        Column("figure", _("Figure"), sortable=False),
        Column("percent", _("Percent"), numeric=True, sortable=False),
        Column("held", _("Held by"), sortable=False),
        Column("published", _("Published"), sortable=False),
        Column("source", _("Source"), sortable=False),
    )
    named = ((_("Lowest"), theme.lowest), (_("Average"), theme.average), (_("Highest"), theme.highest))
    rows = tuple(_row(name, figure) for name, figure in named)
    caption = _("{theme}: where each figure comes from").format(theme=said(theme.name))
    return Table(f"cells-{theme.id}", caption, columns, rows, caption_hidden=True)


def _row(name: str, figure: Figure | None) -> tuple[Cell, ...]:
    if figure is None:
        return Cell(name), Cell("–"), Cell("–"), Cell(_("none by this date")), Cell("–")
    held = listed(figure.holders) or "–"
    return (
        Cell(name),
        Cell(f"{figure.percent}%"),
        Cell(held),
        Cell(words_for(figure.published)),
        Cell(_linked(figure.source)),
    )


def _linked(source: str) -> SafeString:
    """A source with the addresses in it as links; everything else escaped."""
    linked = urlize(source, trim_url_limit=60, nofollow=True, autoescape=True)
    return SafeString(linked.replace("<a ", '<a class="govuk-link" '))
