"""What changed is told by day, person, verb and thing, however many events that was."""

from datetime import UTC, datetime

import pytest

from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.queries.trail import DAYS_TOLD, newest_changes
from tests.inspection_builders import with_cases
from tests.records_builders import a_service, a_user, an_inspection

pytestmark = pytest.mark.django_db
QUESTIONS = ("Q1.1.1", "Q1.1.2", "Q1.1.3")


@pytest.fixture
def at(monkeypatch):
    """`at(month, day, hour)`: from now on it is then, in UTC."""

    def set_to(month, day, hour):
        monkeypatch.setattr(
            "aboveline.records.audit.timezone.now", lambda: datetime(2026, month, day, hour, tzinfo=UTC)
        )

    return set_to


@pytest.fixture
def world(at):
    at(5, 1, 9)
    by, service = a_user(), a_service()
    inspection = with_cases(an_inspection(service), by, 2)
    return by, service, list(inspection.cases.all())


def judge(case, by, answer):
    version = {"sufficient": 0, "insufficient": 1}[answer]
    import_answers(case=case, answers=[AnswerChange(question, answer, version) for question in QUESTIONS], by=by)


def told(service):
    return [(c.newest.verb, f"{c.newest.at:%d %H}", c.count) for c in newest_changes([service])]


def test_each_day_is_told_apart_and_as_one_line_a_case(world, at):
    by, service, (first, second) = world
    at(6, 10, 9)
    judge(first, by, "sufficient")
    judge(second, by, "sufficient")
    at(6, 10, 23)  # the eleventh of June in British summer time
    judge(first, by, "insufficient")
    assert told(service) == [
        ("judgement.saved", "10 23", 3),
        ("judgement.saved", "10 09", 3),
        ("judgement.saved", "10 09", 3),
    ]


def test_what_is_older_than_the_days_told_is_left_out(world, at):
    by, service, (first, _second) = world
    at(5, 1 + DAYS_TOLD, 9)
    judge(first, by, "sufficient")
    assert [verb for verb, *_ in told(service)] == ["judgement.saved", "caseload.confirmed"]
    at(6, 1, 9)
    judge(first, by, "insufficient")
    assert [verb for verb, *_ in told(service)] == ["judgement.saved"] * 2


def test_nothing_happened_at_a_service_nobody_touched(world):
    assert newest_changes([a_service()]) == []


def test_as_many_queries_however_much_was_saved_in_a_day(world, django_assert_max_num_queries):
    by, service, cases = world
    for case in cases:
        judge(case, by, "sufficient")
    with django_assert_max_num_queries(6):
        newest_changes([service])
