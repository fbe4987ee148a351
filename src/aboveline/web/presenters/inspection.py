"""An inspection's page: everything it shows, from scores, comparison and change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.access import FEWEST_CASES, RunBy, Standing
from aboveline.domain.comparison import Comparison
from aboveline.domain.reinspection import Reinspection
from aboveline.domain.score import Score
from aboveline.jobs.inspections import Progress, ScoredInspection, change_between, compared_frameworks, comparison_of
from aboveline.records.models import Inspection
from aboveline.rendering.charts import Band
from aboveline.web.components import SummaryRow, Table
from aboveline.web.presenters import summary
from aboveline.web.presenters.comparison import BASES
from aboveline.web.presenters.headlines import Headline, headlines
from aboveline.web.presenters.reinspection import PLAN_WORDS, ChangePart, change_part, themes_sentence
from aboveline.web.presenters.rounds import round_facts, settings_of
from aboveline.web.presenters.scale import bands_on_scale
from aboveline.web.presenters.score_tables import WEAKEST, criteria_table, questions_table
from aboveline.web.presenters.wording import (
    day_of,
    in_force_on,
    in_force_words,
    inspection_name,
    kind_words,
    listed,
    month_of,
    said,
)


@dataclass(frozen=True)
class ComparisonNote:
    """What stands under the headline charts: as at when, from what, whose own scores are in the set, the caution."""

    as_at: str
    basis: str
    own: tuple[str, ...]
    caution: str
    address: str


@dataclass(frozen=True)
class QuestionPart:
    """The questions shown of all, the weakest first unless another order was asked for."""

    table: Table
    shown: int
    total: int
    more: str


@dataclass(frozen=True)
class InspectionPage:
    name: str
    caption: str
    often: str
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    progress: Progress
    headlines: tuple[Headline, ...]
    bands: tuple[Band, ...]
    note: ComparisonNote | None
    criteria: Table
    questions: QuestionPart
    change: ChangePart | None
    plan: tuple[SummaryRow, ...]
    facts: tuple[SummaryRow, ...]
    scored: bool


def when_scores(standing: Standing) -> str:
    """When somebody who may not see the scores, or not yet, will."""
    if standing.run_by is RunBy.PROGRAMME:
        return _(
            "Scores are shown here once the inspection's draft has been sent to the service, and to others once it is "
            "published."
        )
    if standing.reads_blind:
        return _("Scores are shown here once you have handed in the cases that you are to read a second time.")
    words = _("Scores are shown here once {count} cases are begun: those of fewer would tell of one case.")
    return words.format(count=FEWEST_CASES) if standing.few else _("Scores are not open to your role.")


def caption_of(scored: ScoredInspection) -> str:
    """For example "Core Case Inspection · re-inspection of June 2009"."""
    inspection = scored.inspection
    kind = kind_words(inspection)
    if inspection.original:
        kind = _("re-inspection of {month}").format(month=month_of(inspection.original.held_on))
    return f"{said(scored.framework.title)} · {kind}"


def inspection_page(
    scored: ScoredInspection, first: ScoredInspection | None, progress: Progress, as_at: date, asked: QueryDict
) -> InspectionPage:
    compared = scored.framework.id in compared_frameworks() and not scored.scores.partly_asked
    comparison = comparison_of(scored, as_at) if compared else None
    change = change_between(first, scored) if first else None
    inspection = scored.inspection

    def criterion_address(criterion: str) -> str:
        return reverse("criterion", args=[inspection.pk, criterion])

    return InspectionPage(
        name=inspection_name(inspection),
        caption=caption_of(scored),
        often=summary.how_often(scored.scores),
        sentences=_sentences(scored, first, change),
        warnings=_warnings(scored, first, change),
        progress=progress,
        headlines=headlines(scored, comparison, first, change),
        bands=bands_on_scale(scored.framework),
        note=_note(inspection, comparison) if comparison else None,
        criteria=criteria_table(scored, criterion_address, first, change).sorted_by(asked.get("sort", "score")),
        questions=question_part(scored, asked),
        change=change_part(first, scored, change) if first and change else None,
        plan=_plan(inspection),
        facts=_facts(scored),
        scored=scored.scores.scored,
    )


def _sentences(
    scored: ScoredInspection, first: ScoredInspection | None, change: Reinspection | None
) -> tuple[str, ...]:
    changed = themes_sentence(change, first.inspection) if first and change else ""
    return tuple(filter(None, (changed, summary.bands_sentence(scored.framework, scored.scores))))


def _warnings(scored: ScoredInspection, first: ScoredInspection | None, change: Reinspection | None) -> tuple[str, ...]:
    changed = _(
        "The framework's files are no longer those this inspection was set up with. The scores here follow the present "
        "files."
    )
    untestable = _("The change since the first inspection cannot be shown: one of the two has no assessed case.")
    return tuple(
        filter(
            None,
            (
                changed if scored.framework_changed else "",
                _out_of_force(scored),
                untestable if first and not change and scored.scores.cases else "",
                summary.few_cases(scored.scores),
                *(said(note) for note in summary.cautions(scored.scores)),
            ),
        )
    )


def _out_of_force(scored: ScoredInspection) -> str:
    framework, held = scored.framework, scored.inspection.held_on
    if in_force_on(framework, held):
        return ""
    words = _("The {framework} framework {in_force}; it is used here for fieldwork of {day}.")
    return words.format(framework=said(framework.title), in_force=in_force_words(framework), day=day_of(held))


def _note(inspection: Inspection, comparison: Comparison) -> ComparisonNote:
    as_at = comparison.comparator.as_at
    asked = {
        "inspection": str(inspection.pk),
        "as_at_day": str(as_at.day),
        "as_at_month": str(as_at.month),
        "as_at_year": str(as_at.year),
        "basis": str(comparison.comparator.basis),
    }
    return ComparisonNote(
        as_at=day_of(as_at),
        basis=str(BASES[comparison.comparator.basis]),
        own=_own_scores(comparison),
        caution=comparison.caution,
        address=f"{reverse('comparison')}?{urlencode(asked)}",
    )


def _own_scores(comparison: Comparison) -> tuple[str, ...]:
    """What the set holds of the area's own scores, themes of which the same is true told together."""
    by_words: dict[str, list[str]] = {}
    for theme in comparison.themes:
        if theme.own_score_in_set:
            by_words.setdefault(theme.own_score_in_set, []).append(said(theme.name))
    return tuple(f"{listed(names)}: {said(words)}" for words, names in by_words.items())


