"""A short question set: checked against its framework, and what scores over it say."""

from fractions import Fraction

import pytest

from aboveline.domain.problems import Severity
from aboveline.domain.question_set import CATALOGUE, NOT_ASKED, NOT_COMPARABLE, QuestionSet, narrowed, question_set
from aboveline.domain.scoring import InspectionScores, score_inspection
from tests.builders import a_framework, judgements

FRAMEWORK = a_framework()
IDS = [question.id for question in FRAMEWORK.questions]
SHEET = judgements({"A": {"1.1.1": "s", "1.1.2": "i", "2.1.1": "i"}, "B": {"1.1.1": "s", "2.1.1": "s"}})

#: what to give for each problem
PLANTED = {
    "question-set.unknown-question": ("Monthly", [*IDS, "1.1.9"]),
    "question-set.repeated-question": ("Monthly", [*IDS, IDS[0], IDS[0]]),
    "question-set.no-questions": ("Monthly", [" ", ""]),
    "question-set.no-title": (" ", IDS),
    "question-set.criterion-not-asked": ("Monthly", ["1.1.1"]),
}


def short(*ids: str) -> QuestionSet:
    return question_set(FRAMEWORK, "Monthly", ids).expect()


def scored(*ids: str) -> InspectionScores:
    return score_inspection(FRAMEWORK, SHEET, caseload_size=None, question_set=short(*ids))


@pytest.mark.parametrize("code", PLANTED)
def test_each_fault_gives_its_problem_and_no_other(code: str) -> None:
    assert {p.code for p in question_set(FRAMEWORK, *PLANTED[code]).problems} == {code}


def test_every_problem_is_planted() -> None:
    assert set(PLANTED) == {kind.code for kind in CATALOGUE}


def test_problems_come_together_with_the_nearest_question_and_the_count() -> None:
    problems = question_set(FRAMEWORK, "", ["1.1.1", "1.1.1", "1.1.22"]).errors
    assert [(p.value, p.nearest) for p in problems[1:]] == [("1.1.1", None), ("1.1.22", "1.1.2")]
    assert "2 times" in problems[1].message


def test_a_sound_set_is_in_the_frameworks_order() -> None:
    assert short("2.1.1", " 1.1.1 ").question_ids == ("1.1.1", "2.1.1")
    assert "2.1.1" in short("2.1.1")
    assert "1.1.1" not in short("2.1.1")


def test_a_criterion_left_out_is_a_warning_and_not_asked() -> None:
    checked = question_set(FRAMEWORK, "Monthly", ["1.1.1"])
    assert checked.ok
    assert {p.severity for p in checked.problems} == {Severity.WARNING}
    left_out = scored("1.1.1").criterion_by_id["2.1"]
    assert (left_out.share, left_out.no_interval_reason, left_out.asked) == (None, NOT_ASKED, 0)
    assert left_out.not_answered == 0


def test_only_the_questions_asked_count() -> None:
    criterion = scored("1.1.1").criterion_by_id["1.1"]
    assert (criterion.share, criterion.asked, criterion.questions) == (Fraction(1), 1, 2)
    assert criterion.working()[0].value == "1 of 2"
    assert scored(*IDS).criterion_by_id["1.1"].share == Fraction(2, 3)


def test_scores_say_that_they_are_not_those_of_a_full_inspection() -> None:
    assert NOT_COMPARABLE in scored("1.1.1").notes
    assert NOT_COMPARABLE not in scored(*IDS).notes
    document = scored("1.1.1").as_dict()
    assert document["question_set"] == {"title": "Monthly", "questions": ["1.1.1"]}
    assert (document["criteria"][0]["questions_asked"], document["criteria"][0]["questions_in_full"]) == (1, 2)


def test_a_narrowed_framework_asks_just_those_questions_and_keeps_no_empty_criterion() -> None:
    made = narrowed(FRAMEWORK, short(IDS[0]))
    assert [question.id for question in made.questions] == [IDS[0]]
    assert all(criterion.questions for criterion in made.criteria)
    assert all(section.criteria for section in made.sections)
    assert made.digest not in {FRAMEWORK.digest, narrowed(FRAMEWORK, short(*IDS)).digest}
    assert narrowed(FRAMEWORK, short(*IDS)).sections == FRAMEWORK.sections
