"""An inspection's scores as a file: one document, or one row a score. Shares and limits are unrounded."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from aboveline.domain.score import Score
from aboveline.jobs.inspections import ScoredInspection
from aboveline.web.presenters.spreadsheet import inert
from aboveline.web.presenters.wording import said

COLUMNS = (
    "level", "id", "name", "sufficient", "applicable", "not_applicable", "not_answered", "cases", "share", "percent",
    "interval_low", "interval_high", "interval_level", "interval_method", "no_interval_reason", "band",
    "decided_by", "questions_asked", "questions_in_full", "withheld", "provisional", "computed_band",
)  # fmt: skip


def as_document(scored: ScoredInspection) -> dict[str, Any]:
    """The shape of the command `score`, with the inspection it is of."""
    inspection = scored.inspection
    return {
        "inspection": {
            "id": inspection.pk,
            "service": inspection.service.slug,
            "area": inspection.service.area,
            "kind": inspection.kind,
            "held_on": inspection.held_on.isoformat(),
            "published_on": inspection.published_on and inspection.published_on.isoformat(),
            "synthetic": inspection.synthetic,
        },
        **scored.scores.as_dict(),
    }


def as_csv(scored: ScoredInspection) -> str:
    scores = scored.scores
    levels = (
        ("theme", scores.themes),
        ("section", scores.sections),
        ("criterion", scores.criteria),
        ("question", scores.questions),
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(levels))
    return out.getvalue()


def _rows(levels: Iterable[tuple[str, Iterable[Score]]]) -> Iterable[list[object]]:
    for level, scores in levels:
        for score in scores:
            yield [inert(cell) for cell in _cells(level, score)]


def _cells(level: str, score: Score) -> tuple[object, ...]:
    interval, counts = score.interval, score.as_dict()
    return (
        level,
        score.id,
        said(score.name),
        *(counts[name] for name in ("sufficient", "applicable", "not_applicable", "not_answered", "cases")),
        None if score.share is None else float(score.share),
        score.percent,
        *((interval.low, interval.high, interval.level, interval.method) if interval else (None,) * 4),
        score.no_interval_reason,
        score.band.id if score.band else None,
        " ".join(score.decision.lowest) if score.decision else None,
        score.asked,
        score.questions,
        score.withheld,
        score.provisional,
        score.computed_band.id if score.computed_band else None,
    )
