"""A committee report for tests: made-up figures, a complete file without a fault, and ways to spoil it."""

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from aboveline.domain.committee_figures import (
    ComparatorSet,
    ComparatorSnapshot,
    Figures,
    ScoreSet,
    ScoreSnapshot,
    SnapshotInterval,
)
from aboveline.domain.problems import Checked
from aboveline.jobs.reports import BuiltReport, open_report

FIXTURES = Path(__file__).parent / "fixtures" / "reports"
THEMES = (
    ("safeguarding", "Safeguarding"),
    ("roh", "Risk of Harm to others"),
    ("lor", "Likelihood of Reoffending"),
)


def score_set(reference: str, percents: tuple[int | None, ...], bands: tuple[str, ...], **changes: Any) -> ScoreSet:
    scores = tuple(
        ScoreSnapshot(id, name, percent, band, cases=38, interval=SnapshotInterval(percent - 9, percent + 8, "logit-t"))
        if percent is not None
        else ScoreSnapshot(id, name, None)
        for (id, name), percent, band in zip(THEMES, percents, bands, strict=True)
    )
    made = ScoreSet(reference, "Northmoor", f"Northmoor {reference[5:]}", "May 2024", "Inspection 4", scores)
    return replace(made, **changes)


SCORES = score_set("fake:new", (75, 70, 81), ("Minimum", "Moderate", "Minimum"))
ORIGINAL = score_set("fake:old", (38, 36, 50), ("Drastic", "Drastic", "Substantial"), when="June 2022")
COMPARATOR = ComparatorSet(
    "fake:set",
    "areas inspected",
    "1 June 2024",
    "printed tables",
    "Table of May 2024",
    tuple(
        ComparatorSnapshot(id, *cells, no_rank_reason="No rank: only a printed table.")
        for (id, _), cells in zip(THEMES, ((38, 91, 67), (36, 85, 62), (50, 87, 69)), strict=True)
    ),
    "Compare with care.",
)
FIGURES = Figures(SCORES, ORIGINAL, COMPARATOR)


class FakeFigures:
    """The figures above under their references; any may be replaced."""

    def __init__(self, **replaced: Any) -> None:
        self.sets = {"fake:new": SCORES, "fake:old": ORIGINAL, "fake:set": COMPARATOR} | {
            key.replace("_", ":"): value for key, value in replaced.items()
        }

    def scores(self, reference: str) -> ScoreSet | None:
        return self.sets.get(reference)

    def comparator(self, reference: str, beside: ScoreSet | None) -> ComparatorSet | None:
        return self.sets.get(reference)


def clean_tree() -> dict[str, Any]:
    """The complete file as plain values, its digests filled in."""
    text = (FIXTURES / "clean.yaml").read_text("utf-8")
    for word, made in (("DIGEST_SCORES", SCORES), ("DIGEST_ORIGINAL", ORIGINAL), ("DIGEST_SET", COMPARATOR)):
        text = text.replace(word, made.source_digest)
    return copy.deepcopy(yaml.safe_load(text))


def opened(spoil: Callable[[dict[str, Any]], object] | None = None, **replaced: Any) -> Checked[BuiltReport]:
    """Open the complete file after spoiling its tree."""
    tree = clean_tree()
    if spoil:
        spoil(tree)
    data = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
    return open_report(data, file="report.yaml", source=FakeFigures(**replaced))
