"""Figures of committee reports from the inspections on record: `inspection:17`; all other references are published."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from aboveline.domain.access import Action, Standing, may
from aboveline.domain.committee_figures import (
    ComparatorSet,
    ComparatorSnapshot,
    Completion,
    ScoreSet,
    ScoreSnapshot,
    SnapshotInterval,
)
from aboveline.domain.comparator import Basis
from aboveline.domain.comparison import Comparison
from aboveline.domain.framework import Framework
from aboveline.domain.published import words_for
from aboveline.domain.rating import whole_percent
from aboveline.domain.roles import Role
from aboveline.domain.score import Score
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import Interval
from aboveline.jobs.inspections import ScoredInspection, comparison_of, progress_of, scores_of
from aboveline.jobs.report_figures import plain_name, published_figures, set_title
from aboveline.records.models import Inspection, Service
from aboveline.records.queries.inspections import inspection_by_id
from aboveline.records.queries.publishing import stage_now

_INSPECTION = re.compile(r"inspection:([0-9]{1,15})")
_COMPARATOR_DAY = re.compile(r"(printed|rows):[a-z0-9-]+@(\d{4}-\d{2}-\d{2})")


def reference_to(inspection: Inspection) -> str:
    """How a report names the scores of an inspection on record."""
    return f"inspection:{inspection.pk}"


def open_to_reports(inspection: Inspection) -> bool:
    """Whether a report may show these scores: monitors read reports, so it shows nothing that they may not see yet."""
    reader = Standing(frozenset({Role.MONITOR}), inspection.run_by, stage_now(inspection))
    return may(reader, Action.SEE_SCORES)


@dataclass(frozen=True)
class RecordFigures:
    """The inspections of one service, and what is published.

    Another service's inspections are not there for it, nor is an inspectorate's before it is published.
    """

    service: Service

    def inspection(self, reference: str) -> Inspection | None:
        match = _INSPECTION.fullmatch(reference)
        found = inspection_by_id(int(match[1])) if match else None
        own = found if found and found.service_id == self.service.pk else None
        return own if own and open_to_reports(own) else None

    def scores(self, reference: str) -> ScoreSet | None:
        """Return the scores of an inspection as its judgements stand now, or published ones; None where neither."""
        inspection = self.inspection(reference)
        if inspection is None:
            return published_figures().scores(reference)
        return _score_set(reference, scores_of(inspection))

    def comparator(self, reference: str, beside: ScoreSet | None) -> ComparatorSet | None:
        """Return a published comparator set; beside scores on record, its verdicts take in their sampling error."""
        found = published_figures().comparator(reference, beside)
        inspection = self.inspection(beside.reference) if beside else None
        match = _COMPARATOR_DAY.fullmatch(reference)
        if found is None or inspection is None or match is None:
            return found
        compared = comparison_of(scores_of(inspection), date.fromisoformat(match[2]), Basis(match[1]))
        return replace(found, comparators=tuple(_tested(found, compared)))


def _tested(found: ComparatorSet, compared: Comparison) -> Iterator[ComparatorSnapshot]:
    themes = {theme.id: theme for theme in compared.themes}
    for row in found.comparators:
        theme = themes.get(row.theme)
        if theme is None:
            yield row
            continue
        words = str(theme.verdict).replace("_", " ")
        yield replace(row, verdict=words, verdict_reason=next(iter(theme.reasons), ""))


def _score_set(reference: str, scored: ScoredInspection) -> ScoreSet:
    inspection, framework = scored.inspection, scored.framework
    service = inspection.service
    what = "made-up cases, for demonstration only" if inspection.synthetic else "case judgements on record"
    descriptions = {theme.id: str(theme.description) for theme in framework.themes}
    return ScoreSet(
        reference=reference,
        area=service.area,
        title=set_title(service.area, inspection.kind),
        when=words_for(f"{inspection.held_on:%Y-%m}"),
        source=f"{what.capitalize()}: {service.name}, inspection {inspection.pk}, {framework.title}",
        scores=tuple(_snapshot(score, framework, descriptions.get(score.id, "")) for score in scored.scores.themes),
        synthetic=inspection.synthetic,
        completion=_completion(scored),
    )


def _completion(scored: ScoredInspection) -> Completion:
    progress = progress_of(scored.inspection, scored.framework)
    return Completion(len(progress.cases), progress.finished, progress.outstanding)


def _snapshot(score: Score, framework: Framework, description: str) -> ScoreSnapshot:
    band = str(score.band.name).removesuffix(f" {framework.band_word}") if score.band else None
    shown = not score.withheld
    return ScoreSnapshot(
        theme=score.id,
        name=plain_name(score.name),
        percent=score.percent,
        band=band,
        sufficient=score.sufficient if shown else None,
        applicable=score.applicable if shown else None,
        cases=score.cases,
        applicable_cases=score.applicable_cases if shown else None,
        interval=_interval(score.interval),
        no_interval_reason=score.no_interval_reason or "",
        description=description,
        practice=score.practice.interval,
        withheld=score.withheld,
        mark=_mark(score, framework),
    )


def _mark(score: Score, framework: Framework) -> str:
    """What moderation decided of a score that is shown; empty where nothing."""
    told = [Sentence.of("provisional: {reason}", reason=score.provisional)] if score.provisional else []
    if score.computed_band:
        computed = str(score.computed_band.name).removesuffix(f" {framework.band_word}").lower()
        told.append(Sentence.of("band decided by two people; computed: {band}", band=computed))
    return str(Sentence.joined(told, "; ")) if told else ""


def _interval(interval: Interval | None) -> SnapshotInterval | None:
    if interval is None:
        return None
    low, high = (whole_percent(Fraction(limit)) for limit in (interval.low, interval.high))
    return SnapshotInterval(low, high, interval.method)
