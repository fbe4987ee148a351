"""The facts decide what applies; what nobody judged follows them, what a person judged stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.applicability import (
    CASE_FACTS,
    Applies,
    Given,
    applies,
    facts_missing,
    overrides,
    progress,
    ruled_out_by,
    settle,
)
from aboveline.domain.framework import Condition, Text
from aboveline.domain.judgement import Answer
from aboveline.exchange.frameworks import load_framework
from tests.builders import a_question

CCI = load_framework("cci-2009")
MEDIUM = frozenset({"medium", "high", "very_high"})
EITHER = Condition(((("recorded", MEDIUM), ("should_be", MEDIUM)),), Text("risk was, or should have been, medium"))
BOTH = Condition(((("recorded", MEDIUM),), (("custody", frozenset({"yes"})),)))
BY_RULE = Given(Answer.NOT_APPLICABLE, CASE_FACTS)
plan = a_question("Q1", applies=EITHER)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Applies.OPEN),
        ({"recorded": ""}, Applies.OPEN),
        ({"recorded": "low"}, Applies.OPEN),  # what the file says never rules a question out by itself
        ({"recorded": "medium"}, Applies.YES),
        ({"recorded": "low", "should_be": "medium"}, Applies.YES),  # under-classified: the plan was needed
        ({"recorded": "low", "should_be": "low"}, Applies.NO),
    ],
)
def test_a_question_is_ruled_out_only_when_every_fact_that_could_call_for_it_is_given(facts, expected):
    assert applies(plan, facts) is expected


def test_a_question_without_a_condition_always_applies():
    assert applies(a_question(), {}) is Applies.YES


def test_one_failed_clause_rules_out_whatever_the_others_say():
    assert applies(a_question(applies=BOTH), {"custody": "no"}) is Applies.NO
    assert ruled_out_by(a_question(applies=BOTH), {"custody": "no"}) == ("custody",)


def test_the_facts_that_rule_a_question_out_are_named():
    assert ruled_out_by(plan, {"recorded": "low", "should_be": "low"}) == ("recorded", "should_be")
    assert ruled_out_by(plan, {"recorded": "low"}) == ()
    assert ruled_out_by(plan, {"recorded": "low", "should_be": "high"}) == ()


LOW = {"recorded": "low", "should_be": "low"}


def test_what_is_ruled_out_is_recorded_as_not_applicable():
    assert settle(plan, Given(), LOW) == BY_RULE


def test_what_is_open_is_never_filled():
    assert settle(plan, Given(), {"recorded": "low"}) == Given()


def test_a_change_of_facts_takes_back_what_the_rule_filled():
    assert settle(plan, BY_RULE, {"recorded": "medium"}) == Given()
    assert settle(plan, BY_RULE, {}) == Given()


def test_notes_survive_the_rule_both_ways():
    noted = settle(plan, Given(note="seen", improvement="more"), LOW)
    assert noted == Given(Answer.NOT_APPLICABLE, CASE_FACTS, "seen", "more")
    assert settle(plan, noted, {"recorded": "high"}) == Given(note="seen", improvement="more")


OWN = [Given(Answer.SUFFICIENT), Given(Answer.INSUFFICIENT), Given(Answer.NOT_APPLICABLE, "too_early")]


@pytest.mark.parametrize("judgement", OWN)
@pytest.mark.parametrize("facts", [{}, LOW, {"recorded": "high"}])
def test_a_person_s_own_judgement_stands(judgement, facts):
    assert settle(plan, judgement, facts) == judgement


def test_only_a_judgement_against_the_facts_needs_explaining():
    assert overrides(plan, Given(Answer.INSUFFICIENT), LOW)
    assert not overrides(plan, Given(Answer.INSUFFICIENT), {})
    assert not overrides(plan, Given(Answer.NOT_APPLICABLE, "too_early"), LOW)
    assert not overrides(plan, BY_RULE, LOW)


def test_an_imported_not_applicable_without_reason_is_a_person_s():
    assert Given(Answer.NOT_APPLICABLE).own
    assert not BY_RULE.own


def test_progress_counts_what_is_expected_and_names_what_is_missing():
    always, never = a_question("Q2"), a_question("Q3", applies=BOTH)
    facts = LOW | {"custody": "no"}
    found = progress((plan, always, never), {"Q1": BY_RULE, "Q3": Given(Answer.SUFFICIENT, note="because")}, facts)
    assert (found.answered, found.expected, found.missing) == (1, 2, ("Q2",))
    assert not found.complete
    assert progress((always,), {"Q2": Given(Answer.SUFFICIENT)}, {}).complete


def test_open_questions_are_expected():
    assert progress((plan,), {}, {}).expected == 1


def test_only_facts_that_decide_something_are_missed():
    assert "record_concern" not in facts_missing(CCI, {})
    assert facts_missing(CCI, {fact.id: "yes" for fact in CCI.case_facts}) == ()
    assert facts_missing(CCI, {})[0] == "rosh_recorded"


def test_the_real_framework_judges_a_plan_that_was_needed_and_never_made():
    """Recorded low, should have been medium: the plan question applies, so its absence counts."""
    question = CCI.question_by_id["Q1.1.9"]
    assert applies(question, {"rosh_recorded": "low", "rosh_should_be": "medium"}) is Applies.YES
    assert applies(question, {"rosh_recorded": "low"}) is Applies.OPEN


def test_no_framework_reason_has_the_rule_s_own_name():
    assert CASE_FACTS not in {reason.id for reason in CCI.not_applicable_reasons}


some_facts = st.fixed_dictionaries({}, optional={f.id: st.sampled_from(["", *f.option_ids]) for f in CCI.case_facts})
some_given = st.builds(Given, st.sampled_from(Answer), st.sampled_from(["", CASE_FACTS, "too_early"]), st.text())


@given(st.sampled_from(CCI.questions), some_given, some_facts, some_facts)
def test_settling_follows_the_newest_facts_alone(question, answer, before, after):
    """Once is enough, and the way there leaves no trace."""
    settled = settle(question, answer, after)
    assert settle(question, settled, after) == settled
    assert settle(question, settle(question, answer, before), after) == settled
    assert settled.own == answer.own


@given(st.sampled_from(CCI.questions), some_facts, some_facts)
def test_more_facts_never_reopen_a_question(question, facts, more):
    known = {fact: option for fact, option in facts.items() if option}
    if applies(question, known) is not Applies.OPEN:
        assert applies(question, {**more, **known}) is applies(question, known)


@given(st.sampled_from(CCI.questions), some_facts)
def test_ruled_out_exactly_when_facts_say_so(question, facts):
    assert bool(ruled_out_by(question, facts)) == (applies(question, facts) is Applies.NO)
