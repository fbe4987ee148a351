"""Scores of one inspection: examples, properties, and agreement with a slow independent count."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.rating import NOT_ANSWERED
from aboveline.domain.score import Score
from aboveline.domain.scoring import InspectionScores, score_inspection
from aboveline.domain.statistics import ALL_READ, CASELOAD_UNKNOWN, NOT_SCORED
from tests.builders import a_framework, framework_of, judgements, judgements_of_counts

FRAMEWORK = a_framework()
QUESTIONS = [question.id for question in FRAMEWORK.questions]
HAND = [(3, 5), (8, 10), (10, 10), (2, 6), (7, 9), (0, 4), (5, 5), (6, 8), (4, 9), (9, 12)]

answer_rows = st.dictionaries(
    st.tuples(st.sampled_from([f"C{n}" for n in range(1, 8)]), st.sampled_from(QUESTIONS)),
    st.sampled_from(list(Answer)),
    max_size=40,
)


def inspection(rows: dict[tuple[str, str], Answer]) -> InspectionJudgements:
    return InspectionJudgements.of(Judgement(case, question, answer) for (case, question), answer in rows.items())


def scores_of(rows: dict[tuple[str, str], Answer]) -> InspectionScores:
    return score_inspection(FRAMEWORK, inspection(rows), caseload_size=None)


def every_score(scores: InspectionScores) -> list[Score]:
    return [*scores.questions, *scores.criteria, *scores.sections, *scores.themes]


def test_hand_worked_theme() -> None:
    theme = score_inspection(framework_of(12), judgements_of_counts(HAND), caseload_size=40).theme_by_id["all"]
    assert (theme.sufficient, theme.applicable, theme.cases) == (54, 78, 10)
    assert (theme.share, theme.percent, theme.band.id) == (Fraction(9, 13), 69, "moderate")
    assert (round(theme.interval.low, 6), round(theme.interval.high, 6)) == (0.527556, 0.819287)


def test_practice_interval_never_takes_the_finite_population_correction() -> None:
    read_whole = score_inspection(framework_of(12), judgements_of_counts(HAND), caseload_size=10).theme_by_id["all"]
    assert (read_whole.interval, read_whole.no_interval_reason) == (None, ALL_READ)
    assert round(read_whole.practice.interval.low, 6) == 0.500489


def test_answers_fall_into_four_counts() -> None:
    found = score_inspection(
        FRAMEWORK,
        judgements({"A": {"1.1.1": "s", "1.1.2": "-"}, "B": {"1.1.1": "i", "1.1.2": "."}}, cases=["C"]),
        caseload_size=None,
    ).criterion_by_id["1.1"]
    assert (found.sufficient, found.applicable, found.not_applicable, found.not_answered) == (1, 2, 1, 3)
    assert (found.cases, found.applicable_cases) == (3, 2)


def test_nothing_applicable_is_not_scored() -> None:
    found = score_inspection(FRAMEWORK, judgements({"A": {"1.1.1": "-"}}), caseload_size=None).question_by_id["1.1.1"]
    assert (found.share, found.percent, found.band, found.interval) == (None, None, None, None)
    assert found.no_interval_reason == NOT_SCORED


def test_a_theme_is_not_the_mean_of_criteria() -> None:
    found = score_inspection(
        FRAMEWORK, judgements({"A": {"1.1.1": "s", "1.1.2": "s", "2.1.1": "i"}}), caseload_size=None
    )
    assert found.theme_by_id["roh"].share == Fraction(2, 3)
    assert [found.criterion_by_id[c].share for c in ("1.1", "2.1")] == [1, 0]


@pytest.mark.parametrize("size", [0, 1])
def test_a_caseload_smaller_than_the_sample_is_a_problem(size: int) -> None:
    with pytest.raises(ProblemsFound) as caught:
        score_inspection(FRAMEWORK, judgements({"A": {}, "B": {}}), caseload_size=size)
    assert [p.code for p in caught.value.problems] == ["judgement.caseload-smaller"]
    assert "2 were assessed" in caught.value.problems[0].message


def test_unknown_caseload_is_said() -> None:
    assert scores_of({}).notes == (CASELOAD_UNKNOWN,)
    assert score_inspection(FRAMEWORK, inspection({}), caseload_size=9).notes == ()


def test_working_leads_from_counts_to_interval() -> None:
    theme = score_inspection(framework_of(12), judgements_of_counts(HAND), caseload_size=40).theme_by_id["all"]
    values = [step.value for step in theme.working()]
    assert values[:2] == ["54", "78"]
    assert {"0.692308", "69%", "Moderate", "25.0% of 40", "0.00435228", "2.262157"} <= set(values)
    assert values[-1] == "0.527556 to 0.819287"


def test_working_says_why_there_is_no_interval_or_another_method() -> None:
    framework = framework_of(2)
    alone = score_inspection(framework, judgements_of_counts([(0, 0)]), caseload_size=None).theme_by_id["all"]
    alike = score_inspection(framework, judgements_of_counts([(2, 2)] * 3), caseload_size=None).theme_by_id["all"]
    assert alone.working()[-1].value == NOT_ANSWERED
    assert any("Wilson" in step.value for step in alike.working())


def test_json_shape() -> None:
    document = score_inspection(framework_of(12), judgements_of_counts(HAND), caseload_size=40).as_dict()
    assert {"questions", "criteria", "sections", "themes", "framework", "cases", "caseload_size"} <= document.keys()
    theme = document["themes"][0]
    assert theme["share"] == 54 / 78
    assert theme["band"] == {"id": "moderate", "name": "Moderate"}
    assert {"low", "high", "level", "method"} <= theme["interval"].keys()
    assert document["questions"][0].keys() == theme.keys()
    empty = score_inspection(framework_of(12), judgements_of_counts([]), caseload_size=40).as_dict()["themes"][0]
    assert (empty["interval"], empty["reason"]) == (None, NOT_SCORED)


@given(answer_rows, st.randoms())
def test_order_of_rows_changes_nothing(rows: dict, random: object) -> None:
    shuffled = list(rows.items())
    random.shuffle(shuffled)
    assert scores_of(rows) == scores_of(dict(shuffled))


@given(answer_rows, st.sampled_from(QUESTIONS))
def test_not_applicable_never_changes_a_score(rows: dict, question: str) -> None:
    """Marking what was not answered as not applicable, in a case already assessed, moves no share and no interval."""
    spare = next((case for case, _ in rows if (case, question) not in rows), None)
    after = rows | ({(spare, question): Answer.NOT_APPLICABLE} if spare else {})
    assert [(s.share, s.interval) for s in every_score(scores_of(rows))] == [
        (s.share, s.interval) for s in every_score(scores_of(after))
    ]


@given(answer_rows, st.sampled_from(["C1", "C9"]), st.sampled_from(QUESTIONS))
def test_one_more_sufficient_never_lowers_a_score(rows: dict, case: str, question: str) -> None:
    after = scores_of(rows | {(case, question): Answer.SUFFICIENT})
    for before, now in zip(every_score(scores_of(rows)), every_score(after), strict=True):
        assert now.share is None or now.share >= (before.share or 0)


@given(answer_rows)
def test_merged_groups_equal_sums(rows: dict) -> None:
    scores = scores_of(rows)
    for section, parts in (("1", ("1.1", "1.2")), ("2", ("2.1",))):
        whole, criteria = scores.section_by_id[section], [scores.criterion_by_id[part] for part in parts]
        for count in ("sufficient", "applicable", "not_applicable", "not_answered"):
            assert getattr(whole, count) == sum(getattr(criterion, count) for criterion in criteria)


def slow_score(framework: Framework, found: InspectionJudgements, questions: set[str]) -> tuple:
    """The same counts by the plainest loops."""
    answers = {(j.case, j.question): j.answer for j in found.judgements}
    y = [sum(answers.get((c, q)) == Answer.SUFFICIENT for q in questions) for c in found.cases]
    m = [sum(answers.get((c, q)) in (Answer.SUFFICIENT, Answer.INSUFFICIENT) for q in questions) for c in found.cases]
    left_out = sum(answers.get((c, q)) == Answer.NOT_APPLICABLE for c in found.cases for q in questions)
    unanswered = len(found.cases) * len(questions) - sum(m) - left_out
    return sum(y), sum(m), left_out, unanswered, sum(1 for one in m if one), y, m


@given(answer_rows)
def test_an_independent_slow_implementation_agrees(rows: dict) -> None:
    found, scores = inspection(rows), scores_of(rows)
    groups = [
        *((scores.question_by_id[q], {q}) for q in QUESTIONS),
        *((scores.criterion_by_id[c.id], {q.id for q in c.questions}) for c in FRAMEWORK.criteria),
        *((s, {q.id for q in FRAMEWORK.theme_questions(s.id)}) for s in scores.themes),
    ]
    for score, questions in groups:
        *counts, y, m = slow_score(FRAMEWORK, found, questions)
        assert counts == [
            score.sufficient,
            score.applicable,
            score.not_applicable,
            score.not_answered,
            score.applicable_cases,
        ]
        assert score.sums.yy == sum(a * a for a in y)
        assert score.sums.ym == sum(a * b for a, b in zip(y, m, strict=True))
        assert score.sums.mm == sum(b * b for b in m)
