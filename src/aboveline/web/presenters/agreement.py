"""Agreement and leniency in words, figures and a chart."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.agreement import Agreement
from aboveline.domain.chance_agreement import Coefficient
from aboveline.domain.framework import Framework
from aboveline.domain.leniency import Leniency
from aboveline.domain.severity import Drift
from aboveline.domain.statistics import Interval
from aboveline.jobs.agreement import Reliability
from aboveline.rendering.charts import Chart, Mark
from aboveline.rendering.charts_change import Move, change_chart
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.scale import bands_on_scale
from aboveline.web.presenters.wording import day_of, said


def agreement_sentence(found: Reliability) -> str:
    """What is true of the whole, before any table."""
    whole = found.agreement.whole
    if whole.share.value is None:
        return _("Nothing can be said of agreement yet: no case chosen by the seed has been read twice and handed in.")
    words = ngettext(
        "In {count} case read twice the readers agreed on {agreeing} of {pairs} answers, {share}. Gwet’s AC1 is {ac1}.",
        "In {count} cases read twice the readers agreed on {agreeing} of {pairs} answers, {share}. "
        "Gwet’s AC1 is {ac1}.",
        whole.cases,
    )
    return words.format(
        count=whole.cases,
        agreeing=whole.agreeing,
        pairs=whole.pairs,
        share=percent_words(whole.share),
        ac1=coefficient_words(whole.ac1),
    )


def unequal(found: Reliability) -> str:
    """That some of the cases had a higher chance of being chosen than the others; empty where none had."""
    count = found.for_the_reader
    words = ngettext(
        "{count} of these cases was chosen so that its first reader has one. Such a case had a higher chance of being "
        "chosen and counts as much as any other, so the whole leans towards readers of few cases.",
        "{count} of these cases were chosen so that their first readers have one. Such a case had a higher chance of "
        "being chosen and counts as much as any other, so the whole leans towards readers of few cases.",
        count,
    )
    return words.format(count=count) if count else ""


def left_out(found: Reliability) -> tuple[str, ...]:
    """What the figures of agreement do not hold."""
    lines = (
        (found.by_hand, ngettext("{count} case chosen by hand", "{count} cases chosen by hand", found.by_hand)),
        (
            found.had_seen,
            ngettext(
                "{count} case whose second reader had opened the first read before",
                "{count} cases whose second readers had opened the first read before",
                found.had_seen,
            ),
        ),
        (found.waiting, ngettext("{count} read not handed in", "{count} reads not handed in", found.waiting)),
        (
            found.not_blind,
            ngettext(
                "{count} first answer given after both reads had been seen side by side",
                "{count} first answers given after both reads had been seen side by side",
                found.not_blind,
            ),
        ),
        (
            found.agreement.whole.not_answered,
            ngettext(
                "{count} question not answered by one of the two",
                "{count} questions not answered by one of the two",
                found.agreement.whole.not_answered,
            ),
        ),
        (
            found.agreement.whole.by_case_facts,
            ngettext(
                "{count} question ruled out by the case facts of both",
                "{count} questions ruled out by the case facts of both",
                found.agreement.whole.by_case_facts,
            ),
        ),
    )
    return tuple(words.format(count=count) for count, words in lines if count)


def agreement_table(id: str, caption: str, what: str, rows: Sequence[Agreement]) -> Table:
    columns = (
        Column("what", what, sortable=False),
        Column("pairs", _("Pairs of answers"), numeric=True, sortable=False),
        Column("share", _("Agreement"), numeric=True, sortable=False),
        Column("ac1", _("Gwet’s AC1"), numeric=True, sortable=False),
        Column("kappa", _("Cohen’s kappa"), numeric=True, sortable=False),
    )
    cells = tuple(
        (
            Cell(_named(row), detail=_tilt(row)),
            Cell(str(row.pairs), detail=_cases(row.cases_with_pairs)),
            _figure(row.share, percent=True),
            _figure(row.ac1),
            _figure(row.kappa),
        )
        for row in rows
    )
    return Table(id, caption, columns, cells)


def _named(row: Agreement) -> str:
    name = said(row.name)
    return name if row.id in (name, "inspection") else f"{row.id} {name}"


def _cases(count: int) -> str:
    return ngettext("{count} case", "{count} cases", count).format(count=count)


def _tilt(row: Agreement) -> str:
    """Which of the two was above the line where they differ."""
    if not row.first_above and not row.second_above:
        return ""
    words = _("Only the first reader found it sufficient: {first}; only the second: {second}")
    return words.format(first=row.first_above, second=row.second_above)


def _figure(figure: Coefficient, *, percent: bool = False) -> Cell:
    """The value with its interval below it, or why there is none."""
    if figure.value is None:
        return Cell("–", detail=said(figure.reason))
    text = _percent(figure.value) if percent else f"{float(figure.value):.2f}"
    limits = _limits(figure.interval, percent=percent) if figure.interval else said(figure.reason)
    return Cell(text, detail=limits)


def _percent(share: Fraction | float) -> str:
    return f"{int(100 * share + Fraction(1, 2))}%"


def _limits(interval: Interval, *, percent: bool) -> str:
    if percent:
        return _("{low} to {high}").format(low=_percent(interval.low), high=_percent(interval.high))
    return _("{low} to {high}").format(low=f"{interval.low:.2f}", high=f"{interval.high:.2f}")


def percent_words(figure: Coefficient) -> str:
    return _with_limits(_percent(figure.value or 0), figure, percent=True)


def coefficient_words(figure: Coefficient) -> str:
    return _with_limits(f"{float(figure.value or 0):.2f}", figure, percent=False)


def _with_limits(value: str, figure: Coefficient, *, percent: bool) -> str:
    if figure.interval is None:
        return value
    limits = _limits(figure.interval, percent=percent)
    return _("{value} (95% interval {limits})").format(value=value, limits=limits)


def leniency_chart(framework: Framework, rows: Sequence[Leniency]) -> Chart | None:
    """Each assessor's share sufficient beside what everybody else found on the same questions."""
    moves = tuple(
        Move(
            row.assessor,
            Mark(float(100 * row.expected), _percent(row.expected)),
            Mark(float(100 * row.observed), _percent(row.observed)),
        )
        for row in rows
        if row.observed is not None and row.expected is not None
    )
    if not moves:
        return None
    title = _("Share sufficient: everybody else on the same questions, and each assessor")
    words = chart_words(before=_("Others"), after=_("Assessor"))
    return change_chart("leniency", title, leniency_sentence(rows), moves, bands_on_scale(framework), words)


