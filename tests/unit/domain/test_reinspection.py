"""What a re-inspection can and cannot show."""

from dataclasses import replace
from fractions import Fraction

import pytest

from aboveline.domain.framework import CriterionRating, RatingRule
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.question_set import question_set
from aboveline.domain.reinspection import LOWEST_WARNING, WARNINGS, ChangeVerdict, PlanCarriedOut, reinspect
from aboveline.domain.scoring import InspectionScores, score_inspection
from aboveline.domain.statistics import ALL_READ, NOT_SCORED, mover_difference
from tests.builders import OWN, framework_of, judgements_of_counts

WEAK = [(3, 10), (4, 10), (2, 9), (5, 10), (3, 8), (4, 10), (2, 10), (5, 9)]
STRONG = [(8, 10), (9, 10), (7, 9), (8, 10), (6, 8), (9, 10), (8, 10), (7, 9)]
MIXED = [(1, 10), (9, 10), (2, 9), (8, 10), (6, 8), (3, 10), (1, 10), (7, 9)]


def scored(counts: list[tuple[int, int]], caseload_size: int | None = None) -> InspectionScores:
    return score_inspection(framework_of(10), judgements_of_counts(counts), caseload_size=caseload_size)


@pytest.mark.parametrize(
    ("original", "new", "verdict", "words"),
    [
        (WEAK, STRONG, ChangeVerdict.BETTER, "better"),
        (STRONG, WEAK, ChangeVerdict.WORSE, "worse"),
        (WEAK, MIXED, ChangeVerdict.NO_CLEAR_CHANGE, "the samples cannot show a change"),
        (WEAK, WEAK, ChangeVerdict.NO_CLEAR_CHANGE, "the samples cannot show a change"),
    ],
)
def test_verdicts(original: list, new: list, verdict: ChangeVerdict, words: str) -> None:
    theme = reinspect(scored(original), scored(new)).theme_by_id["all"]
    assert (theme.verdict, theme.verdict.words) == (verdict, words)


def test_the_difference_and_its_limits() -> None:
    before, after = scored(WEAK).theme_by_id["all"], scored(STRONG).theme_by_id["all"]
    theme = reinspect(scored(WEAK), scored(STRONG)).theme_by_id["all"]
    assert theme.difference == Fraction(62, 76) - Fraction(28, 76)
    assert theme.points == pytest.approx(44.7368, abs=1e-4)
    assert theme.interval == mover_difference(
        float(before.share), before.practice.interval, float(after.share), after.practice.interval
    )
    assert (theme.band_before.id, theme.band_after.id) == ("drastic", "minimum")


def test_reading_the_whole_caseload_does_not_make_a_change_surer() -> None:
    unknown, whole = reinspect(scored(WEAK), scored(MIXED)), reinspect(scored(WEAK, 8), scored(MIXED, 8))
    assert scored(WEAK, 8).theme_by_id["all"].no_interval_reason == ALL_READ
    assert whole.themes == unknown.themes


def test_themes_are_primary_and_criteria_exploratory() -> None:
    found = reinspect(scored(WEAK), scored(STRONG))
    assert [(change.id, change.primary) for change in (*found.themes, *found.criteria)] == [
        ("all", True),
        ("1.1", False),
    ]


def test_what_was_not_scored_cannot_change() -> None:
    theme = reinspect(scored([(0, 0)] * 3), scored(STRONG)).theme_by_id["all"]
    assert (theme.original, theme.difference, theme.points, theme.interval) == (None, None, None, None)
    assert theme.verdict is ChangeVerdict.NO_CLEAR_CHANGE
    assert theme.no_interval_reason == f"Original: {NOT_SCORED}"


def test_the_two_standing_warnings_and_the_first_plan() -> None:
    found = reinspect(scored(WEAK), scored(STRONG), first_plan_carried_out=PlanCarriedOut.PARTLY).as_dict()
    assert found["warnings"] == list(WARNINGS)
    assert WARNINGS[0].startswith("Where an area is chosen"), "why an area was chosen is not known"
    assert found["first_plan_carried_out"] == "partly"
    assert reinspect(scored(WEAK), scored(STRONG)).first_plan_carried_out is PlanCarriedOut.NOT_RECORDED


def test_other_frameworks_are_refused_and_other_versions_warned_of() -> None:
    with pytest.raises(ProblemsFound, match="scored under"):
        reinspect(replace(scored(WEAK), framework_id="other"), scored(STRONG))
    changed = reinspect(replace(scored(WEAK), framework_digest="1"), scored(STRONG))
    assert [problem.code for problem in changed.problems] == ["reinspection.framework-changed"]
    assert reinspect(scored(WEAK), scored(STRONG)).problems == ()


def test_json_shape() -> None:
    theme = reinspect(scored(WEAK), scored(STRONG)).as_dict()["themes"][0]
    assert {"id", "original", "new", "difference", "interval", "verdict", "primary"} <= theme.keys()
    assert theme["original"] == 28 / 76
    assert theme["interval"]["low"] < theme["difference"] < theme["interval"]["high"]
    assert (theme["verdict"], theme["primary"], theme["band_after"]["id"]) == ("better", True, "minimum")


def test_under_the_lowest_question_the_change_of_criteria_carries_a_warning() -> None:
    rule = CriterionRating(RatingRule.LOWEST_QUESTION, OWN)
    framework = replace(framework_of(10), rating=rule)
    first, second = (
        score_inspection(framework, judgements_of_counts(counts), caseload_size=None) for counts in (WEAK, STRONG)
    )
    assert reinspect(first, second).warnings == (*WARNINGS, LOWEST_WARNING)
    assert reinspect(scored(WEAK), scored(STRONG)).warnings == WARNINGS


def test_scores_over_other_questions_are_not_subtracted() -> None:
    framework = framework_of(10)
    some = question_set(framework, "Short", [framework.questions[0].id]).expect()
    short = score_inspection(framework, judgements_of_counts(WEAK), caseload_size=None, question_set=some)
    with pytest.raises(ProblemsFound) as caught:
        reinspect(scored(WEAK), short)
    assert [p.code for p in caught.value.problems] == ["reinspection.other-questions"]
    assert reinspect(short, short).theme_by_id["all"].difference == 0
