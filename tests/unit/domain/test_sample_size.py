from itertools import pairwise

import pytest

from aboveline.domain.sample_size import precision, precision_table
from aboveline.domain.statistics import case_sample_size


def test_the_sizes_of_the_rule_reach_their_margins():
    table = {row.size: row for row in precision_table(200)}
    assert table[91].case_margin <= 0.05
    assert precision(90, 200, deff=3, mean_m=15).case_margin > 0.05
    assert case_sample_size(200, 0.05) == 91


def test_a_larger_sample_is_never_less_precise():
    table = precision_table(500, [38, 40, 62])
    assert [row.size for row in table] == sorted({row.size for row in table})
    assert {38, 40, 62} <= {row.size for row in table}
    for before, after in pairwise(table):
        assert after.case_margin < before.case_margin
        assert after.score_margin < before.score_margin


def test_reading_every_case_leaves_no_sampling_error():
    assert precision(40, 40, deff=3, mean_m=15).case_margin == 0
    assert precision(40, 40, deff=3, mean_m=15).score_margin == 0
    assert precision(1, 40, deff=3, mean_m=15).score_margin is None


def test_sizes_beyond_the_caseload_are_left_out():
    assert max(row.size for row in precision_table(20, [38, 15])) <= 20
    assert 15 in [row.size for row in precision_table(20, [38, 15])]


def test_the_margin_of_a_fact_is_worked_by_hand():
    assert precision(50, 100, deff=3, mean_m=15).case_margin == pytest.approx(1.28 * (0.25 * 0.5 / 50) ** 0.5)
