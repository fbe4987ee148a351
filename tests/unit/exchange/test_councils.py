"""Objective lists and governance rule sets that come with the product."""

from datetime import date
from itertools import pairwise

import pytest

from aboveline.domain.framework import Certainty
from aboveline.domain.governance_rules import rules_on
from aboveline.exchange.councils import objective_lists, rule_sets


def test_seftons_eight_objectives_are_known_by_code() -> None:
    listed = objective_lists()["sefton-2009"]
    assert [objective.number for objective in listed.objectives] == list(range(1, 9))
    assert len({objective.code for objective in listed.objectives}) == 8
    assert listed.objectives[1].code == "safe_communities"


@pytest.mark.parametrize(
    ("jurisdiction", "day", "expected"),
    [
        ("england", date(2011, 1, 18), "england-2000"),
        ("england", date(2012, 9, 9), "england-2000"),
        ("england", date(2012, 9, 10), "england-2012"),
        ("wales", date(2024, 1, 1), "wales-2021"),
        ("england", date(1999, 1, 1), None),
        ("scotland", date(2024, 1, 1), None),
    ],
)
def test_the_rules_in_force_on_a_day(jurisdiction: str, day: date, expected: str | None) -> None:
    found = rules_on(rule_sets(), jurisdiction, day)
    assert (found.id if found else None) == expected


def test_rule_sets_of_a_country_follow_without_overlap() -> None:
    english = sorted((r for r in rule_sets() if r.jurisdiction == "england"), key=lambda r: r.in_force_from)
    for earlier, later in pairwise(english):
        assert earlier.in_force_to is not None
        assert (later.in_force_from - earlier.in_force_to).days == 1


def test_wales_has_its_own_grounds_of_exemption_and_no_key_decisions() -> None:
    wales = next(r for r in rule_sets() if r.jurisdiction == "wales")
    assert wales.paragraph_numbers == tuple(range(12, 19))
    assert not wales.has_key_decisions
    assert wales.key_notice_days is None
    assert all(rules.sources and rules.version >= 1 for rules in rule_sets())
    assert all(source.text and source.certainty for rules in rule_sets() for source in rules.sources)


def test_a_day_that_nobody_has_read_in_the_law_is_graded_so() -> None:
    wales = next(rules for rules in rule_sets() if rules.jurisdiction == "wales")
    (doubtful,) = [source for source in wales.sources if source.certainty is Certainty.RECALLED]
    assert "1 May 2021" in doubtful.text
