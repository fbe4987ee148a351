"""The cube: exact size, equal inclusion probabilities, balance; and the source of chance it draws from."""

from hashlib import sha256
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.domain.chance import Chance
from aboveline.domain.cube import cube_sample


def test_chance_is_what_its_definition_says():
    first = int(sha256(b"seed:0").hexdigest(), 16)
    second = int(sha256(b"seed:1").hexdigest(), 16)
    chance = Chance("seed")
    assert chance.fraction() == (first >> 203) / 2**53
    assert chance.below(1000) == second * 1000 // 2**256


def test_a_shuffle_puts_each_item_in_each_place_equally_often():
    counts = [[0] * 4 for _ in range(4)]
    for seed in range(2000):
        for place, item in enumerate(Chance(str(seed)).shuffled(range(4))):
            counts[item][place] += 1
    assert all(abs(count - 500) < 4.5 * sqrt(2000 * 0.25 * 0.75) for row in counts for count in row)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_size_is_exact_whatever_the_variables(data):
    units = data.draw(st.integers(1, 25))
    size = data.draw(st.integers(0, units))
    width = data.draw(st.integers(0, 5))
    value = st.sampled_from([0.0, 1.0, -2.0, 3.0])
    rows = [data.draw(st.lists(value, min_size=width, max_size=width)) for _ in range(units)]
    chosen = cube_sample(rows, size, Chance(str(data.draw(st.integers(0, 99)))))
    assert len(chosen) == len(set(chosen)) == size
    assert chosen == sorted(chosen)


UNITS = [[float(i % 2), float(i % 3 == 0), float(i // 10)] for i in range(30)]


def inclusion_counts(sampler, draws=1500):
    counts = [0] * len(UNITS)
    for seed in range(draws):
        for unit in sampler(Chance(f"inclusion {seed}")):
            counts[unit] += 1
    return counts


def far_off(counts, size=7, draws=1500):
    """Units whose count of inclusions is further from equal chances than 4.5 standard errors."""
    share = size / len(counts)
    return [i for i, c in enumerate(counts) if abs(c - draws * share) > 4.5 * sqrt(draws * share * (1 - share))]


def test_every_unit_has_the_same_chance():
    counts = inclusion_counts(lambda chance: cube_sample(UNITS, 7, chance))
    assert far_off(counts) == []
    share = 7 / 30
    chi_square = sum((c - 1500 * share) ** 2 / (1500 * share * (1 - share)) for c in counts)
    assert chi_square < 58  # the 99.9% point of chi-square with 29 degrees of freedom


def test_control_a_draw_that_favours_some_units_is_noticed():
    def favours_the_first(chance):
        chosen = cube_sample(UNITS, 7, chance)
        return chosen if chance.fraction() < 0.8 else [0, *chosen[1:]]

    assert 0 in far_off(inclusion_counts(favours_the_first))


def test_whole_numbers_that_can_be_balanced_are_balanced_exactly():
    rows = [[float(i % 2), float(i % 5 == 0)] for i in range(40)]
    for seed in range(25):
        chosen = cube_sample(rows, 20, Chance(str(seed)))
        assert sum(rows[i][0] for i in chosen) == 10
        assert sum(rows[i][1] for i in chosen) == 4


def test_totals_are_closer_than_a_simple_draw_gives():
    rows = [[float((i * 7) % 5), float(i % 3 == 0), float(i % 4 == 1)] for i in range(120)]
    truth = [sum(row[j] for row in rows) * 20 / 120 for j in range(3)]

    def error(chosen):
        return sum((sum(rows[i][j] for i in chosen) - truth[j]) ** 2 for j in range(3))

    cube = sum(error(cube_sample(rows, 20, Chance(str(s)))) for s in range(60))
    simple = sum(error(Chance(str(s)).shuffled(range(120))[:20]) for s in range(60))
    assert cube < simple / 4


def test_variables_that_repeat_each_other_do_no_harm():
    rows = [[1.0, float(i % 2), float(i % 2), float(1 - i % 2), 0.0] for i in range(24)]
    for seed in range(20):
        assert sum(rows[i][1] for i in cube_sample(rows, 6, Chance(str(seed)))) == 3


@pytest.mark.parametrize(("size", "expected"), [(0, []), (4, [0, 1, 2, 3])])
def test_none_and_all(size, expected):
    assert cube_sample([[1.0]] * 4, size, Chance("x")) == expected
