"""A service's story: each theme over its inspections, and the inspections themselves."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aboveline.domain.framework import Framework, Theme
from aboveline.jobs.inspections import ScoredInspection, settled
from aboveline.rendering.charts import Chart, Words
from aboveline.rendering.charts_timeline import Reading, timeline
from aboveline.web.components import Cell, Column, Table
from aboveline.web.presenters.chart_words import chart_words
from aboveline.web.presenters.scale import at, bands_on_scale, percent_words, span
from aboveline.web.presenters.summary import how_often
from aboveline.web.presenters.wording import inspection_name, month_of, said, sentence_case


def told(inspections: Sequence[ScoredInspection]) -> list[ScoredInspection]:
    """Those a story is told of, oldest first: every case begun and at least one theme scored, be it withheld."""
    known = [one for one in inspections if one.scores.scored and settled(one)]
    return sorted(known, key=lambda one: (one.inspection.held_on, one.inspection.pk))


def story_sentence(inspections: Sequence[ScoredInspection]) -> str:
    """How it stands at the latest scored inspection, and since when there is a story."""
    known = told(inspections)
    if not known:
        return ""
    latest = known[-1]
    name, often = inspection_name(latest.inspection), how_often(latest.scores)
    words = _("At the {inspection}, work was good enough {often}.").format(inspection=name, often=often)
    if not often:
        words = _("The scores of the {inspection} are withheld.").format(inspection=name)
    if len(known) == 1:
        return words
    since = ngettext(
        "{count} scored inspection since {month}.", "{count} scored inspections since {month}.", len(known)
    )
    return f"{words} {since.format(count=len(known), month=month_of(known[0].inspection.held_on))}"


def story_charts(inspections: Sequence[ScoredInspection]) -> tuple[Chart, ...]:
    """One chart for each theme of the latest framework; other frameworks' themes of that id stand there unjoined."""
    known = told(inspections)
    if not known:
        return ()
    framework = known[-1].framework
    charts = (_chart(framework, theme, known) for theme in framework.themes)
    return tuple(chart for chart in charts if chart)


def _chart(framework: Framework, theme: Theme, known: Sequence[ScoredInspection]) -> Chart | None:
    readings = [reading for one in known if (reading := _reading(one, theme.id))]
    if not readings:
        return None
    name = said(theme.name)
    first, last = readings[0], readings[-1]
    if len(readings) == 1:
        sentence = _("{theme}: {percent} in {when}.").format(theme=name, percent=last.label, when=last.when)
    else:
        sentence = _("{theme}: {before} in {first}, {now} in {last}.").format(
            theme=name, before=first.label, first=first.when, now=last.label, last=last.when
        )
    title = _("{theme} over the years").format(theme=sentence_case(name))
    return timeline(f"story-{theme.id}", title, sentence, readings, bands_on_scale(framework), _words())


def _reading(one: ScoredInspection, theme: str) -> Reading | None:
    score = one.scores.theme_by_id.get(theme)
    place = at(score) if score else None
    if score is None or place is None:
        return None
    inspection = one.inspection
    # An audit by one's own people is no reading of the same instrument as an inspection: no line joins the two.
    series = f"{said(one.framework.title)}{_(', local audit') if inspection.local else ''}"
    label = percent_words(score)
    return Reading(inspection.held_on, month_of(inspection.held_on), place, label, series, span(score.interval))


def story_table(inspections: Sequence[ScoredInspection]) -> Table:
    """A service's inspections with their headline scores, newest first; a theme is named by the latest framework."""
    themes = inspections[0].framework.themes if inspections else ()
    columns = (
        Column("inspection", _("Inspection"), sortable=False),
        *(Column(theme.id, said(theme.name), numeric=True, sortable=False) for theme in themes),
        Column("cases", _("Cases assessed"), numeric=True, sortable=False),
    )
    rows = tuple(_row(one, [theme.id for theme in themes]) for one in inspections)
    return Table("story", _("Inspections, newest first"), columns, rows, caption_hidden=True)


def _row(one: ScoredInspection, themes: Sequence[str]) -> tuple[Cell, ...]:
    scores = [one.scores.theme_by_id.get(theme) for theme in themes]
    percents = [Cell(percent_words(score)) for score in scores]
    name = Cell(inspection_name(one.inspection), href=reverse("inspection", args=[one.inspection.pk]))
    return (name, *percents, Cell(str(one.scores.cases)))


def _words() -> Words:
    """A local audit can be under the same framework and is still another instrument."""
    return chart_words(new_framework=_("not joined"))
