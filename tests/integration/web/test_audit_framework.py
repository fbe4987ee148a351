"""A local audit under the framework that rates a stage by its lowest question, page by page."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.rating import LOWEST_CAUTION
from aboveline.jobs.inspections import scores_of
from aboveline.records.models import Inspection
from tests.inspection_builders import a_judged_inspection
from tests.records_builders import a_service, a_user, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit():
    """Ten cases in which desistance is mostly good enough and the child's safety rarely."""
    service = a_service()
    rates = {"desistance": 0.9, "child_safety": 0.2, "others_safety": 0.8}
    return a_judged_inspection(
        with_role(a_user(), service),
        service,
        cases=10,
        rates=rates,
        framework_id="audit-2021",
        kind=Inspection.Kind.LOCAL_AUDIT,
        held_on=date(2026, 10, 1),
    )


@pytest.fixture
def client(audit):
    client = Client()
    client.force_login(with_role(a_user("Head of service"), audit.service))
    return client


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_inspection_page_says_what_each_stage_is_rated_by(client, audit):
    lowest = scores_of(audit).scores.criterion_by_id["1.1"].decision.lowest
    text = page(client, "inspection", audit.pk)
    assert f"lowest: {', '.join(lowest)}" in text
    assert LOWEST_CAUTION in text
    assert "Requires improvement" in text


def test_the_stage_page_names_the_deciding_question_and_its_caution(client, audit):
    score = scores_of(audit).scores.criterion_by_id["1.1"]
    text = page(client, "criterion", audit.pk, "1.1")
    assert f"Its lowest question decides: {score.decision.shown} Does the assessment" in text
    assert f"Good enough {score.percent}% of the time" in text
    assert LOWEST_CAUTION in text


def test_the_question_page_has_its_prompts(client, audit):
    assert "Were social care, health, school and the police asked" in page(client, "question", audit.pk, "Q1.1.2")


def test_the_case_form_asks_yes_or_no_with_the_prompts_folded_into_the_guidance(client, audit):
    text = page(client, "judge-case", audit.pk, "C001")
    assert '<label for="Q1.1.2-answer">Yes</label>' in text
    assert "Think through:" in text


def test_the_comparison_and_the_framework_have_their_pages(client, audit):
    text = page(client, "framework", "audit-2021")
    assert "A criterion is rated by its lowest question." in text
    assert "began 3 to 5 months before" in text
    assert "Recalled, no source opened" in text
    assert client.get(reverse("comparison"), {"inspection": audit.pk}).status_code == 200


def test_the_file_of_scores_says_what_decided(client, audit):
    rows = page(client, "scores-csv", audit.pk).splitlines()
    assert rows[0].endswith("decided_by,questions_asked,questions_in_full,withheld,provisional,computed_band")
    stage = next(row for row in rows if row.startswith("criterion,1.1,"))
    assert stage.split(",")[-6:-3] == [*scores_of(audit).scores.criterion_by_id["1.1"].decision.lowest, "3", "3"]