def leniency_sentence(rows: Sequence[Leniency]) -> str:
    apart = [f"{row.assessor} {said(row.verdict.words)}" for row in rows if row.interval and row.interval.low > 0]
    apart += [f"{row.assessor} {said(row.verdict.words)}" for row in rows if row.interval and row.interval.high < 0]
    if not apart:
        return _("The readings cannot show that any assessor finds work sufficient more or less often than the others.")
    return "; ".join(apart) + "."


def leniency_table(rows: Sequence[Leniency], drifts: Sequence[Drift]) -> Table:
    columns = (
        Column("who", _("Assessor"), sortable=False),
        Column("own", _("Sufficient"), numeric=True, sortable=False),
        Column("others", _("Others, same questions"), numeric=True, sortable=False),
        Column("difference", _("Difference in points"), numeric=True, sortable=False),
        Column("drift", _("Over the days"), sortable=False),
    )
    by_name = {drift.assessor: drift for drift in drifts}
    cells = tuple((*_leniency_cells(row), _drift_cell(by_name.get(row.assessor))) for row in rows)
    return Table("leniency-table", _("Each assessor over all of fieldwork"), columns, cells)


def days_table(rows: Sequence[Leniency]) -> Table:
    columns = (
        Column("who", _("Assessor and day"), sortable=False),
        Column("own", _("Sufficient"), numeric=True, sortable=False),
        Column("others", _("Others, same questions"), numeric=True, sortable=False),
        Column("difference", _("Difference in points"), numeric=True, sortable=False),
    )
    return Table("days", _("Day by day"), columns, tuple(_leniency_cells(row) for row in rows), caption_hidden=True)


def _leniency_cells(row: Leniency) -> tuple[Cell, ...]:
    who = Cell(row.assessor, detail=day_of(row.day) if row.day else said(row.verdict.words))
    if row.observed is None or row.expected is None or row.difference is None:
        return who, Cell("–"), Cell("–"), Cell("–", detail=said(row.reason))
    counts = _("{sufficient} of {applicable}").format(sufficient=row.sufficient, applicable=row.applicable)
    limits = _points_limits(row.interval) if row.interval else said(row.reason)
    return (
        who,
        Cell(_percent(row.observed), detail=counts),
        Cell(_percent(row.expected)),
        Cell(_points(row.difference), detail=limits),
    )


def _drift_cell(drift: Drift | None) -> Cell:
    if drift is None:
        return Cell("–")
    words = said(drift.verdict.words)
    if drift.interval is None or drift.slope is None:
        return Cell(words, detail=said(drift.reason))
    slope = _("{points} points a day").format(points=_points(drift.slope))
    return Cell(words, detail=f"{slope}, {_points_limits(drift.interval)}")


def _points_limits(interval: Interval) -> str:
    return _("{low} to {high}").format(low=_points(interval.low), high=_points(interval.high))


def _points(share: Fraction | float) -> str:
    """A difference of shares in whole points, with its sign."""
    return f"{round(float(100 * share)):+d}".replace("-", "−")
