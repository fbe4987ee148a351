"""Agreement by criterion, by assessor and over the inspection, with the declared rule for what counts as a pair."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.agreement import (
    FEW_CASES,
    PERFECT,
    Agreement,
    InspectionAgreement,
    PairedAnswers,
    Scale,
    agreement,
    inspection_agreement,
)
from aboveline.domain.chance_agreement import NO_PAIRS
from aboveline.domain.judgement import Answer
from tests.builders import LETTERS, a_criterion, a_framework, a_question, a_section

CRITERIA = (
    a_criterion("1.1", a_question("1.1.1"), a_question("1.1.2")),
    a_criterion("1.2", a_question("1.2.1")),
)
FRAMEWORK = a_framework([a_section("1", *CRITERIA)])
QUESTIONS = [question.id for question in FRAMEWORK.questions]


def a_case(case: str, answers: str, first: str = "ana", second: str = "ben") -> list[PairedAnswers]:
    """'ss si' answers the first two questions: both readers sufficient, then the second reader not."""
    return [
        PairedAnswers(case, question, LETTERS[pair[0]], LETTERS[pair[1]], first, second)
        for question, pair in zip(QUESTIONS, answers.split(), strict=False)
    ]


THREE = [
    *a_case("C001", "ss si --"),
    *a_case("C002", "ii ss s-", first="cai"),
    *a_case("C003", "ss is .s", first="cai", second="ana"),
]


def measured(pairs: list[PairedAnswers] = THREE, scale: Scale = Scale.ANSWERS) -> InspectionAgreement:
    return inspection_agreement(FRAMEWORK, pairs, scale=scale)


def counts(found: Agreement) -> tuple[int, int, int, int]:
    return found.cases, found.cases_with_pairs, found.pairs, found.agreeing


def test_every_group_counts_its_pairs() -> None:
    found = measured()
    assert counts(found.whole) == (3, 3, 8, 5)
    assert counts(found.criterion_by_id["1.1"]) == (3, 3, 6, 4)
    assert counts(found.criterion_by_id["1.2"]) == (3, 2, 2, 1)
    assert counts(found.assessor_by_id["ana"]) == (1, 1, 3, 2)
    assert counts(found.assessor_by_id["cai"]) == (2, 2, 5, 3)
    assert [row.id for row in found.assessors] == ["ana", "cai"]
    assert found.whole.share.value == Fraction(5, 8)


def test_a_case_read_twice_counts_in_a_criterion_that_it_never_asked_about() -> None:
    found = measured([*THREE, *a_case("C004", "ss")])
    assert counts(found.criterion_by_id["1.2"]) == (4, 2, 2, 1)


def test_on_the_line_a_question_counts_where_both_found_that_it_applied() -> None:
    found = measured(scale=Scale.LINE).whole
    assert counts(found) == (3, 3, 6, 4)
    assert (found.not_answered, found.not_applicable, found.by_case_facts) == (1, 2, 0)
    assert measured().whole.not_applicable == 0


def test_what_one_of_them_did_not_answer_is_no_pair_and_is_counted() -> None:
    found = measured().criterion_by_id["1.2"]
    assert (found.pairs, found.not_answered) == (2, 1)
    unanswered = measured(a_case("C001", ".. s. .i")).whole
    assert (unanswered.pairs, unanswered.not_answered, unanswered.share.reason) == (0, 3, NO_PAIRS)


def test_what_the_case_facts_of_both_switched_off_is_no_agreement() -> None:
    pairs = [replace(pair, by_case_facts=pair.first is Answer.NOT_APPLICABLE) for pair in a_case("C001", "-- ss si")]
    for scale in Scale:
        found = measured(pairs, scale).whole
        assert (found.pairs, found.agreeing, found.by_case_facts, found.not_applicable) == (2, 1, 1, 0)


def test_who_was_the_more_lenient_reader_shows() -> None:
    found = measured().whole
    assert (found.first_above, found.second_above) == (1, 1)
    assert (measured().assessor_by_id["ana"].first_above, measured().assessor_by_id["ana"].second_above) == (1, 0)


def test_perfect_agreement_and_few_cases_are_said() -> None:
    perfect = measured([pair for n in range(6) for pair in a_case(f"C00{n}", "ss ii --")]).whole
    assert perfect.notes == (PERFECT,)
    assert measured().whole.notes == (FEW_CASES,)
    assert measured([]).whole.notes == ()


def test_nothing_read_twice_gives_reasons_in_every_row() -> None:
    found = measured([])
    rows = [found.whole, *found.criteria]
    assert [row.ac1.reason for row in rows] == [NO_PAIRS] * 3
    assert found.assessors == ()
    assert found.whole.working()[-1].value == NO_PAIRS


def test_the_working_ends_in_the_figures_shown() -> None:
    found = measured().whole
    steps = {str(step.words): step.value for step in found.working()}
    assert steps["Cases read twice, of which with a pair of answers"] == "3, 3"
    assert (steps["Pairs of answers"], steps["Pairs that agree"]) == ("8", "5")
    assert steps["Gwet's AC1"] == f"{float(found.ac1.value or 0):.6f}"
    assert found.ac1.interval is not None
    assert steps["Gwet's AC1: interval, fisher-t"] == f"{found.ac1.interval.low:.6f} to {found.ac1.interval.high:.6f}"
    assert steps["Student's t with 2 degrees of freedom"] == "4.302653"


def test_as_data_every_figure_has_its_counts() -> None:
    data = measured().as_dict()
    whole = data["whole"]
    assert isinstance(whole, dict)
    assert (whole["pairs"], whole["agreeing"], whole["share"]["value"]) == (8, 5, 0.625)
    assert {"value", "chance", "interval", "reason"} == set(whole["kappa"])
    assert [row["id"] for row in data["criteria"]] == ["1.1", "1.2"]  # type: ignore[attr-defined]


def test_a_reader_cannot_be_one_s_own_second_reader() -> None:
    with pytest.raises(ValueError, match="second reader"):
        a_case("C001", "ss", first="ana", second="ana")


def test_a_question_twice_in_a_case_or_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="two pairs"):
        agreement("x", "x", a_case("C001", "ss") * 2)
    with pytest.raises(KeyError):
        measured([replace(THREE[0], question="9.9.9")])


answers = st.sampled_from(list(Answer))


@given(
    st.lists(st.tuples(st.integers(1, 5), answers, answers), max_size=15, unique_by=lambda row: row[0]), st.randoms()
)
def test_order_and_readers_places_change_no_figure(rows, chance) -> None:
    pairs = [PairedAnswers(f"C{n}", QUESTIONS[n % 3], first, second, "ana", "ben") for n, first, second in rows]
    mixed = chance.sample(pairs, len(pairs))
    swapped = [replace(p, first=p.second, second=p.first, first_reader="ben", second_reader="ana") for p in pairs]
    found, other = measured(pairs), measured(swapped)
    assert measured(mixed) == found
    for one, two in zip([found.whole, *found.criteria], [other.whole, *other.criteria], strict=True):
        assert (one.share, one.ac1, one.kappa, one.pairs) == (two.share, two.ac1, two.kappa, two.pairs)
        assert one.first_above == two.second_above
        asked = sum(p.question.startswith(one.id) or one.id == "inspection" for p in pairs)
        assert one.pairs + one.not_answered + one.by_case_facts + one.not_applicable == asked
