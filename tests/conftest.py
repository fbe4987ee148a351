"""Fixtures for every test."""

import os

import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests.append_only import triggers_away
from tests.postgresql import cluster


def pytest_configure(config):
    asked = os.environ.get("ABOVELINE_TEST_DATABASE", "sqlite")
    if asked not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"ABOVELINE_TEST_DATABASE is sqlite or postgresql, not {asked}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The database of the run: a file that Django makes, or a private cluster that is made here at first need."""
    if not settings.ON_POSTGRESQL:
        yield
        return
    with cluster(settings.CLUSTER):
        yield


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_the_audit_trail():
    """Between tests that commit, Django empties every table; only then the append-only triggers stand aside."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self):
        with triggers_away():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original
