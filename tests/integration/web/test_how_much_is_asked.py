"""How often what an assessor does all day asks the database: what a hundred of them at once stand or fall by."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aboveline.jobs.frameworks import load_framework
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.web.forms.case_form import seen_token
from tests.inspection_builders import with_cases
from tests.records_builders import a_programme, a_user, an_inspection, in_team

pytestmark = pytest.mark.django_db
QUESTIONS = [question.id for question in load_framework("cci-2009").questions]
LAST = QUESTIONS[-1]


class Inspector:
    """An inspector in an inspectorate's week, signed in, with the first case of several."""

    def __init__(self):
        self.inspection = with_cases(an_inspection(programme=a_programme()), a_user(), 8)
        self.user = in_team(a_user("Anna Bell"), self.inspection)
        self.case = self.inspection.cases.get(number="C001")
        allocate(case=self.case, assessor=self.user, by=self.user)
        self.form = reverse("judge-case", args=[self.inspection.pk, "C001"])
        self.client = Client()
        self.client.force_login(self.user)
        self.open(self.form)  # the session is written down once a minute, the stencil drawn once for all

    def answered(self, number):
        answers = [AnswerChange(one, "sufficient", 0) for one in QUESTIONS[:number]]
        save_assessment(case=self.case, answers=answers, findings=[], key="before", by=self.user)

    def open(self, address):
        with CaptureQueriesContext(connection) as asked:
            assert self.client.get(address).status_code == 200
        return [one["sql"] for one in asked]

    def save(self, question, key="k"):
        fields = {"key": key, f"{question}-answer": "sufficient", f"{question}-seen": seen_token(0, ("",) * 4)}
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.post(self.form, fields, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()["versions"]) == (200, {question: 1})
        return [one["sql"] for one in asked]


@pytest.fixture
def inspector(db):
    return Inspector()


def reads(asked, table):
    return [sql for sql in asked if sql.startswith("SELECT") and f'FROM "records_{table}"' in sql]


class TestSaving:
    @pytest.fixture(autouse=True)
    def _begun(self, inspector):
        inspector.answered(60)

    def test_one_answer_is_saved_in_32_queries_however_many_there_are(self, inspector):
        assert len(inspector.save(LAST)) <= 32

    def test_the_answers_of_the_case_are_read_once_and_then_the_one_that_was_saved(self, inspector):
        whole, one = reads(inspector.save(LAST), "judgement")
        assert LAST in one
        assert LAST not in whole
        assert not any('"records_user"' in sql for sql in (whole, one)), "authors are read apart, once each"

    def test_the_same_save_sent_again_writes_nothing(self, inspector):
        inspector.save(LAST)
        again = inspector.save(LAST)
        assert not [sql for sql in again if sql.startswith("UPDATE") or 'INTO "records_judgement"' in sql]


@pytest.mark.parametrize("number", [1, 60])
def test_a_form_is_opened_in_21_queries_however_many_answers_it_shows(inspector, number):
    inspector.answered(number)
    assert len(inspector.open(inspector.form)) <= 21


def test_the_list_of_cases_looks_up_once_who_asks(inspector):
    asked = inspector.open(reverse("cases", args=[inspector.inspection.pk]))
    assert len(asked) <= 13
    assert len(reads(asked, "teamrole")) == 1


def test_home_is_opened_in_36_queries(inspector):
    inspector.answered(20)
    assert len(inspector.open(reverse("home"))) <= 36
