"""What proxies and monitors are told, and what a person sees while the database is away."""

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from aboveline.records.database import readiness as asked
from tests.records_builders import a_user

AWAY = OperationalError('connection to server at "10.0.0.7", port 5432 failed: password authentication failed for "x"')


@pytest.fixture
def away(monkeypatch):
    """Every connection to the database is refused, as in an outage."""

    def refuse(*_args, **_kwargs):
        raise AWAY

    monkeypatch.setattr(connection, "cursor", refuse)


def test_liveness_asks_no_database():
    """This test has no database: a question to it would fail the test."""
    answer = Client().get("/health/live/")
    assert (answer.status_code, answer.json()) == (200, {"live": True})


@pytest.mark.django_db
def test_ready_where_the_database_answers_and_is_migrated():
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "state": "ready", "letters": "on time"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_while_migrations_wait(monkeypatch):
    monkeypatch.setattr(asked, "_written_for", lambda: frozenset({("records", "9999_of_tomorrow")}))
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "state": "migrations wait"})


@pytest.mark.django_db
def test_not_ready_without_the_database_and_nothing_of_where_it_is(away):
    answer = Client().get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "state": "database away"})


@pytest.mark.parametrize("path", ["/health/live/", "/health/ready/"])
def test_they_are_only_read(path):
    assert Client().post(path).status_code == 405


@pytest.fixture
def person():
    client = Client(raise_request_exception=False)
    client.force_login(a_user())
    return client


@pytest.mark.django_db
def test_a_page_says_that_the_records_cannot_be_reached_and_not_where_they_are(person, away):
    answer = person.get("/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "cannot be reached" in answer.content.decode()
    assert "10.0.0.7" not in answer.content.decode()


@pytest.mark.django_db
def test_a_script_is_told_in_json(person, away):
    answer = person.get("/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "error": "503"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"), [(AWAY, 503), (InterfaceError("connection already closed"), 503), (RuntimeError("ours"), 500)]
)
def test_only_the_database_s_own_errors_are_said_to_pass(person, monkeypatch, error, status):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("aboveline.web.views.home.services_of", fail)
    assert person.get("/").status_code == status
