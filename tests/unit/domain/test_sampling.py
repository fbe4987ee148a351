import random
from collections import Counter
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.domain.caseload import frame_digest
from aboveline.domain.chance import GENERATOR, Chance
from aboveline.domain.sampling import (
    VARIABLES,
    Method,
    balance_table,
    balance_values,
    draw,
    proportional_counts,
    wishes,
)
from tests.caseload_builders import a_caseload, an_entry

FRAME = a_caseload(90).entries
ALL = [*Method]


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize("size", [1, 7, 30, 89, 90])
def test_a_draw_has_its_exact_size_and_reserves_that_are_not_in_it(method, size):
    drawn = draw(FRAME, method=method, size=size, seed=5, reserves=8)
    assert len(set(drawn.case_refs)) == size
    assert len(set(drawn.reserves)) == min(8, 90 - size)
    assert set(drawn.case_refs).isdisjoint(drawn.reserves)
    assert {*drawn.case_refs, *drawn.reserves} <= {e.case_ref for e in FRAME}


@pytest.mark.parametrize("method", ALL)
def test_a_draw_depends_on_the_seed_and_not_on_row_order(method):
    shuffled = random.Random(3).sample(FRAME, len(FRAME))
    drawn = draw(FRAME, method=method, size=20, seed="a seed", reserves=5)
    assert draw(shuffled, method=method, size=20, seed="a seed", reserves=5) == drawn
    assert draw(FRAME, method=method, size=20, seed="another", reserves=5).case_refs != drawn.case_refs


def test_a_number_and_its_text_are_the_same_seed():
    assert draw(FRAME, size=9, seed=42) == draw(FRAME, size=9, seed="42")


FROZEN = {
    Method.SIMPLE: ("C0010", "C0016", "C0023", "C0025", "C0029"),
    Method.STRATIFIED: ("C0017", "C0033", "C0035", "C0036", "C0039"),
    Method.CUBE: ("C0005", "C0013", "C0015", "C0021", "C0039"),
}


@pytest.mark.parametrize("method", ALL)
def test_a_draw_is_the_same_for_ever_and_on_every_machine(method):
    assert draw(a_caseload(40).entries, method=method, size=5, seed=2010).case_refs == FROZEN[method]


def test_a_draw_says_all_that_made_it():
    drawn = draw(FRAME, method="stratified", size=9, seed=1, stratify_by="team")
    assert (drawn.method, drawn.stratify_by, drawn.balance_on) == (Method.STRATIFIED, "team", ())
    assert (drawn.generator, drawn.population, drawn.size) == (GENERATOR, 90, 9)
    assert drawn.frame_digest == frame_digest(FRAME)
    assert drawn.inclusion_probability == 0.1
    cube = draw(FRAME, size=9, seed=1, balance_on=["sex"])
    assert (cube.stratify_by, cube.balance_on) == ("", ("sex",))


@pytest.mark.parametrize("method", ALL)
def test_every_case_has_the_same_chance(method):
    frame, draws = a_caseload(24, seed=4).entries, 1200
    counts: Counter[str] = Counter()
    for seed in range(draws):
        counts.update(draw(frame, method=method, size=7, seed=seed, balance_on=["order_type", "age"]).case_refs)
    share = 7 / 24
    assert all(abs(counts[e.case_ref] - draws * share) < 4.5 * sqrt(draws * share * (1 - share)) for e in frame)


def test_every_case_left_has_the_same_chance_of_the_first_reserve():
    frame, draws = a_caseload(12).entries, 1200
    counts = Counter(draw(frame, method="simple", size=4, seed=s, reserves=1).reserves[0] for s in range(draws))
    assert all(abs(counts[e.case_ref] - 100) < 4.5 * sqrt(draws / 12 * 11 / 12) for e in frame)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_strata_get_their_exact_share_rounded_up_or_down(sizes, data):
    total = data.draw(st.integers(1, sum(sizes)))
    counts = proportional_counts(sizes, total, Chance(str(data.draw(st.integers(0, 999)))))
    assert sum(counts) == total
    assert all(abs(Fraction(total * n, sum(sizes)) - c) < 1 and c <= n for n, c in zip(sizes, counts, strict=True))


def test_strata_get_their_exact_share_on_average():
    sizes, draws = [3, 5, 9, 13], 3000
    got = [proportional_counts(sizes, 7, Chance(str(s))) for s in range(draws)]
    for i, size in enumerate(sizes):
        exact = 7 * size / 30
        part = exact % 1
        mean = sum(counts[i] for counts in got) / draws
        assert abs(mean - exact) < 4.5 * sqrt(part * (1 - part) / draws)


def test_a_stratified_draw_holds_each_order_type_in_proportion():
    drawn = draw(FRAME, method="stratified", size=30, seed=8)
    listed = Counter(e.order_type for e in FRAME)
    sampled = Counter(e.order_type for e in FRAME if e.case_ref in drawn.case_refs)
    assert all(abs(sampled[kind] - listed[kind] / 3) < 1 for kind in listed)


def test_balance_values_are_years_and_categories():
    cases = [an_entry("A", age=12, sex="male"), an_entry("B", age=17, sex="female"), an_entry("C", sex="other")]
    assert balance_values(cases, ["age", "sex"]) == [[-3.0, 1.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    assert balance_values(cases, []) == [[], [], []]


def test_the_balance_table_sets_the_sample_against_the_caseload():
    drawn = draw(FRAME, size=30, seed=8)
    table = balance_table(FRAME, drawn.case_refs)
    for variable in VARIABLES[:8]:
        rows = [row for row in table if row.variable == variable]
        assert sum(row.caseload for row in rows) == 90
        assert sum(row.sample for row in rows) == 30
        assert sum(row.sample_share for row in rows) == pytest.approx(1)
    assert not any(row.variable == "case_manager" for row in table)
    assert balance_table([an_entry()], [])[0].sample_share == 0


def test_everything_wrong_with_a_wish_is_said_at_once():
    found = wishes(10, method="cub", size=11, seed=" ", variables=["gender", "age"])
    assert [q.code for q in found] == [
        "draw.unknown-method",
        "draw.size-too-large",
        "draw.no-seed",
        "draw.unknown-variable",
    ]
    assert found[0].nearest == "cube"
    assert [q.code for q in wishes(10, method="cube", size=0, seed=1)] == ["draw.size-too-small"]
    assert wishes(10, method="simple", size=10, seed=0) == ()


def test_a_draw_refuses_what_wishes_names():
    with pytest.raises(ValueError, match="only 90 are eligible"):
        draw(FRAME, size=91, seed=1)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.sampled_from(ALL), st.integers())
def test_any_list_any_size_any_seed(population, method, seed):
    frame = a_caseload(population, seed=population).entries
    size = 1 + seed % population
    assert len(draw(frame, method=method, size=size, seed=seed).case_refs) == size
