"""Percent agreement, AC1 and kappa against published figures, a hand-worked example, and every declared edge."""

import math
import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from aboveline.domain.agreement import Scale
from aboveline.domain.chance_agreement import (
    KAPPA_UNDEFINED,
    NO_PAIRS,
    ONE_ANSWER_ONLY,
    TOO_FEW_READ_TWICE,
    Coefficient,
    Table,
    ac1,
    kappa,
    percent_agreement,
)
from aboveline.domain.judgement import Answer
from tests.builders import LETTERS

ALL, LINE = Scale.ANSWERS.categories, Scale.LINE.categories
HAND = ["ss ss ss si", "ss ii ii is", "ii ii ss ss"]


def tables(*cases: str) -> list[Table]:
    """One table a case: 'ss si' is two questions, both readers above the line in the first only."""
    return [Table((LETTERS[pair[0]], LETTERS[pair[1]]) for pair in case.split()) for case in cases]


def all_three(cases: list[Table], categories: tuple[Answer, ...] = ALL) -> tuple[Coefficient, Coefficient, Coefficient]:
    return percent_agreement(cases), ac1(cases, categories), kappa(cases)


def test_one_question_a_case_gives_the_figures_published_for_two_abstractors() -> None:
    """100 pregnancies in three categories, the contingency table that Gwet's own package carries.

    Frozen: values and standard errors of irrCAC 0.4.4 (Python) on the raw ratings; its R original prints kappa
    0.7964094 and AC1 0.8493305, with standard errors for n instead of n - 1.
    """
    counts = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
    cases = [
        Table([(ALL[a], ALL[b])]) for a, row in enumerate(counts) for b, count in enumerate(row) for _ in range(count)
    ]
    found = [(float(c.value or 0), math.sqrt(c.variance or 0), float(c.chance or 0)) for c in all_three(cases)]
    assert found[0] == pytest.approx((0.89, 0.031446603774, 0), abs=1e-11)
    assert found[1] == pytest.approx((0.849330548231, 0.043435189140, 0.269925), abs=1e-11)
    assert found[2] == pytest.approx((0.796409402184, 0.059207499642, 0.4597), abs=1e-11)


def test_high_agreement_on_a_rare_answer_is_where_kappa_misleads() -> None:
    """125 subjects: 118 agreed on one answer, 5 and 2 disagreed. Frozen: values of irrCAC 0.4.4 (Python)."""
    cases = tables(*["ss"] * 118, *["si"] * 5, *["is"] * 2)
    share, gwet, cohen = all_three(cases, LINE)
    assert share.value == Fraction(118, 125)
    assert float(gwet.value or 0) == pytest.approx(0.940776337609, abs=1e-11)
    assert float(cohen.value or 0) == pytest.approx(-0.023391812865, abs=1e-11)


def test_worked_by_hand_with_the_case_as_unit() -> None:
    share, gwet, cohen = all_three(tables(*HAND), LINE)
    assert (share.value, share.variance) == (Fraction(10, 12), Fraction(1, 144))
    assert (gwet.value, gwet.chance, gwet.variance) == (Fraction(25, 37), Fraction(35, 72), Fraction(45828, 1874161))
    assert (cohen.value, cohen.chance) == (Fraction(23, 35), Fraction(37, 72))


def test_a_coefficients_limits_are_fishers_with_students_t() -> None:
    for figure in all_three(tables(*HAND), LINE)[1:]:
        value, error = float(figure.value or 0), math.sqrt(figure.variance or 0)
        half = stdtrit(2, 0.975) * error / (1 - value**2)
        assert figure.interval is not None
        assert figure.interval.method == "fisher-t"
        assert math.atanh(figure.interval.high) - math.atanh(value) == pytest.approx(half, rel=1e-9)
        assert math.atanh(value) - math.atanh(figure.interval.low) == pytest.approx(half, rel=1e-9)


@pytest.mark.parametrize("measure", [lambda cases: ac1(cases, ALL), kappa], ids=["ac1", "kappa"])
def test_the_linearised_variance_follows_the_jackknife_over_cases(measure) -> None:
    cases = tables(*("ss ii si ss", "ss ii -- s-", "ii si ss ss", "ss is ii ii", "-- ss ii si") * 8)
    left_out = [float(measure(cases[:i] + cases[i + 1 :]).value) for i in range(len(cases))]
    mean = sum(left_out) / len(cases)
    jackknife = (len(cases) - 1) / len(cases) * sum((value - mean) ** 2 for value in left_out)
    assert float(measure(cases).variance) == pytest.approx(jackknife, rel=0.05)


def test_judgements_that_hang_together_in_cases_widen_the_interval() -> None:
    together, apart = tables("ss " * 9, "ii " * 9, "si " * 9, "ss " * 9), tables(*["ss", "ii", "si", "ss"] * 9)
    for in_cases, alone in zip(all_three(together, LINE), all_three(apart, LINE), strict=True):
        assert in_cases.value == alone.value
        assert in_cases.interval is not None
        assert alone.interval is not None
        assert in_cases.interval.high - in_cases.interval.low > alone.interval.high - alone.interval.low


