"""The linter against slow, obvious versions of its two proofs, and on values that never were in a file."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.framework import Band, CaseFact, Condition, FactOption, Text
from aboveline.domain.framework_linter import band_runs, lint, satisfiable
from aboveline.exchange.frameworks import read_framework
from tests.framework_builders import THREE_QUESTIONS

THREE = read_framework(THREE_QUESTIONS).expect()
OPTIONS = ("a", "b", "c")
FACTS = tuple(CaseFact(id, Text(id), tuple(FactOption(o, Text(o)) for o in OPTIONS)) for id in ("x", "y"))

PAIRS = st.tuples(st.sampled_from(["x", "y", "unknown"]), st.frozensets(st.sampled_from([*OPTIONS, "zz"]), min_size=1))
CONDITIONS = st.builds(Condition, st.lists(st.lists(PAIRS, min_size=1, max_size=3).map(tuple), max_size=4).map(tuple))


@given(CONDITIONS)
def test_satisfiable_agrees_with_trying_every_case(condition):
    slow = any(condition.holds({"x": x, "y": y}) for x, y in product(OPTIONS, OPTIONS))
    assert satisfiable(condition, FACTS) is slow


def band(low: int, high: int) -> Band:
    return Band(f"b{low}-{high}", Text(f"{low} to {high}"), low, high)


@given(st.lists(st.integers(1, 100), unique=True, max_size=5))
def test_bands_cut_anywhere_cover_each_percent_once(cuts):
    edges = [0, *sorted(cuts), 101]
    bands = [band(low, high - 1) for low, high in pairwise(edges)]
    assert list(band_runs(bands)) == [(1, 0, 100)]


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), max_size=5))
def test_band_runs_say_how_often_each_percent_is_covered(ranges):
    runs = list(band_runs([band(low, high) for low, high in ranges]))
    assert [p for _, first, last in runs for p in range(first, last + 1)] == list(range(101))
    for covered, first, last in runs:
        for percent in range(first, last + 1):
            assert covered == min(2, sum(low <= percent <= high for low, high in ranges))


def codes(**changes: object) -> list[str]:
    return [problem.code for problem in lint(replace(THREE, **changes))]


def test_a_sound_framework_has_no_problem():
    assert codes() == []


def test_bands_may_stand_in_any_order():
    assert codes(bands=tuple(reversed(THREE.bands))) == []


def test_every_gap_and_overlap_is_told():
    bands = (band(1, 50), band(48, 60), band(62, 99))
    problems = lint(replace(THREE, bands=bands))
    assert [(p.code, p.message) for p in problems] == [
        ("framework.bands-gap", "No band covers 0%."),
        ("framework.bands-overlap", "Two bands cover 48% to 50%."),
        ("framework.bands-gap", "No band covers 61%."),
        ("framework.bands-gap", "No band covers 100%."),
    ]


def test_every_kind_of_id_must_be_unique():
    twice = {
        name: getattr(THREE, name) * 2 for name in ("themes", "order_types", "not_applicable_reasons", "case_facts")
    }
    for name, values in twice.items():
        assert set(codes(**{name: values})) == {"framework.duplicate-id"}
    assert set(codes(sections=THREE.sections * 2)) == {"framework.duplicate-id"}
    fact = replace(THREE.case_facts[0], options=THREE.case_facts[0].options * 2)
    assert set(codes(case_facts=(fact,))) == {"framework.duplicate-id"}


def test_a_condition_on_a_fact_nobody_asks_can_never_apply():
    assert codes(case_facts=()) == ["framework.never-applies"]


def test_dates_out_of_order_are_told():
    assert codes(in_force_to=date(2009, 3, 31)) == ["framework.dates-reversed", "framework.order-out-of-time"]
    assert codes(review_by=date(2009, 3, 31)) == ["framework.review-too-early"]
    assert codes(in_force_to=None) == []


def test_an_order_that_began_after_the_framework_ended_is_out_of_time():
    later = replace(THREE.order_types[0], first=date(2012, 6, 1))
    assert codes(order_types=(later, *THREE.order_types[1:])) == ["framework.order-out-of-time"]
    spared = replace(later, eligible=False)
    assert codes(order_types=(spared, *THREE.order_types[1:])) == []


def test_an_order_that_ended_within_the_window_before_the_framework_began_is_in_time():
    for last, found in ((date(2008, 5, 1), []), (date(2008, 3, 1), ["framework.order-out-of-time"])):
        ended = replace(THREE.order_types[0], last=last)
        assert codes(order_types=(ended, *THREE.order_types[1:])) == found


def test_a_window_of_its_own_must_be_in_order_too():
    reversed_ = replace(THREE.eligibility, start_months_min=9, start_months_max=6)
    own = replace(THREE.order_types[0], eligibility=reversed_)
    assert codes(order_types=(own, *THREE.order_types[1:])) == ["framework.window-reversed"]


def test_an_order_is_in_time_by_its_own_window():
    ended = replace(THREE.order_types[0], last=date(2008, 5, 1))
    short = replace(ended, eligibility=replace(THREE.eligibility, start_months_min=3, start_months_max=5))
    assert codes(order_types=(ended, *THREE.order_types[1:])) == []
    assert codes(order_types=(short, *THREE.order_types[1:])) == ["framework.order-out-of-time"]


def test_prompts_of_one_question_must_differ_and_those_of_two_may_agree():
    again = (Text("Was it read?"), Text("was it READ?"))
    section = THREE.sections[0]
    criterion = section.criteria[0]
    first, *rest = criterion.questions

    def with_prompts(*prompts):
        asked = [replace(q, prompts=p) for q, p in zip((first, *rest), prompts, strict=True)]
        return (replace(section, criteria=(replace(criterion, questions=tuple(asked)), *section.criteria[1:])),)

    assert codes(sections=with_prompts(again, ())) == ["framework.repeated-words"]
    assert codes(sections=with_prompts(again[:1], again[1:])) == []
