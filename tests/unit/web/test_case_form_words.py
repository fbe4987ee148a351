"""A case in words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aboveline.domain.applicability import CASE_FACTS
from aboveline.exchange.frameworks import load_framework
from aboveline.records.models import Inspection
from aboveline.records.queries.assessing import CaseCount
from aboveline.web.presenters.case_form_list import State, case_list, state_of
from aboveline.web.presenters.case_form_words import attribute_rows, given_words, moment_words, option_words

CCI = load_framework("cci-2009")


def test_a_case_is_summed_up_without_name_or_reference():
    attributes = {
        "order_type": "referral_order",
        "order_start": "2009-01-12",
        "age": 15,
        "risk_of_harm": "very_high",
        "team": "North",
        "name": "Somebody",
    }
    rows = {row.key: row.value for row in attribute_rows(attributes, CCI)}
    assert list(rows.values()) == ["Referral order", "12 January 2009", "14–15", "Very high"]


@pytest.mark.parametrize("attributes", [{}, {"order_type": "no", "order_start": "soon", "age": "old", "safety": "?"}])
def test_what_is_not_known_is_left_out(attributes):
    assert attribute_rows(attributes, CCI) == []


@pytest.mark.parametrize(("age", "band"), [(10, "10–11"), (17, "16–17"), (18, "18 or over"), ("12", "12–13")])
def test_ages_come_in_bands(age, band):
    assert [row.value for row in attribute_rows({"age": age}, CCI)] == [band]


def test_today_s_moments_are_times_and_others_have_their_day():
    now = timezone.now()
    assert len(moment_words(now)) == 5
    assert str((now - timedelta(days=400)).year) in moment_words(now - timedelta(days=400))


def test_an_answer_in_lines():
    values = {"answer": "not_applicable", "reason": CASE_FACTS, "note": "n", "improvement": "i"}
    assert given_words(CCI, "Q1.1.1", values) == [
        "Not applicable",
        "The case facts rule it out",
        "Note: n",
        "What would have made it sufficient: i",
    ]
    assert given_words(CCI, "Q1.1.1", {"answer": ""}) == ["Not answered"]
    assert given_words(CCI, "Q1.1.1", {"answer": "made up", "reason": "made up"}) == []


def test_an_option_in_words():
    assert option_words(CCI, "mappa", {"option": "level_2"}) == ["Eligible, level 2"]
    assert option_words(CCI, "mappa", {"option": ""}) == ["Not known yet"]


@pytest.mark.parametrize(
    ("judged", "ruled_out", "state"),
    [
        (0, 0, State.NOT_STARTED),
        (0, 4, State.IN_PROGRESS),
        (5, 4, State.IN_PROGRESS),
        (6, 4, State.COMPLETE),
        (0, 10, State.COMPLETE),
    ],
)
def test_a_case_is_complete_when_every_question_has_an_answer(judged, ruled_out, state):
    assert state_of(CaseCount("C001", "", judged, ruled_out, None), 10) is state


def test_cases_nobody_judges_sort_last():
    counts = [CaseCount("C001", "", 0, 0, None), CaseCount("C002", "Zoe", 1, 0, timezone.now())]
    listed = case_list(counts, Inspection(pk=1), 10, state="", sort="assessor", judges=lambda number: True, again={})
    assert [row[0].text for row in listed.table.rows] == ["C002", "C001"]
    assert [count for _state, _words, count in listed.filters] == [2, 1, 1, 0, 0]
