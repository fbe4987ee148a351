"""What the small framework for a service's own audit must say, and how its stages are rated."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from aboveline.domain.caseload import Caseload, eligible
from aboveline.domain.framework import Certainty, RatingRule
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.rating import LOWEST_CAUTION, WITHHELD
from aboveline.domain.scoring import InspectionScores, criterion_score, score_inspection
from aboveline.exchange.frameworks import load_framework
from tests.caseload_builders import an_entry

AUDIT = load_framework("audit-2021")
OUT_OF_COURT = {"youth_conditional_caution", "youth_caution", "community_resolution", "out_of_court_disposal"}


def audited(**yes_of: tuple[int, int]) -> InspectionScores:
    """Score cases in which so many of so many answers to a question were yes: `Q1_1_1=(7, 10)`."""
    rows = [
        Judgement(f"C{case}", question.replace("_", "."), Answer.SUFFICIENT if case < yes else Answer.INSUFFICIENT)
        for question, (yes, of) in yes_of.items()
        for case in range(of)
    ]
    return score_inspection(AUDIT, InspectionJudgements.of(rows), caseload_size=None)


def test_four_stages_of_three_key_questions_one_for_each_theme():
    assert [str(c.name) for c in AUDIT.criteria] == ["Assessment", "Planning", "Delivery", "Reviewing"]
    for criterion in AUDIT.criteria:
        assert [q.themes for q in criterion.questions] == [("desistance",), ("child_safety",), ("others_safety",)]
        assert [q.id for q in criterion.questions] == [f"Q{criterion.id}.{n}" for n in (1, 2, 3)]


def test_each_question_has_prompts_to_think_with_and_guidance_both_ways():
    for question in AUDIT.questions:
        assert 3 <= len(question.prompts) <= 6
        for words in (question.text, *question.prompts):
            assert str(words).endswith("?")
            assert str(words).count("?") == 1
        assert str(question.sufficient_when).endswith(".")
        assert str(question.sufficient_when) != str(question.insufficient_when)


def test_it_is_recalled_and_says_so():
    assert {q.source.certainty for q in AUDIT.questions} == {Certainty.RECALLED}
    graded = (AUDIT.band_source, AUDIT.rating.source, AUDIT.eligibility.source, AUDIT.sample.source)
    assert {source.certainty for source in graded} == {Certainty.RECALLED}


def test_answers_are_yes_and_no_beside_the_fields_words():
    assert AUDIT.answers[Answer.SUFFICIENT].en == "Yes (sufficient)"
    assert AUDIT.answers[Answer.INSUFFICIENT].en == "No (insufficient)"


def test_ratings_begin_at_half_sixty_five_and_eighty():
    edges = {0: "inadequate", 49: "inadequate", 50: "requires_improvement", 64: "requires_improvement", 65: "good"}
    edges |= {79: "good", 80: "outstanding", 100: "outstanding"}
    assert {percent: AUDIT.band_for(percent).id for percent in edges} == edges
    assert AUDIT.rating_rule is RatingRule.LOWEST_QUESTION


@pytest.mark.parametrize(("safety", "harm", "review"), list(product(["yes", "no"], repeat=3)))
def test_safety_questions_wait_for_something_to_keep_safe_from_and_reviewing_for_a_review(safety, harm, review):
    facts = {"safety_factors": safety, "harm_factors": harm, "review_due": review}
    expected = {"Q1.1.1", "Q1.1.2", "Q1.1.3", "Q1.2.1", "Q1.3.1"}
    expected |= {"Q1.2.2", "Q1.3.2"} if safety == "yes" else set()
    expected |= {"Q1.2.3", "Q1.3.3"} if harm == "yes" else set()
    if review == "yes":
        expected |= {"Q1.4.1"} | ({"Q1.4.2"} if safety == "yes" else set()) | ({"Q1.4.3"} if harm == "yes" else set())
    assert {q.id for q in AUDIT.applicable(facts)} == expected


def test_court_orders_and_out_of_court_disposals_each_have_their_window():
    assert {o.id for o in AUDIT.order_types if o.eligibility} == OUT_OF_COURT
    assert all(order.eligible for order in AUDIT.order_types)
    listed = [
        an_entry(f"{type_[:2]}{months}", order_type=type_, order_start=date(2026, 12 - months, 1))
        for type_, months in product(("referral_order", "youth_caution"), (2, 3, 5, 6, 9, 10))
    ]
    found = eligible(Caseload.of(listed), AUDIT, date(2026, 12, 1))
    assert {e.case_ref for e in found.entries} == {"re6", "re9", "yo3", "yo5"}


def test_a_stage_is_rated_by_its_lowest_question_with_that_questions_interval():
    scores = audited(Q1_1_1=(9, 10), Q1_1_2=(6, 10), Q1_1_3=(8, 10))
    stage, question = scores.criterion_by_id["1.1"], scores.question_by_id["Q1.1.2"]
    assert (stage.share, stage.percent, stage.band.id) == (Fraction(6, 10), 60, "requires_improvement")
    assert (stage.sufficient, stage.applicable, stage.interval) == (6, 10, question.interval)
    assert stage.practice == question.practice
    assert stage.decision.lowest == ("Q1.1.2",)
    assert (stage.asked, stage.questions, str(stage.name)) == (3, 3, "Assessment")


def test_a_stage_may_be_good_on_the_whole_and_inadequate_by_its_lowest():
    scores = audited(Q1_1_1=(10, 10), Q1_1_2=(4, 10), Q1_1_3=(10, 10))
    assert scores.section_by_id["1"].percent == 80
    assert scores.criterion_by_id["1.1"].band.id == "inadequate"


def test_a_rating_reads_the_rounded_percent():
    assert audited(Q1_1_1=(129, 200)).criterion_by_id["1.1"].band.id == "good"
    assert audited(Q1_1_1=(128, 200)).criterion_by_id["1.1"].band.id == "requires_improvement"


def test_the_working_names_what_decided_and_what_was_passed_over():
    steps = {step.words: step.value for step in audited(Q1_1_1=(1, 2), Q1_1_2=(2, 4)).criterion_by_id["1.1"].working()}
    assert steps["Lowest questions, which tie"] == "Q1.1.1, Q1.1.2"
    assert steps["Counts and interval are those of"] == "Q1.1.1"
    assert steps["Passed over: nothing applicable"] == "Q1.1.3"


def test_a_stage_without_any_judgement_is_not_scored():
    stage = audited(Q1_1_1=(1, 2)).criterion_by_id["1.2"]
    assert (stage.share, stage.band, stage.decision.lowest) == (None, None, ())
    assert stage.decision.not_scored == ("Q1.2.1", "Q1.2.2", "Q1.2.3")


def test_a_withheld_question_leaves_nothing_of_the_stage_to_read():
    scores = audited(Q1_1_1=(9, 10), Q1_1_2=(1, 10))
    questions = [scores.question_by_id[f"Q1.1.{n}"] for n in (1, 2, 3)]
    kept_back = criterion_score(AUDIT, scores.criterion_by_id["1.1"], questions, {"Q1.1.2"})
    assert (kept_back.share, kept_back.band, kept_back.applicable, kept_back.interval) == (None, None, 0, None)
    assert (kept_back.no_interval_reason, kept_back.practice.interval) == (WITHHELD, None)
    assert kept_back.sums.m == 0


def test_scores_carry_the_caution_and_the_rule():
    scores = audited(Q1_1_1=(1, 2))
    assert LOWEST_CAUTION in scores.notes
    document = scores.as_dict()
    assert document["rating_rule"] == "lowest_question"
    assert document["criteria"][0]["decision"]["decided_by"] == ["Q1.1.1"]
    assert document["themes"][0]["decision"] is None
