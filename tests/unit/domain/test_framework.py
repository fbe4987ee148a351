"""Frameworks as values: conditions, bands, languages and orders in time."""

from dataclasses import replace
from datetime import date

import pytest

from aboveline.domain.framework import Condition, OrderType, Text
from aboveline.exchange.frameworks import read_framework
from tests.framework_builders import THREE_QUESTIONS

THREE = read_framework(THREE_QUESTIONS).expect()

HIGH = frozenset({"high"})
EITHER_HIGH = Condition(((("recorded", HIGH), ("should_be", HIGH)),))
BOTH_HIGH = Condition(((("recorded", HIGH),), (("should_be", HIGH),)))


@pytest.mark.parametrize(
    ("facts", "either", "both"),
    [
        ({}, False, False),
        ({"recorded": "high"}, True, False),
        ({"should_be": "high"}, True, False),
        ({"recorded": "low", "should_be": "high"}, True, False),
        ({"recorded": "high", "should_be": "high"}, True, True),
        ({"recorded": "low", "should_be": "low"}, False, False),
    ],
)
def test_a_clause_needs_one_match_and_a_condition_needs_every_clause(facts, either, both):
    assert EITHER_HIGH.holds(facts) is either
    assert BOTH_HIGH.holds(facts) is both


@pytest.mark.parametrize(
    ("facts", "either", "both"),
    [
        ({}, True, True),
        ({"recorded": "low"}, True, False),
        ({"recorded": "high"}, False, True),
        ({"recorded": "low", "should_be": "low"}, False, False),
        ({"recorded": "high", "should_be": "high"}, False, False),
        ({"recorded": "low", "should_be": ""}, True, False),
    ],
)
def test_a_condition_is_undecided_while_a_missing_fact_could_make_it_hold(facts, either, both):
    assert EITHER_HIGH.undecided(facts) is either
    assert BOTH_HIGH.undecided(facts) is both


def test_no_clause_means_always():
    assert Condition().always
    assert Condition().holds({})
    assert not EITHER_HIGH.always


def test_text_falls_back_to_english():
    assert Text("Yes", "Ydw").in_language("cy") == "Ydw"
    assert Text("Yes").in_language("cy") == "Yes"
    assert Text("Yes", "Ydw").in_language("en") == str(Text("Yes", "Ydw")) == "Yes"


def test_an_order_exists_between_its_first_and_last_day_both_included():
    order = OrderType("x", Text("X"), True, date(2009, 11, 30), date(2010, 1, 1))
    days = [date(2009, 11, 29), date(2009, 11, 30), date(2010, 1, 1), date(2010, 1, 2)]
    assert [order.existed_on(day) for day in days] == [False, True, True, False]
    assert OrderType("y", Text("Y"), True).existed_on(date(1900, 1, 1))


def test_the_tree_can_be_asked_from_any_side():
    assert [c.id for c in THREE.criteria] == ["1.1", "1.2"]
    assert THREE.criterion_of["Q1.1.2"].id == "1.1"
    assert [q.id for q in THREE.theme_questions("safeguarding")] == ["Q1.1.2", "Q1.2.1"]
    assert str(THREE.question_by_id["Q1.2.1"].text) == "Was the plan good enough?"
    assert [q.id for q in THREE.applicable({"custody": "no"})] == ["Q1.1.1", "Q1.2.1"]
    assert [q.id for q in THREE.applicable({"custody": "yes"})] == ["Q1.1.1", "Q1.1.2", "Q1.2.1"]


def test_a_percent_has_its_band_and_a_gap_is_said():
    assert [THREE.band_for(percent).id for percent in (0, 49, 50, 100)] == ["low", "low", "high", "high"]
    with pytest.raises(LookupError, match="no band for 101%"):
        THREE.band_for(101)


def test_the_digest_is_no_part_of_equality():
    assert replace(THREE, digest="other") == THREE
