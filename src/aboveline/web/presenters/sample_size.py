"""What a size buys, before the draw: a sentence, a chart and its figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aboveline.domain.framework import Framework
from aboveline.domain.sample_size import (
    ASSUMED_DESIGN_EFFECT,
    ASSUMED_JUDGEMENTS,
    Precision,
    precision,
    precision_table,
)
from aboveline.rendering.charts import Chart
from aboveline.rendering.charts_precision import MarginAt, MarginWords, points, precision_chart
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.case_words import cases_words, whole_percent

#: how many sizes the curves are drawn through
STEPS = 40


@dataclass(frozen=True, slots=True)
class SizePage:
    sentence: str
    assumption: str
    chart: Chart | None
    table: Table


def usual_size(framework: Framework, eligible: int) -> int:
    """The middle one of the sizes the framework's reports name, or every case where there are fewer."""
    typical = sorted(framework.sample.typical_sizes)
    return max(1, min(typical[len(typical) // 2] if typical else eligible, eligible))


def size_page(eligible: int, size: int) -> SizePage:
    """The precision of `size` of so many eligible cases. Raises ValueError unless 1 <= size <= eligible."""
    if not 1 <= size <= eligible:
        raise ValueError(f"{size} of {eligible} cases is no sample")
    chosen = _precision(size, eligible)
    return SizePage(_sentence(chosen, eligible), _assumption(), _chart(chosen, eligible), _table(chosen, eligible))


def _precision(size: int, eligible: int) -> Precision:
    return precision(size, eligible, deff=ASSUMED_DESIGN_EFFECT, mean_m=ASSUMED_JUDGEMENTS)


def _sentence(chosen: Precision, eligible: int) -> str:
    if chosen.size == eligible:
        return _("All {cases} are read: nothing is left to the chance of a draw.").format(cases=cases_words(eligible))
    if chosen.score_margin is None:
        return _("One case says nothing of the others: no interval can be given.")
    return _(
        "With {size} of {eligible} cases, a theme's score can be expected within about {score} points either way, and "
        "the share of cases with some feature within about {case} points."
    ).format(
        size=chosen.size,
        eligible=eligible,
        score=f"{100 * chosen.score_margin:.0f}",
        case=f"{100 * chosen.case_margin:.0f}",
    )


def _assumption() -> str:
    return _(
        "The margin of a theme's score is at 95% and assumes {judgements} applicable judgements a case that hang "
        "together (design effect {deff}): an assumption, since no public case-level data exist. The margin of a "
        "feature is at 80%. Both are for the worst case, a share of one half, and describe these cases only."
    ).format(judgements=f"{ASSUMED_JUDGEMENTS:g}", deff=f"{ASSUMED_DESIGN_EFFECT:g}")


def _words(size: int) -> MarginWords:
    return MarginWords(
        (_("Cases"), _("A feature of cases (80%)"), _("A theme's score (95%)")),
        _("Cases drawn"),
        cases_words(size),
        _("none"),
    )


def _margin(found: Precision) -> MarginAt:
    score = found.score_margin
    return MarginAt(found.size, 100 * found.case_margin, None if score is None else 100 * score)


def _chart(chosen: Precision, eligible: int) -> Chart | None:
    """None where there are too few cases for a curve."""
    if eligible < 3:
        return None
    step = max(1, eligible // STEPS)
    sizes = sorted({*range(step, eligible, step), eligible})
    sentence = _("Margins in percentage points either way, by the number of cases drawn.")
    margins = [_margin(_precision(size, eligible)) for size in sizes]
    title = _("What a size of sample buys")
    return precision_chart("precision", title, sentence, margins, _margin(chosen), _words(chosen.size))


def _table(chosen: Precision, eligible: int) -> Table:
    """The size in hand among those that reach 15, 10, 7.5 and 5 points for a feature of cases."""
    words = _words(chosen.size)
    columns = (
        Column("size", words.columns[0], sortable=False),
        Column("share", _("Of those eligible"), True, sortable=False),
        Column("case", words.columns[1], True, sortable=False),
        Column("score", words.columns[2], True, sortable=False),
    )
    rows = tuple(_row(one, one.size == chosen.size, words) for one in precision_table(eligible, [chosen.size]))
    return Table("precision-table", _("Sizes and what they buy"), columns, rows)


def _row(found: Precision, chosen: bool, words: MarginWords) -> tuple[Cell, ...]:
    margin = _margin(found)
    return (
        Cell(str(found.size), detail=_("the size in hand") if chosen else ""),
        Cell(whole_percent(found.share_of_caseload)),
        Cell(points(margin.case)),
        Cell(points(margin.score, words.none)),
    )
