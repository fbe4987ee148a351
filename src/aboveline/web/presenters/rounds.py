"""A service's audit rounds: the history of one measure as a run chart, and the rounds themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.rating import whole_percent
from aboveline.domain.rounds import History, RoundScore
from aboveline.domain.rounds import history as history_of
from aboveline.domain.run_rules import Pattern
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores
from aboveline.jobs.inspections import ScoredInspection, finished
from aboveline.records.models import AuditRound, Inspection, Service
from aboveline.rendering.charts import Chart, Mark
from aboveline.rendering.charts_run import RunPoint, run_chart
from aboveline.web.components import Cell, Column, Crumb, SummaryRow, Table
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.crumbs import to_service
from aboveline.web.presenters.scale import percent_words, span
from aboveline.web.presenters.wording import day_of, inspection_name, month_of, said

PATTERNS = {
    Pattern.SHIFT_ABOVE: gettext_lazy("above the median"),
    Pattern.SHIFT_BELOW: gettext_lazy("below the median"),
    Pattern.TREND_UP: gettext_lazy("rising"),
    Pattern.TREND_DOWN: gettext_lazy("falling"),
}


@dataclass(frozen=True)
class RoundsHistory:
    """One measure over the rounds: what it is, the chart where anything was scored, and what it shows in words."""

    name: str
    chart: Chart | None
    sentences: tuple[str, ...]


def to_rounds(service: Service) -> tuple[Crumb, ...]:
    return (*to_service(service), Crumb(_("Audit rounds"), reverse("rounds", args=[service.slug])))


def measures(framework: Framework) -> list[tuple[str, str]]:
    """What a history can show, by its id in the address."""
    return [
        *((f"theme-{one.id}", said(one.name)) for one in framework.themes),
        *((f"section-{one.id}", f"{one.id} {said(one.name)}") for one in framework.sections),
        *((f"criterion-{one.id}", f"{one.id} {said(one.name)}") for one in framework.criteria),
        *((f"question-{one.id}", f"{one.id} {said(one.text)}") for one in framework.questions),
    ]


def measured(scores: InspectionScores, measure: str) -> Score | None:
    """The score that a measure's id names; None where there is no such measure."""
    kind, _dash, id = measure.partition("-")
    groups = {
        "theme": scores.themes,
        "section": scores.sections,
        "criterion": scores.criteria,
        "question": scores.questions,
    }
    return next((one for one in groups.get(kind, ()) if one.id == id), None)


def rounds_history(rounds: Sequence[ScoredInspection], measure: str, name: str) -> RoundsHistory:
    """The history of one measure, told of the rounds in which every case is finished."""
    scores = [(one, measured(one.scores, measure)) for one in rounds if finished(one)]
    found = [RoundScore.of(one.inspection.held_on, one.scores, score) for one, score in scores if score]
    if not found:
        return RoundsHistory(name, None, ())
    told = history_of(found)
    words = tuple(said(sentence) for sentence in told.sentences())
    return RoundsHistory(name, _chart(told, name, words[0]) if told.rounds else None, words[1:])


def _chart(told: History, name: str, sentence: str) -> Chart:
    patterns = {
        place: str(PATTERNS[signal.pattern])
        for signal in told.signals
        if signal.pattern in PATTERNS
        for place in range(signal.first, signal.last + 1)
    }
    points = [_point(one, patterns.get(place, "")) for place, one in enumerate(told.rounds)]
    median = told.reading.median if told.reading else None
    mark = None if median is None else Mark(float(100 * median), f"{whole_percent(median)}%")
    title = _("{measure} over the rounds").format(measure=name)
    return run_chart("run", title, sentence, points, mark, chart_words())


def _point(one: RoundScore, pattern: str) -> RunPoint:
    share = one.share or Fraction(0)
    return RunPoint(
        month_of(one.day), float(100 * share), f"{whole_percent(share)}%", one.cases, span(one.interval), pattern
    )


def rounds_table(rounds: Sequence[ScoredInspection], measure: str, name: str) -> Table:
    """Every round, the newest first, with the measure's score, its interval and its cases."""
    columns = (
        Column("round", _("Round"), sortable=False),
        Column("score", name, numeric=True, sortable=False),
        Column("cases", _("Cases assessed"), numeric=True, sortable=False),
        Column("questions", _("Questions"), sortable=False),
        Column("due", _("Audits are due"), sortable=False),
    )
    return Table("rounds", _("Rounds, newest first"), columns, tuple(_row(one, measure) for one in rounds))


def _row(one: ScoredInspection, measure: str) -> tuple[Cell, ...]:
    score, held = measured(one.scores, measure), settings_of(one.inspection)
    return (
        Cell(round_name(one.inspection), href=reverse("inspection", args=[one.inspection.pk])),
        Cell(percent_words(score)),
        Cell(str(one.scores.cases)),
        Cell(held.set_title if held and held.set_title else _("All")),
        Cell(day_of(held.audits_due) if held and held.audits_due else "–"),
    )


def settings_of(inspection: Inspection) -> AuditRound | None:
    """A round's settings where it has any; they come with `audits_at`."""
    return getattr(inspection, "audit_round", None)


def round_name(inspection: Inspection) -> str:
    held = settings_of(inspection)
    return held.title if held else inspection_name(inspection)


def round_facts(held: AuditRound) -> tuple[SummaryRow, ...]:
    """What a round asks, of which cases, and by when."""
    asked = (
        _("{title}: {questions}").format(title=held.set_title, questions=", ".join(held.questions))
        if held.questions
        else _("All of the framework")
    )
    days = (
        (_("Case files close"), held.files_close),
        (_("Audits are due"), held.audits_due),
        (_("Moderation"), held.moderation),
    )
    return (
        SummaryRow(_("Round"), held.title),
        SummaryRow(_("Questions asked"), asked),
        SummaryRow(_("Cases wanted"), str(held.cases) if held.cases else _("All that can be audited")),
        *(SummaryRow(name, day_of(day)) for name, day in days if day),
    )
