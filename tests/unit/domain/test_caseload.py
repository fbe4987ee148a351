from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.caseload import (
    FIELDS,
    REQUIRED_FIELDS,
    Caseload,
    eligible,
    frame_digest,
    months_before,
    natural_as_at,
)
from aboveline.domain.framework import Certainty, EligibilityRule, Source
from tests.caseload_builders import a_caseload, an_entry, caseload_framework

FRAMEWORK = caseload_framework()


def test_an_entry_outside_its_codes_cannot_be_made():
    for wrong in ({"sex": "m"}, {"age": 9}, {"age": 19}, {"safety": ""}, {"looked_after": "maybe"}):
        with pytest.raises(ValueError, match="outside its codes"):
            an_entry(**wrong)
    with pytest.raises(ValueError, match="case_ref"):
        an_entry("")


def test_an_entry_lists_every_field_in_the_templates_order():
    assert tuple(an_entry().as_dict()) == FIELDS
    assert set(REQUIRED_FIELDS) < set(FIELDS)
    assert an_entry(order_end=date(2010, 2, 3)).as_dict()["order_end"] == "2010-02-03"


def test_a_caseload_is_sorted_and_refuses_a_reference_twice():
    assert [e.case_ref for e in Caseload.of([an_entry("B"), an_entry("A")]).entries] == ["A", "B"]
    with pytest.raises(ValueError, match="repeated"):
        Caseload.of([an_entry("A"), an_entry("A", age=16)])


@given(st.permutations(a_caseload(12).entries))
def test_the_digest_does_not_depend_on_row_order(entries):
    assert frame_digest(entries) == a_caseload(12).digest


@pytest.mark.parametrize(
    "change", [{"case_ref": "A002"}, {"age": 16}, {"team": "north"}, {"order_end": date(2010, 9, 9)}, {"sex": "male"}]
)
def test_the_digest_changes_with_any_value(change):
    assert frame_digest([an_entry()]) != frame_digest([replace(an_entry(), **change)])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2010, 6, 1), 3, date(2010, 3, 1)),
        (date(2010, 6, 1), 12, date(2009, 6, 1)),
        (date(2010, 5, 31), 3, date(2010, 2, 28)),
        (date(2012, 2, 29), 12, date(2011, 2, 28)),
        (date(2010, 1, 15), 1, date(2009, 12, 15)),
        (date(2010, 11, 30), -3, date(2011, 2, 28)),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_months_last(day, months, expected):
    assert months_before(day, months) == expected


def test_eligibility_includes_both_ends_of_the_window_and_counts_each_reason():
    caseload = Caseload.of(
        [
            an_entry("early", order_start=date(2009, 5, 31)),
            an_entry("first", order_start=date(2009, 6, 1)),
            an_entry("last", order_start=date(2010, 3, 1)),
            an_entry("late", order_start=date(2010, 3, 2)),
            an_entry("later", order_start=date(2011, 3, 2)),
            an_entry("oocd", order_type="out_of_court_disposal", order_start=date(2009, 1, 1)),
        ]
    )
    found = eligible(caseload, FRAMEWORK, date(2010, 6, 1))
    assert [e.case_ref for e in found.entries] == ["first", "last"]
    assert {x.reason: x.case_refs for x in found.exclusions} == {
        "order_type": ("oocd",),
        "started_too_early": ("early",),
        "started_too_late": ("late", "later"),
    }
    assert [x.count for x in found.exclusions] == [1, 1, 2]
    assert "2009-06-01" in next(x.words for x in found.exclusions if x.reason == "started_too_early")


@given(st.dates(date(2009, 1, 1), date(2012, 1, 1)))
def test_every_case_is_either_eligible_or_excluded_once(as_at):
    caseload = a_caseload(60, eligible_only=False)
    found = eligible(caseload, FRAMEWORK, as_at)
    named = [e.case_ref for e in found.entries] + [ref for x in found.exclusions for ref in x.case_refs]
    assert sorted(named) == [e.case_ref for e in caseload.entries]


def test_without_a_date_an_old_list_is_read_as_at_its_own_time_and_a_new_one_today():
    old = Caseload.of(
        [
            an_entry("A", order_start=date(2010, 1, 4)),
            an_entry("B", order_start=date(2009, 9, 9)),
            an_entry("C", order_type="out_of_court_disposal", order_start=date(2010, 5, 5)),
        ]
    )
    assert natural_as_at(old, FRAMEWORK, date(2026, 1, 1)) == date(2010, 4, 4)
    assert natural_as_at(old, FRAMEWORK, date(2010, 2, 1)) == date(2010, 2, 1)
    assert natural_as_at(Caseload(()), FRAMEWORK, date(2010, 2, 1)) == date(2010, 2, 1)


OWN_WINDOW = EligibilityRule(6, 9, Source("made up", Certainty.OWN))
TWO_WINDOWS = replace(
    FRAMEWORK,
    order_types=tuple(
        replace(order, eligibility=OWN_WINDOW if order.id == "referral_order" else None)
        for order in FRAMEWORK.order_types
    ),
)


def test_an_order_type_with_a_window_of_its_own_goes_by_that():
    starts = {"old": date(2009, 8, 31), "first": date(2009, 9, 1), "last": date(2009, 12, 1), "new": date(2009, 12, 2)}
    caseload = Caseload.of(
        [
            *(an_entry(name, order_type="referral_order", order_start=day) for name, day in starts.items()),
            an_entry("other", order_type="reparation_order", order_start=date(2010, 3, 1)),
        ]
    )
    found = eligible(caseload, TWO_WINDOWS, date(2010, 6, 1))
    assert [e.case_ref for e in found.entries] == ["first", "last", "other"]
    assert {x.reason: x.case_refs for x in found.exclusions} == {
        "started_too_early": ("old",),
        "started_too_late": ("new",),
    }
    assert (found.earliest_start, found.latest_start) == (date(2009, 6, 1), date(2010, 3, 1))
    assert all("for its type" in x.words and "20" not in x.words for x in found.exclusions)


def test_the_natural_date_asks_each_order_for_its_own_shortest_time():
    caseload = Caseload.of(
        [
            an_entry("A", order_type="reparation_order", order_start=date(2010, 1, 4)),
            an_entry("B", order_type="referral_order", order_start=date(2009, 12, 4)),
        ]
    )
    assert natural_as_at(caseload, TWO_WINDOWS, date(2026, 1, 1)) == date(2010, 6, 4)
