"""Answers by question and by case: in their order, counted, with what was written, and never a reference."""

import pytest

from aboveline.domain.applicability import CASE_FACTS
from aboveline.exchange.frameworks import load_framework
from aboveline.records.models import Case, CaseFinding, Judgement, User
from aboveline.web.presenters.answers import criteria_of_case, found_facts, groups_of_answers, listed_facts
from tests.builders import a_framework
from tests.scored_builders import an_unsaved_inspection, pairs

FRAMEWORK = a_framework()
CCI = load_framework("cci-2009")
INSPECTION = an_unsaved_inspection()
CANARY = "Zebedee Quillfeather"


def answer(given="sufficient", **more):
    return Judgement(question="1.1.1", answer=given, author=User(name="Robin"), **more)


def groups(rows, numbers=None):
    return groups_of_answers(FRAMEWORK, INSPECTION, numbers or list(rows), rows)


def test_groups_stand_insufficient_first_and_none_is_empty():
    rows = {"C1": answer(), "C2": answer("insufficient"), "C3": answer("not_applicable"), "C4": answer("insufficient")}
    found = groups(rows, ["C1", "C2", "C3", "C4", "C5"])
    assert [(g.words, g.tone, g.count, [c.number for c in g.cases]) for g in found] == [
        ("insufficient", 1, "2 cases", ["C2", "C4"]),
        ("sufficient", 4, "1 case", ["C1"]),
        ("not applicable", 0, "1 case", ["C3"]),
        ("not answered", 0, "1 case", ["C5"]),
    ]


def test_cases_that_the_facts_ruled_out_stand_apart_without_a_reason_of_their_own():
    rows = {"C1": answer("not_applicable", reason=CASE_FACTS), "C2": answer("not_applicable", reason="no_victim")}
    person, facts = groups(rows)
    assert [c.number for c in person.cases] == ["C2"]
    assert facts.words == "not applicable: the facts of the case rule it out"
    assert [(c.number, c.reason) for c in facts.cases] == [("C1", "")]
    assert person.cases[0].reason == "no_victim"


@pytest.mark.parametrize("written", [{"note": "n"}, {"improvement": "i"}, {"reason": "why"}])
def test_a_case_with_something_written_is_told_and_the_others_are_bare(written):
    (group,) = groups({"C1": answer(**written), "C2": answer()})
    assert [c.number for c in group.told] == ["C1"]
    assert [c.number for c in group.bare] == ["C2"]


def test_a_case_carries_what_was_written_and_who_wrote_it():
    (group,) = groups({"C1": answer(note="n", improvement="i")})
    (case,) = group.cases
    assert (case.note, case.improvement, case.author, case.href) == ("n", "i", "Robin", "/inspections/7/cases/C1/")


def test_a_criterion_of_a_case_counts_the_sufficient_of_the_applicable():
    rows = {
        "1.1.1": answer("insufficient", note="n", improvement="i"),
        "1.1.2": answer("not_applicable", reason=CASE_FACTS),
        "1.2.1": answer(),
    }
    first, second, third = criteria_of_case(FRAMEWORK, INSPECTION, rows, {})
    assert [one.counts for one in (first, second, third)] == [
        "0 of 1 sufficient",
        "1 of 1 sufficient",
        "0 of 0 sufficient",
    ]
    one, other = first.questions
    assert (one.id, one.answer, one.tone, one.note, one.improvement, one.author) == (
        "1.1.1", "insufficient", 1, "n", "i", "Robin"
    )  # fmt: skip
    assert one.text == "Was 1.1.1 done well enough?"
    assert one.href == "/inspections/7/questions/1.1.1/"
    assert (other.answer, other.reason) == ("not applicable", "The facts of the case rule the question out")
    assert (third.questions[0].answer, third.questions[0].author) == ("not answered", "")


def test_a_reason_is_said_in_the_frameworks_words():
    reason = CCI.not_applicable_reasons[0]
    rows = {CCI.questions[0].id: Judgement(answer="not_applicable", reason=reason.id, author=User(name="R"))}
    found = criteria_of_case(CCI, INSPECTION, rows, {})[0].questions[0]
    assert found.reason == str(reason.name)


def test_what_was_listed_is_said_in_words_and_in_order():
    attributes = {
        "age": 15,
        "order_type": "referral_order",
        "order_start": "2009-01-12",
        "order_end": "",
        "risk_of_harm": "very_high",
        "team": "north_east",
        "case_manager": "CM_01",
        "sex": None,
    }
    assert pairs(listed_facts(CCI, Case(attributes=attributes))) == [
        ("Order", "Referral order"),
        ("Order began", "12 January 2009"),
        ("Age at the start of the order", "15"),
        ("Class of risk of harm", "Very high"),
        ("Team", "north_east"),
        ("Case manager", "CM_01"),
    ]


def test_what_is_no_day_or_order_of_ours_stays_as_it_was_given():
    found = listed_facts(CCI, Case(attributes={"order_type": "own_order", "order_start": "spring"}))
    assert pairs(found) == [("Order", "Own order"), ("Order began", "spring")]


def test_neither_a_reference_nor_an_unknown_column_is_ever_listed():
    case = Case(attributes={"case_ref": CANARY, "name": CANARY, "postcode": CANARY}, reference_sealed=CANARY.encode())
    assert listed_facts(CCI, case) == ()


def test_only_what_an_assessor_found_is_said():
    findings = {"mappa": CaseFinding(fact="mappa", option="level_2"), "custody": CaseFinding(fact="custody", option="")}
    names = {fact.id: str(fact.name) for fact in CCI.case_facts}
    assert pairs(found_facts(CCI, findings)) == [(names["mappa"], "Eligible, level 2")]
    assert found_facts(CCI, {"custody": CaseFinding(fact="custody", option="made up")}) == ()
