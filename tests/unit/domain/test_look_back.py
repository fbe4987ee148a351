"""Another look-back than the framework's, on the certificate of the draw."""

from datetime import date

import pytest

from aboveline.domain.caseload import eligible
from aboveline.domain.certificate import certify, verify_certificate
from aboveline.domain.look_back import LONGEST_MONTHS, with_look_back
from aboveline.domain.sampling import draw
from aboveline.exchange.frameworks import load_framework
from tests.caseload_builders import a_caseload

FRAMEWORK = load_framework("cci-2009")
DAY = date(2010, 6, 1)


def certificate(framework):
    caseload = a_caseload(40)
    found = eligible(caseload, framework, DAY)
    drawn = draw(
        found.entries, method="simple", size=8, seed="s", stratify_by="order_type", balance_on=[],
        reserves=framework.sample.reserves_for(8),
    )  # fmt: skip
    return certify(drawn, caseload, found, framework, {}), caseload


def codes(document, caseload):
    return [problem.code for problem in verify_certificate(document, caseload, FRAMEWORK).problems]


def test_a_certificate_carries_the_look_back_it_was_drawn_by():
    document, caseload = certificate(with_look_back(FRAMEWORK, 24, "A small service"))
    assert document["eligibility"]["rule"]["text"] == "A small service"
    assert codes(document, caseload) == ["certificate.other-look-back"]


def test_one_by_the_framework_s_own_rule_is_as_it_was():
    document, caseload = certificate(FRAMEWORK)
    assert set(document["eligibility"]["rule"]) == {"text", "certainty"}
    assert codes(document, caseload) == []


def test_a_look_back_changed_afterwards_shows():
    document, caseload = certificate(with_look_back(FRAMEWORK, 24, "A small service"))
    document["eligibility"]["rule"]["start_months_max"] = 20
    assert codes(document, caseload) == ["certificate.does-not-agree"]


@pytest.mark.parametrize("rule", [None, "text", {"start_months_max": 1}, {"start_months_max": "x", "text": ""}])
def test_a_rule_that_is_none_is_no_certificate_or_does_not_agree(rule):
    document, caseload = certificate(FRAMEWORK)
    document["eligibility"]["rule"] = rule
    assert codes(document, caseload)[0] in {"certificate.unreadable", "certificate.does-not-agree"}


@pytest.mark.parametrize("months", [0, FRAMEWORK.eligibility.start_months_min, LONGEST_MONTHS + 1])
def test_no_look_back_without_a_case(months):
    with pytest.raises(ValueError, match="look-back"):
        with_look_back(FRAMEWORK, months, "why")
