"""What the Core Case Inspection framework must say, whoever edits it next."""

from collections import Counter
from datetime import date
from itertools import product

import pytest

from aboveline.domain.framework import Certainty
from aboveline.domain.judgement import Answer
from aboveline.exchange.frameworks import load_framework

CCI = load_framework("cci-2009")

#: facts that decide nothing and are asked for what they show the lead inspector
FOR_THE_LEAD_INSPECTOR = {"record_concern"}

ORDERS = {
    "referral_order",
    "reparation_order",
    "supervision_order",
    "action_plan_order",
    "curfew_order",
    "attendance_centre_order",
    "youth_rehabilitation_order",
    "detention_and_training_order",
    "other_custody",
    "out_of_court_disposal",
}

#: an ordinary case in which nothing special is called for
PLAIN = {
    "rosh_recorded": "low",
    "rosh_should_be": "low",
    "screening_positive": "no",
    "mappa": "not_eligible",
    "identifiable_victim": "no",
    "vulnerability_recorded": "low",
    "vulnerability_should_be": "low",
    "social_care": "no",
    "looked_after": "no",
    "safeguarding_need_arose": "no",
    "custody": "none",
    "over_three_months": "no",
    "significant_change": "no",
    "reassessed": "no",
    "agencies_involved": "no",
    "factor_education": "no",
    "factor_substance_misuse": "no",
    "factor_mental_health": "no",
    "factor_family": "no",
    "factor_accommodation": "no",
    "non_compliance": "no",
    "too_early": "yes",
    "ending": "no",
    "record_concern": "none",
}


def applicable(**changes: str) -> set[str]:
    return {question.id for question in CCI.applicable({**PLAIN, **changes})}


def test_it_has_three_sections_eight_criteria_and_three_themes():
    assert [section.id for section in CCI.sections] == ["1", "2", "3"]
    assert [c.id for c in CCI.criteria] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2"]
    assert [theme.id for theme in CCI.themes] == ["safeguarding", "roh", "lor"]


def test_it_has_at_least_seventy_questions_numbered_within_their_criterion():
    assert len(CCI.questions) >= 70
    for criterion in CCI.criteria:
        assert [q.id for q in criterion.questions] == [
            f"Q{criterion.id}.{number + 1}" for number in range(len(criterion.questions))
        ]


def test_each_question_asks_one_thing_in_its_own_words_with_guidance_both_ways():
    texts = Counter(str(q.text) for q in CCI.questions)
    assert max(texts.values()) == 1
    for question in CCI.questions:
        assert str(question.text).endswith("?")
        assert str(question.text).count("?") == 1
        assert str(question.sufficient_when).endswith(".")
        assert str(question.insufficient_when).endswith(".")
        assert str(question.sufficient_when) != str(question.insufficient_when)


def test_bands_are_forty_five_sixty_and_seventy_five_and_said_to_be_inferred():
    edges = {0: "drastic", 44: "drastic", 45: "substantial", 59: "substantial", 60: "moderate", 74: "moderate"}
    assert {percent: CCI.band_for(percent).id for percent in edges} == edges
    assert CCI.band_for(75).id == CCI.band_for(100).id == "minimum"
    assert CCI.band_source.certainty is Certainty.INFERRED


def test_it_words_every_answer():
    assert set(CCI.answers) == {str(answer) for answer in Answer}
    assert "too_early" in {reason.id for reason in CCI.not_applicable_reasons}


def test_questions_are_recalled_and_say_so():
    assert {question.source.certainty for question in CCI.questions} == {Certainty.RECALLED}


def test_order_types_and_the_day_youth_rehabilitation_orders_began():
    assert set(CCI.order_type_by_id) == ORDERS
    order = CCI.order_type_by_id["youth_rehabilitation_order"]
    assert not order.existed_on(date(2009, 11, 29))
    assert order.existed_on(date(2009, 11, 30))
    assert CCI.order_type_by_id["supervision_order"].existed_on(date(2010, 6, 1))
    assert [o.id for o in CCI.order_types if not o.eligible] == ["out_of_court_disposal"]


