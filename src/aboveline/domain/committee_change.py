"""The change between two inspections of a committee report, tested as `domain.reinspection` tests it."""

from collections.abc import Iterator

from aboveline.domain.committee_figures import Figures, ScoreSnapshot
from aboveline.domain.framework import Text
from aboveline.domain.reinspection import Change
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import mover_difference

NOT_TESTED = Sentence.of("the results of single cases are not known for both inspections")


def theme_changes(figures: Figures) -> Iterator[Change]:
    """Yield the change of each theme of the scores that the original has too; none where there is no original."""
    before = figures.original.by_theme if figures.original else {}
    for score in figures.scores.scores if figures.scores else ():
        if score.theme in before:
            yield theme_change(before[score.theme], score)


def theme_change(before: ScoreSnapshot, after: ScoreSnapshot) -> Change:
    """The change of one theme, with MOVER limits where both inspections have limits about practice."""
    limits = None
    if before.practice and after.practice and before.share is not None and after.share is not None:
        limits = mover_difference(float(before.share), before.practice, float(after.share), after.practice)
    return Change(
        id=after.theme,
        name=Text(after.name),
        primary=True,
        original=before.share,
        new=after.share,
        interval=limits,
        no_interval_reason=None if limits else NOT_TESTED,
        band_before=None,
        band_after=None,
    )
