"""The change of a theme in a report is the change that `domain.reinspection` finds from the same judgements."""

from dataclasses import replace

import pytest

from aboveline.domain.committee_change import NOT_TESTED, theme_change, theme_changes
from aboveline.domain.committee_figures import Figures
from aboveline.domain.reinspection import ChangeVerdict
from aboveline.domain.statistics import Interval, mover_difference
from aboveline.rendering.outline import Grid, Para
from aboveline.rendering.report_figures import figure_blocks
from tests.report_builders import COMPARATOR, ORIGINAL, SCORES

OLD, NEW = Interval(0.3, 0.46), Interval(0.66, 0.82)


def with_cases(score, limits, sufficient, applicable):
    return replace(score, practice=limits, sufficient=sufficient, applicable=applicable)


BEFORE = with_cases(ORIGINAL.scores[0], OLD, 38, 100)
AFTER = with_cases(SCORES.scores[0], NEW, 151, 200)


def test_the_interval_is_mover_on_exact_shares():
    change = theme_change(BEFORE, AFTER)
    assert change.interval == mover_difference(0.38, OLD, 0.755, NEW)
    assert change.verdict is ChangeVerdict.BETTER
    assert change.primary


def test_without_limits_of_both_there_is_no_test():
    change = theme_change(replace(BEFORE, practice=None), AFTER)
    assert (change.interval, change.no_interval_reason) == (None, NOT_TESTED)
    assert change.points == pytest.approx(37.5)


def test_only_themes_of_both_are_compared():
    figures = Figures(SCORES, replace(ORIGINAL, scores=ORIGINAL.scores[:1]))
    assert [change.id for change in theme_changes(figures)] == ["safeguarding"]
    assert list(theme_changes(Figures(SCORES))) == []


def test_the_digest_holds_the_limits_but_not_a_processors_last_digit():
    first = replace(SCORES, scores=(AFTER, *SCORES.scores[1:]))
    last_digit = replace(AFTER, practice=replace(NEW, low=NEW.low + 1e-15))
    assert replace(first, scores=(last_digit, *SCORES.scores[1:])).source_digest == first.source_digest
    moved = replace(AFTER, practice=replace(NEW, low=NEW.low + 1e-6))
    assert replace(first, scores=(moved, *SCORES.scores[1:])).source_digest != first.source_digest


def test_a_report_shows_the_interval_and_the_verdict():
    figures = Figures(
        replace(SCORES, scores=(AFTER, *SCORES.scores[1:])),
        replace(ORIGINAL, scores=(BEFORE, *ORIGINAL.scores[1:])),
        COMPARATOR,
    )
    blocks = list(figure_blocks(figures))
    table = next(b for b in blocks if isinstance(b, Grid) and "Change" in b.headings)
    assert table.rows[0] == (
        "Safeguarding",
        "38%, drastic",
        "75%, minimum",
        "37 points higher",
        "+25 to +48 points",
        "Better",
    )
    assert table.rows[1][4:] == ("not known", "not known")
    assert "38 cases each" in table.caption
    notes = " ".join(b.text for b in blocks if isinstance(b, Para))
    assert "regression to the mean" in notes
    assert "cannot be tested" not in notes


def test_themes_with_one_reason_share_a_sentence():
    why = "The verdict takes in this area's own sampling error only."
    rows = tuple(
        replace(row, verdict=verdict, verdict_reason=why)
        for row, verdict in zip(COMPARATOR.comparators, ("above", "no clear difference", "above"), strict=True)
    )
    blocks = figure_blocks(Figures(SCORES, None, replace(COMPARATOR, comparators=rows)))
    (told,) = [b.text for b in blocks if isinstance(b, Para) and b.text.startswith("Against the average")]
    assert told == (
        "Against the average: above for Safeguarding and Likelihood of Reoffending; "
        f"no clear difference for Risk of Harm to others. {why}"
    )