def test_eligibility_is_three_to_twelve_months_and_reinspections_stay_out_of_comparisons():
    assert (CCI.eligibility.start_months_min, CCI.eligibility.start_months_max) == (3, 12)
    assert CCI.comparison_excludes == ("reinspection",)
    assert CCI.programme_areas == 157


def test_the_plain_case_answers_every_fact():
    assert {fact.id: PLAIN[fact.id] in fact.option_ids for fact in CCI.case_facts} == dict.fromkeys(PLAIN, True)


def test_every_fact_decides_whether_some_question_applies():
    used = {fact for q in CCI.questions for clause in q.applies.clauses for fact, _ in clause}
    assert {fact.id for fact in CCI.case_facts} - used == FOR_THE_LEAD_INSPECTOR


@pytest.mark.parametrize("recorded", ["low", "not_assessed"])
def test_an_under_classified_child_needed_a_plan(recorded):
    plan = {"Q1.1.9", "Q1.1.10", "Q1.1.11"}
    assert plan <= applicable(rosh_recorded=recorded, rosh_should_be="medium")
    assert plan & applicable(rosh_recorded=recorded) == set()
    vulnerability_plan = {"Q1.3.6", "Q1.3.7", "Q1.3.8"}
    assert vulnerability_plan <= applicable(vulnerability_recorded=recorded, vulnerability_should_be="high")
    assert vulnerability_plan & applicable() == set()


def test_every_case_has_either_the_plan_question_or_the_low_risk_question_never_both():
    facts = {fact.id: fact.option_ids for fact in CCI.case_facts}
    for recorded, should_be in product(facts["rosh_recorded"], facts["rosh_should_be"]):
        found = applicable(rosh_recorded=recorded, rosh_should_be=should_be)
        assert len(found & {"Q1.1.9", "Q1.1.12"}) == 1, (recorded, should_be)


def test_outcomes_wait_until_it_is_not_too_early():
    outcomes = {"Q3.1.4", "Q3.1.5", "Q3.1.6", "Q3.1.7"}
    assert outcomes & applicable(reassessed="yes") == set()
    assert outcomes <= applicable(reassessed="yes", too_early="no")


@pytest.mark.parametrize(
    ("fact", "option", "question"),
    [
        ("mappa", "level_1", "Q2.1.4"),
        ("custody", "secure_childrens_home", "Q1.3.9"),
        ("identifiable_victim", "yes", "Q2.1.7"),
        ("looked_after", "yes", "Q1.3.10"),
        ("social_care", "yes", "Q1.3.10"),
        ("factor_accommodation", "yes", "Q2.2.12"),
        ("non_compliance", "yes", "Q3.1.3"),
        ("ending", "yes", "Q2.3.5"),
        ("safeguarding_need_arose", "yes", "Q2.3.1"),
        ("over_three_months", "yes", "Q2.1.1"),
        ("significant_change", "yes", "Q2.1.2"),
    ],
)
def test_a_fact_brings_its_question(fact, option, question):
    assert question not in applicable()
    assert question in applicable(**{fact: option})


def test_each_theme_has_key_questions_in_every_section_of_its_subject():
    criteria = {theme.id: {CCI.criterion_of[q.id].id for q in CCI.theme_questions(theme.id)} for theme in CCI.themes}
    assert criteria["roh"] == {"1.1", "2.1", "3.1"}
    assert criteria["lor"] == {"1.2", "2.2", "3.1", "3.2"}
    assert criteria["safeguarding"] == {"1.3", "2.1", "2.3", "3.1", "3.2"}


def test_a_plain_case_has_key_questions_of_every_theme():
    plain = applicable()
    for theme in CCI.themes:
        assert plain & {q.id for q in CCI.theme_questions(theme.id)}


def test_splits_are_explained_where_one_aspect_became_several_questions():
    for ids in (("Q1.1.1", "Q1.1.2", "Q1.1.3"), ("Q2.1.8", "Q2.1.9"), ("Q3.1.6", "Q3.1.7")):
        assert all(CCI.question_by_id[id].split_reason for id in ids)