def question_part(scored: ScoredInspection, asked: QueryDict) -> QuestionPart:
    """Questions narrowed by words, criterion and theme; without a filter the weakest few, or all when asked."""
    found = [score for score in scored.scores.questions if _wanted(scored, score, asked)]
    narrowed = any(asked.get(name) for name in ("find", "criterion", "theme"))
    order = asked.get("order", "score")

    def address(question: str) -> str:
        return reverse("question", args=[scored.inspection.pk, question])

    table = questions_table(scored.framework, found, address).sorted_by(order)
    shown = len(found) if narrowed or asked.get("show") == "all" else WEAKEST
    query = asked.copy()
    query["show"] = "all"
    return QuestionPart(
        table=Table(
            table.id,
            table.caption,
            table.columns,
            table.rows[:shown],
            table.sort,
            table.parameter,
            table.caption_hidden,
        ),
        shown=min(shown, len(found)),
        total=len(scored.scores.questions),
        more=f"?{query.urlencode()}#questions-heading" if shown < len(found) else "",
    )


def _wanted(scored: ScoredInspection, score: Score, asked: Mapping[str, str]) -> bool:
    question = scored.framework.question_by_id[score.id]
    words = asked.get("find", "").strip().casefold()
    criterion, theme = asked.get("criterion"), asked.get("theme")
    return (
        (not words or words in said(question.text).casefold() or words == question.id.casefold())
        and (not criterion or scored.framework.criterion_of[score.id].id == criterion)
        and (not theme or theme in question.themes)
    )


def _plan(inspection: Inspection) -> tuple[SummaryRow, ...]:
    if inspection.kind != Inspection.Kind.REINSPECTION:
        return ()
    rows = [SummaryRow(_("First improvement plan"), str(PLAN_WORDS[inspection.first_plan]))]
    if inspection.first_plan_note:
        rows.append(SummaryRow(_("What shows it"), inspection.first_plan_note))
    return tuple(rows)


def _facts(scored: ScoredInspection) -> tuple[SummaryRow, ...]:
    inspection, scores = scored.inspection, scored.scores
    size = scores.caseload_size
    held = settings_of(inspection)
    return (
        *(round_facts(held) if held else ()),
        SummaryRow(_("Service"), inspection.service.name),
        SummaryRow(_("First day of fieldwork"), day_of(inspection.held_on)),
        SummaryRow(_("Published"), day_of(inspection.published_on) if inspection.published_on else _("Not yet")),
        SummaryRow(_("Eligible cases"), _("Not known") if size is None else str(size)),
        SummaryRow(_("Cases assessed"), str(scores.cases)),
        SummaryRow(_("Framework"), said(scored.framework.title)),
    )
