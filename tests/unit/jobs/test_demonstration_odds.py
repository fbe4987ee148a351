"""Chance for made-up cases: repeatable, independent by name, and of the odds asked for."""

from collections import Counter
from statistics import fmean, stdev

import pytest

from aboveline.jobs.demonstration.odds import Odds, logit

MANY = 4000


def test_the_same_words_give_the_same_numbers_and_other_words_others():
    first, again, other = Odds("a", "b"), Odds("a", "b"), Odds("a", "c")
    numbers = [first.fraction() for _ in range(5)]
    assert numbers == [again.fraction() for _ in range(5)]
    assert numbers != [other.fraction() for _ in range(5)]


def test_normal_values_have_the_spread_asked_for():
    odds = Odds("normal")
    values = [odds.normal(0.8) for _ in range(MANY)]
    assert fmean(values) == pytest.approx(0, abs=0.05)
    assert stdev(values) == pytest.approx(0.8, rel=0.05)


@pytest.mark.parametrize(("shift", "expected"), [(0.0, 0.3), (1.0, 0.538), (-1.0, 0.136)])
def test_a_shift_moves_a_share_on_the_logit_scale(shift, expected):
    odds = Odds("happens", str(shift))
    assert fmean(odds.happens(0.3, shift) for _ in range(MANY)) == pytest.approx(expected, abs=0.03)


def test_a_choice_follows_its_weights_and_never_takes_one_of_none():
    odds = Odds("choice")
    found = Counter(odds.choice({"never": 0, "often": 3, "seldom": 1}) for _ in range(MANY))
    assert found["often"] / MANY == pytest.approx(0.75, abs=0.03)
    assert set(found) == {"often", "seldom"}


def test_a_logistic_value_is_below_a_logit_as_often_as_its_share_says():
    odds = Odds("logistic")
    assert fmean(odds.logistic() < logit(0.9) for _ in range(MANY)) == pytest.approx(0.9, abs=0.02)
