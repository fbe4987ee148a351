"""Intervals against R's survey package, hand-worked examples, and every declared edge."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtrit

from aboveline.domain.statistics import (
    ALL_READ,
    NOT_SCORED,
    TOO_FEW_CASES,
    Interval,
    Sums,
    case_sample_size,
    expected_margin,
    logit_working,
    mover_difference,
    precision,
    t_quantile,
    wilson,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "statistics"
RECORDS = json.loads((FIXTURES / "survey.json").read_text())
HAND = [(3, 5), (8, 10), (10, 10), (2, 6), (7, 9), (0, 4), (5, 5), (6, 8), (4, 9), (9, 12)]


def interval_of(counts: list[tuple[int, int]], caseload_size: int | None = None) -> Interval:
    found = precision(Sums.of(counts), sum(m > 0 for _, m in counts), caseload_size)
    assert found.interval is not None, found.reason
    return found.interval


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["name"])
def test_variance_and_interval_are_those_of_r_survey(record: dict) -> None:
    counts, size = [tuple(pair) for pair in record["counts"]], record["caseload_size"]

    working = logit_working(Sums.of(counts), size)
    interval = interval_of(counts, size)

    assert working.share == pytest.approx(record["share"], abs=1e-12)
    assert working.variance == pytest.approx(record["variance"], rel=1e-9)
    assert (interval.low, interval.high) == pytest.approx((record["low"], record["high"]), abs=1e-9)
    assert (interval.method, interval.level, interval.finite_population) == ("logit-t", 0.95, size is not None)


def test_worked_example_by_hand() -> None:
    working = logit_working(Sums.of(HAND), 40)
    assert round(working.share, 6) == 0.692308
    assert round(working.variance, 8) == 0.00435228
    assert [round(limit, 6) for limit in working.limits] == [0.527556, 0.819287]


def test_cases_with_nothing_applicable_count_as_assessed() -> None:
    assert round(logit_working(Sums.of([*HAND, (0, 0), (0, 0)]), 40).variance, 6) == 0.003988


def test_sums_are_whole_numbers_over_all_cases() -> None:
    assert Sums.of([(1, 2), (0, 0), (3, 3)]) == Sums(n=3, y=4, m=5, yy=10, ym=11, mm=13)
    assert Sums.of([(1, 2), (2, 2)]).share == Fraction(3, 4)


class TestEdges:
    def test_nothing_applicable_is_not_scored(self) -> None:
        assert precision(Sums.of([(0, 0)] * 3), 0, 10).reason == NOT_SCORED
        assert precision(Sums.of([]), 0, None).reason == NOT_SCORED

    def test_one_applicable_case_gives_no_interval(self) -> None:
        assert precision(Sums.of([(1, 2), (0, 0)]), 1, 10).reason == TOO_FEW_CASES

    def test_a_caseload_read_whole_has_no_sampling_error(self) -> None:
        assert precision(Sums.of(HAND), 10, 10) == precision(Sums.of([(4, 4)] * 3), 3, 3)
        assert precision(Sums.of(HAND), 10, 10).reason == ALL_READ

    @pytest.mark.parametrize("size", [None, 40])
    def test_all_sufficient_takes_wilson_on_applicable_cases(self, size: int | None) -> None:
        interval = interval_of([(3, 3), (1, 1), (2, 2), (0, 0)], size)
        square = stdtrit(3, 0.975) ** 2
        assert interval.low == pytest.approx(1 / (1 + square / 3), abs=1e-12)
        assert (interval.high, interval.method, interval.finite_population) == (1.0, "wilson-t", False)

    def test_none_sufficient_mirrors_all_sufficient(self) -> None:
        none, all_ = interval_of([(0, 3)] * 5), interval_of([(3, 3)] * 5)
        assert none.low == 0.0
        assert none.high == pytest.approx(1 - all_.low, abs=1e-12)

    def test_cases_exactly_alike_are_not_taken_for_certainty(self) -> None:
        interval = interval_of([(1, 2)] * 4)
        assert interval.method == "wilson-t"
        assert (interval.low, interval.high) == pytest.approx(wilson(0.5, 4, stdtrit(3, 0.975)))
        assert interval.high - interval.low > 0.5

    def test_a_score_near_one_of_few_cases_does_not_overflow(self) -> None:
        interval = interval_of([(2000, 2000), (0, 1)])
        assert 0 <= interval.low < interval.high <= 1


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple), max_size=30),
    st.none() | st.integers(0, 60),
)
def test_every_interval_is_finite_and_holds_the_share(counts: list[tuple[int, int]], unread: int | None) -> None:
    sums = Sums.of(counts)
    size = None if unread is None else len(counts) + unread
    found = precision(sums, sum(m > 0 for _, m in counts), size)
    assert (found.interval is None) == (found.reason is not None)
    if found.interval:
        assert 0 <= found.interval.low <= sums.y / sums.m + 1e-12
        assert sums.y / sums.m - 1e-12 <= found.interval.high <= 1


@given(st.integers(1, 2000), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.999]))
def test_t_quantile_is_students(df: int, level: float) -> None:
    assert t_quantile(df, level) == pytest.approx(stdtrit(df, (1 + level) / 2), rel=1e-11)


@pytest.mark.parametrize(("df", "level"), [(0, 0.95), (5, 0.0), (5, 1.0)])
def test_t_quantile_refuses_what_has_none(df: int, level: float) -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        t_quantile(df, level)


class TestDifference:
    def test_limits_combine_by_squares_toward_each_side(self) -> None:
        found = mover_difference(0.4, Interval(0.3, 0.52), 0.7, Interval(0.62, 0.77))
        assert found.low == pytest.approx(0.3 - math.sqrt(0.08**2 + 0.12**2))
        assert found.high == pytest.approx(0.3 + math.sqrt(0.07**2 + 0.1**2))
        assert found.method == "mover"

    def test_refuses_an_interval_narrowed_for_the_caseload(self) -> None:
        narrowed = Interval(0.3, 0.5, finite_population=True)
        with pytest.raises(ValueError, match="finite-population"):
            mover_difference(0.4, narrowed, 0.7, Interval(0.6, 0.8))

    def test_refuses_mixed_levels(self) -> None:
        with pytest.raises(ValueError, match="one level"):
            mover_difference(0.4, Interval(0.3, 0.5, 0.8), 0.7, Interval(0.6, 0.8))


class TestSize:
    @pytest.mark.parametrize(("caseload", "cases"), [(15, 14), (16, 15), (200, 91), (500, 124), (None, 164)])
    def test_five_points_at_80_percent(self, caseload: int | None, cases: int) -> None:
        assert case_sample_size(caseload, 0.05, 0.8) == cases

    def test_other_confidences(self) -> None:
        assert case_sample_size(None, 0.05, 0.95) == 385
        assert case_sample_size(None, 0.05, 0.85) == 208

    @pytest.mark.parametrize(("caseload", "margin", "confidence"), [(0, 0.05, 0.8), (9, 0, 0.8), (9, 0.05, 1)])
    def test_refuses_the_impossible(self, caseload: int, margin: float, confidence: float) -> None:
        with pytest.raises(ValueError, match="sample size"):
            case_sample_size(caseload, margin, confidence)

    def test_margin_of_a_pooled_score(self) -> None:
        by_hand = stdtrit(29, 0.975) * math.sqrt((1 - 30 / 180) * 2.5 * 0.25 / (30 * 20))
        assert expected_margin(30, 180, 2.5, 20) == pytest.approx(by_hand)
        assert expected_margin(30, None, 2.5, 20, p=0.9) == pytest.approx(
            stdtrit(29, 0.975) * math.sqrt(2.5 * 0.09 / 600)
        )

    def test_margin_where_all_are_read_or_one_is(self) -> None:
        assert expected_margin(30, 30, 2.5, 20) == 0
        assert expected_margin(1, 30, 2.5, 20) is None
