"""The made-up facts of a case: in the framework's own options, in step with the case list and with each other."""

from collections.abc import Mapping

import pytest

from aboveline.domain.caseload import Caseload, CaseloadEntry
from aboveline.exchange.demonstration import demonstration_plan
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.caseloads import read_case_list
from aboveline.jobs.demonstration.case_list import CUSTODY, case_list_csv
from aboveline.jobs.demonstration.findings import CLASSES, findings

FRAMEWORK = load_framework("cci-2009")
FIRST, SECOND = demonstration_plan().inspections
#: in place of references, as case numbers are in the application
NUMBERS = [f"C{number:03d}" for number in range(1, 1000)]
Found = list[tuple[CaseloadEntry, Mapping[str, str]]]


def all_of(plan) -> Found:
    caseload: Caseload = read_case_list(
        case_list_csv(plan, FRAMEWORK, NUMBERS[: plan.listed]), FRAMEWORK, file="list.csv"
    ).expect()
    return [(entry, findings(plan, entry)) for entry in caseload.entries]


@pytest.fixture(scope="module")
def first() -> Found:
    return all_of(FIRST)


def share(rows: Found, fact: str, option: str = "yes") -> float:
    return sum(facts[fact] == option for _, facts in rows) / len(rows)


def test_every_fact_has_one_of_its_own_options(first):
    options = {fact.id: fact.option_ids for fact in FRAMEWORK.case_facts}
    for _, facts in first:
        assert set(facts) == set(options)
        assert all(option in options[fact] for fact, option in facts.items())


def test_the_recorded_classes_are_those_of_the_list(first):
    assert all(facts["rosh_recorded"] == e.risk_of_harm for e, facts in first)
    assert all(facts["vulnerability_recorded"] == e.safety for e, facts in first)


def steps(rows: Found) -> list[int]:
    """By how many classes each recorded one is too low."""
    known = [f for _, f in rows if f["rosh_recorded"] in CLASSES]
    return [CLASSES.index(f["rosh_should_be"]) - CLASSES.index(f["rosh_recorded"]) for f in known]


def test_cases_were_under_classified_more_often_at_first_than_later_and_never_over_classified(first):
    before, after = steps(first), steps(all_of(SECOND))
    assert {*before, *after} == {0, 1}
    assert sum(before) / len(before) > 1.5 * sum(after) / len(after)


def test_custody_follows_from_the_order_and_age(first):
    for entry, facts in first:
        assert (facts["custody"] != "none") == (entry.order_type in CUSTODY)
        assert not (facts["custody"] == "young_offender_institution" and entry.age < 15)


def test_a_looked_after_child_is_known_to_social_care_which_is_an_agency(first):
    for entry, facts in first:
        assert facts["looked_after"] == "yes" or entry.looked_after != "yes"
        assert facts["social_care"] == "yes" or facts["looked_after"] == "no"
        assert facts["agencies_involved"] == "yes" or facts["social_care"] == "no"


def test_a_case_under_three_months_was_not_reassessed_and_a_case_at_its_end_is_not_too_early(first):
    for entry, facts in first:
        assert facts["reassessed"] == "no" or facts["over_three_months"] == "yes"
        assert entry.order_end is None or (facts["ending"], facts["too_early"]) == ("yes", "no")


def test_troubles_go_together(first):
    needs = [f for _, f in first if f["vulnerability_should_be"] in ("high", "very_high")]
    others = [f for _, f in first if f["vulnerability_should_be"] == "low"]
    for fact in ("safeguarding_need_arose", "factor_mental_health", "social_care"):
        high = sum(f[fact] == "yes" for f in needs) / len(needs)
        low = sum(f[fact] == "yes" for f in others) / len(others)
        assert high > low + 0.1, fact


def test_no_fact_is_the_same_in_every_case(first):
    assert all(0 < share(first, fact.id, facts) < 1 for fact in FRAMEWORK.case_facts for facts in fact.option_ids[:1])


def test_the_same_case_has_the_same_facts_again(first):
    assert first == all_of(FIRST)
