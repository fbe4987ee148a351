"""One test for each code that an answer or a finding can earn by itself."""

import pytest

from aboveline.domain.applicability import CASE_FACTS, Given
from aboveline.domain.assessment_checks import TEXT_LIMIT, check_answer, check_finding
from aboveline.domain.judgement import Answer
from aboveline.exchange.frameworks import load_framework

CCI = load_framework("cci-2009")
PLAN = CCI.question_by_id["Q1.1.9"]
LOW = {"rosh_recorded": "low", "rosh_should_be": "low"}


def codes(given, facts=None):
    return [(p.code, p.place.path, p.place.column) for p in check_answer(CCI, PLAN, given, facts or {})]


@pytest.mark.parametrize(
    "given",
    [
        Given(),
        Given(Answer.SUFFICIENT),
        Given(Answer.NOT_APPLICABLE, "too_early"),
        Given(Answer.NOT_APPLICABLE, CASE_FACTS),
        Given(Answer.INSUFFICIENT, note="x" * TEXT_LIMIT),
    ],
)
def test_a_good_answer_has_no_problem(given):
    assert codes(given) == []


def test_not_applicable_needs_a_reason():
    assert codes(Given(Answer.NOT_APPLICABLE)) == [("assessment.reason-missing", "Q1.1.9", "reason")]


def test_the_reason_is_one_of_the_framework_s():
    assert codes(Given(Answer.NOT_APPLICABLE, "because")) == [("assessment.reason-unknown", "Q1.1.9", "reason")]


def test_long_texts_are_refused_not_cut():
    long = "x" * (TEXT_LIMIT + 1)
    assert codes(Given(note=long, improvement=long)) == [
        ("assessment.text-too-long", "Q1.1.9", "note"),
        ("assessment.text-too-long", "Q1.1.9", "improvement"),
    ]


def test_a_judgement_against_the_facts_needs_a_note():
    assert codes(Given(Answer.INSUFFICIENT), LOW) == [("assessment.override-unexplained", "Q1.1.9", "note")]
    assert codes(Given(Answer.INSUFFICIENT, note="they were wrong"), LOW) == []


def test_all_problems_come_at_once():
    assert len(codes(Given(Answer.NOT_APPLICABLE, improvement="x" * 6000))) == 2


def test_an_option_is_one_of_the_fact_s_own():
    assert check_finding(CCI, "mappa", "level_2") == []
    assert check_finding(CCI, "mappa", "") == []
    (problem,) = check_finding(CCI, "mappa", "yes")
    assert (problem.code, problem.place.path) == ("assessment.option-unknown", "mappa")
