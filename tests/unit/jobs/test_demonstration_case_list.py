"""The made-up case list: what a service could have sent at the time, read by the importer without a problem."""

from datetime import date

import pytest

from aboveline.domain.caseload import eligible
from aboveline.exchange.demonstration import demonstration_plan
from aboveline.exchange.frameworks import load_framework
from aboveline.exchange.identifying_columns import looks_like_name
from aboveline.jobs.caseloads import read_case_list
from aboveline.jobs.demonstration.case_list import case_list_csv, references

FRAMEWORK = load_framework("cci-2009")
FIRST, SECOND = demonstration_plan().inspections
#: in place of references, as case numbers are in the application
NUMBERS = [f"C{number:03d}" for number in range(1, 1000)]


def caseload(plan):
    read = read_case_list(case_list_csv(plan, FRAMEWORK, NUMBERS[: plan.listed]), FRAMEWORK, file="list.csv")
    assert read.problems == ()
    return read.expect()


@pytest.mark.parametrize("plan", [FIRST, SECOND], ids=lambda plan: plan.id)
class TestEachList:
    def test_has_the_length_planned(self, plan):
        assert len(caseload(plan).entries) == plan.listed

    def test_is_the_same_every_time(self, plan):
        assert case_list_csv(plan, FRAMEWORK, NUMBERS[: plan.listed]) == case_list_csv(
            plan, FRAMEWORK, NUMBERS[: plan.listed]
        )

    def test_some_cases_are_ineligible_for_each_reason_and_most_are_not(self, plan):
        found = eligible(caseload(plan), FRAMEWORK, plan.held_on)
        assert {x.reason for x in found.exclusions} == {"order_type", "started_too_early", "started_too_late"}
        assert len(found.entries) > 0.7 * plan.listed

    def test_orders_are_those_that_existed_on_their_day(self, plan):
        types = FRAMEWORK.order_type_by_id
        assert all(types[e.order_type].existed_on(e.order_start) for e in caseload(plan).entries)

    def test_an_order_has_an_end_only_once_it_has_ended(self, plan):
        ends = [e.order_end for e in caseload(plan).entries]
        assert 0.3 < ends.count(None) / len(ends) < 0.7
        assert all(end <= plan.held_on for end in ends if end)

    def test_orders_start_on_days_when_courts_sit(self, plan):
        starts = {e.order_start for e in caseload(plan).entries}
        assert all(day.weekday() < 5 and (day.month, day.day) != (12, 25) for day in starts)

    def test_nothing_in_it_looks_like_a_name(self, plan):
        values = [v for e in caseload(plan).entries for v in (e.case_ref, e.team, e.case_manager)]
        assert not any(looks_like_name(value) for value in values)

    def test_children_in_custody_are_older_and_held_by_their_own_team(self, plan):
        custody = [
            e for e in caseload(plan).entries if e.order_type in ("detention_and_training_order", "other_custody")
        ]
        assert custody
        assert all(e.age > 12 and e.team == "Courts and custody" for e in custody)


def test_youth_rehabilitation_orders_only_from_the_end_of_november_2009():
    assert not [e for e in caseload(FIRST).entries if e.order_type == "youth_rehabilitation_order"]
    starts = [e.order_start for e in caseload(SECOND).entries if e.order_type == "youth_rehabilitation_order"]
    assert len(starts) > 15
    assert min(starts) >= date(2009, 11, 30)


def test_the_two_lists_share_no_reference_and_repeat_none():
    first, second = references(FIRST), references(SECOND)
    assert len(set(first + second)) == FIRST.listed + SECOND.listed
    assert not any(looks_like_name(reference) for reference in first)


def test_cases_keep_what_they_are_whatever_references_they_get():
    plain = case_list_csv(FIRST, FRAMEWORK, NUMBERS[: FIRST.listed]).decode().splitlines()
    dealt = case_list_csv(FIRST, FRAMEWORK, NUMBERS[: FIRST.listed][::-1]).decode().splitlines()
    assert plain[1].partition(",")[2] == dealt[-1].partition(",")[2]
    assert [line[:5] for line in plain] == [line[:5] for line in dealt]