def a_case_with_its_own_share_of_disagreement(chance: random.Random) -> Table:
    above, differs = chance.betavariate(4, 2), chance.betavariate(2, 14)
    pairs = ("ss", "ii", "si", "is")
    shares = [above * (1 - differs), (1 - above) * (1 - differs), differs / 2, differs / 2]
    return Table((LETTERS[pair[0]], LETTERS[pair[1]]) for pair in chance.choices(pairs, shares, k=20))


def test_the_interval_holds_the_truth_as_often_as_it_says_even_from_six_cases() -> None:
    chance = random.Random(12)
    everything = sum((a_case_with_its_own_share_of_disagreement(chance) for _ in range(5000)), Table())
    truth = [float(figure.value or 0) for figure in all_three([everything], LINE)]
    held = [0, 0, 0]
    for _ in range(200):
        found = all_three([a_case_with_its_own_share_of_disagreement(chance) for _ in range(6)], LINE)
        for place, figure in enumerate(found):
            assert figure.interval is not None
            held[place] += figure.interval.low <= truth[place] <= figure.interval.high
    assert min(held) >= 182
    assert max(held) < 200


class TestEdges:
    @pytest.mark.parametrize("cases", [[], ["", ""]])
    def test_without_pairs_there_is_no_figure(self, cases: list[str]) -> None:
        assert all_three(tables(*cases)) == (Coefficient(None, reason=NO_PAIRS),) * 3

    @pytest.mark.parametrize("cases", [["ss si ii"], ["ss si ii", "", ""]])
    def test_one_case_gives_figures_and_no_interval(self, cases: list[str]) -> None:
        for figure in all_three(tables(*cases)):
            assert figure.value is not None
            assert (figure.interval, figure.reason) == (None, TOO_FEW_READ_TWICE)

    def test_perfect_agreement_rests_on_the_number_of_cases(self) -> None:
        few, many = all_three(tables(*["ss ii --"] * 4)), all_three(tables(*["ss ii --"] * 30))
        for small, large in zip(few, many, strict=True):
            assert small.value == large.value == 1
            assert small.interval is not None
            assert large.interval is not None
            assert small.interval.high == large.interval.high == 1
            assert small.interval.low < large.interval.low < 1
        assert few[1].interval is not None
        assert few[1].interval.method == "wilson-t-chance"

    def test_the_limit_of_perfect_agreement_is_wilsons_less_chance(self) -> None:
        share, gwet, _ = all_three(tables(*["ss ii"] * 4), LINE)
        assert share.interval is not None
        assert gwet.interval is not None
        assert gwet.interval.low == pytest.approx((share.interval.low - 0.5) / 0.5)

    def test_kappa_is_undefined_where_both_use_one_answer_and_ac1_is_not(self) -> None:
        share, gwet, cohen = all_three(tables("ss ss", "ss"))
        assert (share.value, gwet.value) == (1, 1)
        assert (cohen.value, cohen.interval, cohen.reason) == (None, None, KAPPA_UNDEFINED)

    def test_kappa_says_when_it_is_nought_by_construction(self) -> None:
        _, gwet, cohen = all_three(tables("ss ss si", "ss ss"))
        assert (cohen.value, cohen.interval, cohen.reason) == (0, None, ONE_ANSWER_ONLY)
        assert gwet.interval is not None

    def test_every_case_alike_still_has_an_interval_with_width(self) -> None:
        for figure in all_three(tables(*["ss ii si"] * 6)):
            assert figure.variance == 0
            assert figure.interval is not None
            assert figure.interval.low < float(figure.value or 0) < figure.interval.high

    def test_a_case_read_twice_without_a_pair_here_counts_as_read(self) -> None:
        without, having = percent_agreement(tables(*HAND)), percent_agreement(tables(*HAND, ""))
        assert having.value == without.value
        assert having.variance == Fraction(4, 3) / Fraction(3, 2) * Fraction(1, 144)


letters = st.sampled_from(["s", "i", "-"])
some_cases = st.lists(st.lists(st.tuples(letters, letters).map("".join), max_size=6).map(" ".join), max_size=8)


@given(some_cases)
def test_the_readers_can_change_places(cases: list[str]) -> None:
    swapped = [" ".join(pair[::-1] for pair in case.split()) for case in cases]
    assert all_three(tables(*cases)) == all_three(tables(*swapped))


@given(some_cases, st.randoms())
def test_the_order_of_cases_does_not_matter(cases: list[str], chance) -> None:
    assert all_three(tables(*cases)) == all_three(tables(*chance.sample(cases, len(cases))))


@given(some_cases)
def test_figures_and_limits_are_numbers_in_their_range_around_the_value(cases: list[str]) -> None:
    for lowest, figure in zip((0, -1, -1), all_three(tables(*cases)), strict=True):
        assert (figure.value is None or figure.interval is None) == (figure.reason is not None)
        if figure.value is not None:
            assert lowest <= figure.value <= 1
        if figure.value is not None and figure.interval is not None:
            assert lowest <= figure.interval.low <= float(figure.value) + 1e-12
            assert float(figure.value) - 1e-12 <= figure.interval.high <= 1
            assert figure.interval.low < figure.interval.high


@given(some_cases)
def test_a_reader_agrees_with_oneself(cases: list[str]) -> None:
    same = [" ".join(pair[0] * 2 for pair in case.split()) for case in cases]
    for figure in all_three(tables(*same)):
        assert figure.value == 1 or figure.reason in (NO_PAIRS, KAPPA_UNDEFINED)
