"""What is withheld counts in nothing that is shown; outliers are far from the median of the cases."""

import pytest

from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.moderation import Moderation, PutInPlace, kept_back_with, moderated, outliers, questions_counted
from aboveline.domain.question_set import QuestionSet
from aboveline.domain.scoring import score_inspection
from aboveline.exchange.frameworks import load_framework

FRAMEWORK, AUDIT = load_framework("cci-2009"), load_framework("audit-2021")
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


def every(scores):
    return (*scores.questions, *scores.criteria, *scores.sections, *scores.themes)


def what_counts(framework):
    """The questions each score counts, found from the scoring itself: those whose answer alone moves it."""
    found = {}
    for question in framework.questions:
        alone = InspectionJudgements.of([Judgement("C1", question.id, Answer.SUFFICIENT)], cases=["C1"])
        for score in every(score_inspection(framework, alone, caseload_size=None)):
            found.setdefault(score.id, set()).update({question.id} if score.applicable else ())
    return found


COUNTS = what_counts(FRAMEWORK)


@pytest.mark.parametrize("framework", [FRAMEWORK, AUDIT], ids=lambda one: one.id)
def test_whatever_is_withheld_nothing_shown_counts_a_judgement_of_it(framework):
    questions = [question.id for question in framework.questions]
    scores = score_inspection(framework, judged([0.5] * 2, questions), caseload_size=None)
    counts = what_counts(framework)
    for target in counts:
        found = every(moderated(framework, scores, Moderation({target: "r"}, {}, {})))
        kept_back = {score.id for score in found if score.withheld}
        assert target in kept_back
        gone = set().union(*(counts[one] for one in kept_back if one in questions))
        assert counts[target] <= gone
        assert {score.id for score in found if score.id not in kept_back and counts[score.id] & gone} == set()
        assert {one.id for one in kept_back_with(framework, scores, target)} == kept_back - {target}


def test_a_withheld_score_leaves_no_figure_but_the_cases_and_says_why():
    criterion = FRAMEWORK.criteria[0]
    found = told({criterion.id: "late entries"}, bands={criterion.id: "minimum"}, provisional={criterion.id: "p"})
    for score in (found.criterion_by_id[criterion.id], found.question_by_id[criterion.questions[0].id]):
        figures = score.as_dict()
        told_of = {name for name, value in figures.items() if value is not None}
        assert told_of == {"id", "name", "cases", "reason", "questions_asked", "questions_in_full", "withheld"}
        names = ("sufficient", "applicable", "not_applicable", "not_answered", "applicable_cases")
        assert {getattr(score, name) for name in names} == {0}
        assert (score.sums.y, score.sums.m, score.practice.interval, score.provisional) == (0, 0, None, "")
        assert str(score.practice.reason) == figures["reason"] == "Withheld: late entries"
        assert [(str(step.words), step.value) for step in score.working()] == [("Withheld", "late entries")]


def test_what_counts_nothing_withheld_stays_as_it_was():
    found = told({"3.2": "r"})
    shown = [score for score in every(found) if not score.withheld]
    assert len(shown) > 50
    assert shown == [score for score in every(SCORES) if score.id in {one.id for one in shown}]


def test_two_reasons_for_one_score_are_both_told():
    found = told({"1.1": "late entries", "1.2": "no records"})
    assert found.section_by_id["1"].withheld == "late entries; no records"
    assert found.criterion_by_id["1.2"].withheld == "no records"


def test_a_question_that_was_not_asked_keeps_nothing_back():
    asked = QuestionSet("Short", tuple(q for q in QUESTIONS if not q.startswith("Q1.1.")))
    scores = score_inspection(FRAMEWORK, judged([0.5] * 6), caseload_size=None, question_set=asked)
    found = moderated(FRAMEWORK, scores, Moderation({"Q1.1.1": "r"}, {}, {}))
    assert [score.id for score in every(found) if score.withheld] == ["Q1.1.1"]


def test_another_band_stands_beside_the_computed_one_and_the_share_stays():
    criterion = SCORES.criteria[0]
    other = next(band for band in FRAMEWORK.bands if band.id != criterion.band.id)
    found = told(
        bands={criterion.id: PutInPlace(criterion.band.id, other.id)}, provisional={criterion.id: "p"}
    ).criteria[0]
    assert (found.band, found.computed_band, found.share) == (other, criterion.band, criterion.share)
    assert found.provisional == "p"
    assert found.as_dict() == criterion.as_dict() | {
        "band": {"id": other.id, "name": str(other.name)}, "computed_band": criterion.band.id, "provisional": "p",
    }  # fmt: skip


def test_a_mark_touches_its_own_score_alone():
    found = told(provisional={"1.1": "p"})
    assert [score.id for score in every(found) if score.provisional] == ["1.1"]
    assert [score for score in every(found) if score.id != "1.1"] == [s for s in every(SCORES) if s.id != "1.1"]


def test_a_band_that_is_the_computed_one_is_no_override():
    criterion = SCORES.criteria[0]
    assert told(bands={criterion.id: PutInPlace(criterion.band.id, criterion.band.id)}) == SCORES


@pytest.mark.parametrize(
    ("shares", "far"),
    [
        ([0.5] * 5 + [0.0], {"C5"}),
        ([0.5] * 6, set()),
        ([0.5] * 5 + [0.3], set()),
        # of fewer than five cases none is far, of five one can be
        ([0.5, 0.5, 0.5, 0.0], set()),
        ([0.5, 0.5, 0.5, 0.5, 0.0], {"C4"}),
        # where the cases lie wide apart, 40 points from the median is not far
        ([0.1, 0.3, 0.5, 0.7, 0.9], set()),
        # both ends
        ([0.0] + [0.5] * 5 + [1.0], {"C0", "C6"}),
    ],
)
def test_a_case_far_from_the_rest_is_named(shares, far):
    found = outliers(judged(shares), QUESTIONS)
    assert {one.case for one in found if one.outlying} == far
    assert [one.share for one in found] == sorted(one.share for one in found)


def test_cases_with_few_judgements_are_left_out():
    assert outliers(judged([0.5] * 6), QUESTIONS[:3]) == ()
    assert len(outliers(judged([0.5] * 6), QUESTIONS[:4])) == 6


def test_only_the_score_s_own_judgements_that_apply_count_for_an_outlier():
    rows = [Judgement("C0", question, Answer.NOT_APPLICABLE) for question in QUESTIONS[:10]]
    rows += [Judgement("C0", question, Answer.SUFFICIENT) for question in QUESTIONS[10:14]]
    rows += [Judgement("C0", question, Answer.INSUFFICIENT) for question in QUESTIONS[14:20]]
    (found,) = outliers(InspectionJudgements.of(rows, cases=["C0"]), QUESTIONS[:14])
    assert (found.sufficient, found.applicable, found.share) == (4, 4, 1.0)


def test_a_score_counts_the_questions_that_move_it():
    assert {target: set(questions_counted(FRAMEWORK, target)) for target in COUNTS} == COUNTS
