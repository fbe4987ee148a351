"""The rules of a run chart, against examples, a slow count of every order, and chance itself."""

import random
from fractions import Fraction
from itertools import combinations, groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.run_rules import FEWEST, Pattern, Signal, read, runs_limits


def shares(*percents: int) -> list[Fraction]:
    return [Fraction(percent, 100) for percent in percents]


def signals(*percents: int) -> list[Signal]:
    return list(read(shares(*percents)).signals)


def test_fewer_than_ten_values_are_not_read():
    assert read(shares(*range(50, 59))) is None
    assert read(shares(*range(50, 60))) is not None


def test_the_median_of_an_even_number_lies_between():
    assert read(shares(*[40] * 5, *[43] * 5)).median == Fraction(415, 1000)


def test_six_in_a_row_on_one_side_are_a_shift_and_five_are_not():
    six = signals(40, 60, 41, 59, 42, 58, 43, 44, 70, 71, 69, 72, 68, 73, 45, 46)
    assert [s for s in six if "shift" in s.pattern] == [Signal(Pattern.SHIFT_ABOVE, 8, 13, 6)]
    five = signals(40, 60, 41, 59, 42, 58, 43, 44, 70, 71, 69, 72, 68, 45, 46, 73)
    assert [s for s in five if "shift" in s.pattern] == []


def test_a_shift_below_is_told_from_one_above():
    found = signals(70, 40, 69, 41, 68, 42, 30, 31, 29, 32, 28, 33, 71, 67, 66, 65)
    assert [s.pattern for s in found if "shift" in s.pattern] == [Pattern.SHIFT_BELOW]


def test_a_value_on_the_median_neither_makes_nor_breaks_a_shift():
    centred = (40, 60, 41, 59, 42, 44, 43, 70, 71, 69, 50, 72, 68, 73, 45, 46, 47, 66, 30)
    assert read(shares(*centred)).median == Fraction(1, 2)
    assert Signal(Pattern.SHIFT_ABOVE, 7, 13, 6) in signals(*centred)


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ((70, 41, 69, 55, 50, 52, 54, 56, 58, 44, 61, 43), Pattern.TREND_UP),
        ((40, 70, 41, 45, 58, 56, 54, 52, 50, 62, 44, 61), Pattern.TREND_DOWN),
    ],
)
def test_five_rising_or_falling_are_a_trend_and_four_are_not(values, pattern):
    assert [s for s in signals(*values) if "trend" in s.pattern] == [Signal(pattern, 4, 8, 5)]
    shorter = (*values[:6], *values[7:])
    assert [s for s in signals(*shorter) if "trend" in s.pattern] == []


def test_a_repeated_value_neither_makes_nor_breaks_a_trend():
    found = [s for s in signals(70, 41, 69, 50, 52, 52, 54, 56, 58, 44, 61, 43) if "trend" in s.pattern]
    assert found == [Signal(Pattern.TREND_UP, 3, 8, 5)]
    assert [s for s in signals(70, 41, 69, 50, 52, 52, 54, 56, 44, 61, 43, 62) if "trend" in s.pattern] == []


def test_values_that_swing_make_too_many_runs_and_a_level_change_too_few():
    assert [s.pattern for s in signals(*[40, 60] * 7)] == [Pattern.TOO_MANY_RUNS]
    level = signals(*[41, 42, 40] * 3, *[61, 60, 62] * 3)
    assert Signal(Pattern.TOO_FEW_RUNS, 0, 17, 2) in level


def test_where_all_values_are_the_same_there_is_nothing_to_count():
    found = read(shares(*[50] * 12))
    assert (found.runs, found.limits, found.signals) == (None, None, ())


#: the rows of the printed table of limits (useful values: fewest and most runs) that the exact count gives too
@pytest.mark.parametrize(
    ("useful", "limits"),
    [(10, (3, 9)), (14, (4, 12)), (16, (5, 13)), (18, (6, 14)), (24, (8, 18)), (30, (11, 21)), (40, (15, 27))],
)
def test_limits_of_runs_are_those_in_print(useful, limits):
    assert runs_limits(useful // 2, useful // 2) == limits


def test_no_side_no_limits():
    assert runs_limits(0, 12) is None
    assert runs_limits(12, 0) is None


@pytest.mark.parametrize(("above", "below"), [(5, 5), (4, 7), (6, 6), (1, 9)])
def test_limits_agree_with_counting_every_order(above, below):
    size = above + below
    counts = [
        len(list(groupby(place in chosen for place in range(size))))
        for chosen in map(set, combinations(range(size), above))
    ]
    low, high = runs_limits(above, below)
    assert sum(count < low for count in counts) / len(counts) <= 0.025 < sum(c <= low for c in counts) / len(counts)
    assert sum(count > high for count in counts) / len(counts) <= 0.025 < sum(c >= high for c in counts) / len(counts)


@given(st.lists(st.integers(0, 100), min_size=FEWEST, max_size=40))
def test_turning_the_chart_upside_down_turns_the_patterns(percents):
    turned = {"shift_above": "shift_below", "trend_up": "trend_down"}
    turned |= {down: up for up, down in turned.items()}
    found = {(turned.get(s.pattern, s.pattern), s.first, s.last, s.count) for s in signals(*percents)}
    upside_down = signals(*(100 - percent for percent in percents))
    assert {(str(s.pattern), s.first, s.last, s.count) for s in upside_down} == {(str(p), *rest) for p, *rest in found}


@pytest.mark.parametrize(("values", "least", "most"), [(12, 0.10, 0.18), (24, 0.33, 0.44)])
def test_how_often_chance_alone_makes_a_pattern_is_as_the_caution_says(values, least, most):
    chance = random.Random(20261123)
    drawn = [[Fraction(chance.random()) for _ in range(values)] for _ in range(800)]
    assert least < sum(bool(read(one).signals) for one in drawn) / len(drawn) < most
