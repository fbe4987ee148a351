"""Withholding goes down the tree and leaves nothing to compute from; outliers are far from the median of the cases."""

import pytest

from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.moderation import Moderation, PutInPlace, moderated, outliers
from aboveline.domain.scoring import score_inspection
from aboveline.exchange.frameworks import load_framework

FRAMEWORK = load_framework("cci-2009")
QUESTIONS = [question.id for question in FRAMEWORK.questions]


def judged(shares, questions=QUESTIONS):
    """One case for each share of its questions found sufficient."""
    rows = []
    for number, share in enumerate(shares):
        for place, question in enumerate(questions):
            answer = Answer.SUFFICIENT if place < share * len(questions) else Answer.INSUFFICIENT
            rows.append(Judgement(f"C{number}", question, answer))
    return InspectionJudgements.of(rows, cases=[f"C{n}" for n in range(len(shares))])


SCORES = score_inspection(FRAMEWORK, judged([0.5] * 6), caseload_size=None)


def told(withheld=(), provisional=(), bands=()):
    return moderated(FRAMEWORK, SCORES, Moderation(dict(withheld), dict(provisional), dict(bands)))


def test_another_band_holds_while_the_one_it_was_put_in_place_of_is_computed():
    criterion = FRAMEWORK.criteria[0].id
    computed = SCORES.criterion_by_id[criterion].band.id
    other, third = [band.id for band in FRAMEWORK.bands if band.id != computed][:2]
    assert told(bands={criterion: PutInPlace(computed, other)}).criterion_by_id[criterion].band.id == other
    assert told(bands={criterion: PutInPlace(third, other)}).criterion_by_id[criterion].band.id == computed


def test_without_decisions_the_scores_are_the_same():
    assert told() == SCORES


def test_a_withheld_criterion_keeps_its_questions_back_and_leaves_no_counts():
    criterion = FRAMEWORK.criteria[0]
    found = told({criterion.id: "late entries"})
    kept_back = [found.criterion_by_id[criterion.id], *(found.question_by_id[q.id] for q in criterion.questions)]
    for score in kept_back:
        assert (score.percent, score.applicable, score.band, score.interval) == (None, 0, None, None)
        assert str(score.no_interval_reason) == "Withheld: late entries"
    assert sum(bool(score.withheld) for score in (*found.criteria, *found.questions)) == len(kept_back)


def test_a_section_keeps_back_its_criteria_and_a_theme_only_itself():
    section, theme = FRAMEWORK.sections[0], FRAMEWORK.themes[0]
    found = told({section.id: "r"})
    assert all(found.criterion_by_id[criterion.id].withheld for criterion in section.criteria)
    found = told({theme.id: "r"})
    assert found.theme_by_id[theme.id].withheld
    assert not any(score.withheld for score in found.questions)


def test_another_band_stands_beside_the_computed_one_and_the_share_stays():
    criterion = SCORES.criteria[0]
    other = next(band for band in FRAMEWORK.bands if band.id != criterion.band.id)
    found = told(
        bands={criterion.id: PutInPlace(criterion.band.id, other.id)}, provisional={criterion.id: "p"}
    ).criteria[0]
    assert (found.band, found.computed_band, found.share) == (other, criterion.band, criterion.share)
    assert found.provisional == "p"


@pytest.mark.parametrize(
    ("shares", "far"),
    [([0.5] * 5 + [0.0], {"C5"}), ([0.5] * 6, set()), ([0.5, 0.5, 0.5, 0.0], set()), ([0.5] * 5 + [0.3], set())],
)
def test_a_case_far_from_the_rest_is_named(shares, far):
    found = outliers(judged(shares), QUESTIONS)
    assert {one.case for one in found if one.outlying} == far
    assert [one.share for one in found] == sorted(one.share for one in found)


def test_cases_with_few_judgements_are_left_out():
    assert outliers(judged([0.5] * 6), QUESTIONS[:3]) == ()
