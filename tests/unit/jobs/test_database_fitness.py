"""A server's own words judged: each fault alone, and none where there is none."""

from dataclasses import replace

import pytest

from aboveline.domain.problems import Severity
from aboveline.jobs.database_fitness import faults
from aboveline.records.database.fitness import Server

FIT = Server(150018, "on", True, True, True)


def test_a_fit_server_has_no_fault():
    assert faults(FIT) == []
    assert faults(replace(FIT, synchronous_commit="remote_apply", version=180001)) == []


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"version": 140022}, "database.too-old", "version 14;"),
        ({"synchronous_commit": "off"}, "database.answers-early", "is off"),
        ({"synchronous_commit": "local"}, "database.answers-early", "is local"),
        ({"fsync": False}, "database.not-synced", "fsync is off"),
        ({"full_page_writes": False}, "database.not-synced", "full_page_writes is off"),
    ],
)
def test_what_loses_saves_is_an_error(change, code, words):
    (fault,) = faults(replace(FIT, **change))
    assert (fault.code, fault.severity) == (code, Severity.ERROR)
    assert words in fault.message


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"data_checksums": False}, "database.no-checksums"),
        ({"superuser": True}, "database.owner-serves"),
        ({"may_change_trail": True}, "database.owner-serves"),
    ],
)
def test_what_one_may_serve_with_is_a_warning(change, code):
    (fault,) = faults(replace(FIT, **change))
    assert (fault.code, fault.severity) == (code, Severity.WARNING)


def test_every_fault_is_told_at_once():
    assert len(faults(Server(140000, "off", False, False, False, True, True))) == 6
