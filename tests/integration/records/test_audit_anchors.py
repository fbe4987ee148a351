"""Heads noted down apart from the database: when they are, what they find, and that they are in nobody's way."""

import logging

import pytest
from django.db import connection, transaction

from aboveline.records import audit_anchors
from aboveline.records.audit import Happened, digest, head, record, verify
from aboveline.records.audit_anchors import (
    FILE,
    Anchor,
    Keeper,
    UnreadableAnchors,
    add_anchor,
    anchors,
    noted_anchors,
)
from aboveline.records.models import AuditEvent, AuditHead
from tests.append_only import triggers_away
from tests.records_builders import a_service, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(tmp_path, settings):
    settings.ANCHOR = str(tmp_path)
    return tmp_path / FILE


@pytest.fixture
def chain(place):
    """Thirty events, with the head noted down after every ten."""
    user, service = a_user(), a_service()
    for ordinal in range(28):
        with transaction.atomic():
            record([Happened("thing.done", service, {"ordinal": ordinal})], by=user)
        if head()[0] % 10 == 0:
            add_anchor(*head())
    return anchors(place)


def tamper(statement, *parameters):
    with triggers_away(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def written_anew(since):
    """What somebody does who knows how the chain is made: change an event and every hash after it, and the head."""
    with triggers_away():
        previous = AuditEvent.objects.get(sequence=since - 1).hash
        for event in AuditEvent.objects.filter(sequence__gte=since):
            event.reason = "made up" if event.sequence == since else event.reason
            event.previous_hash, event.hash = previous, ""
            event.hash = previous = digest(event)
            event.save()
        AuditHead.objects.update(hash=previous)


def test_a_chain_through_every_head_is_sound(chain):
    assert [anchor.sequence for anchor in chain] == [10, 20, 30]
    assert verify(chain).sound


def test_a_chain_written_anew_is_whole_in_itself_and_found_at_the_first_head_noted_after_it(chain):
    written_anew(since=13)
    assert verify().sound, "without anchors nothing shows"
    verdict = verify(chain)
    assert verdict.first_bad == 20
    assert "written anew" in verdict.why


def test_an_older_database_in_the_place_of_the_newer_is_found(chain):
    tamper("DELETE FROM records_auditvalue WHERE event_id > 25")
    tamper("DELETE FROM records_auditevent WHERE sequence > 25")
    last = AuditEvent.objects.get(sequence=25)
    tamper("UPDATE records_audithead SET sequence = 25, hash = %s", last.hash)
    assert verify().sound, "an older database is whole in itself"
    verdict = verify(chain)
    assert verdict.first_bad == 26
    assert "older database" in verdict.why


def test_an_older_database_that_went_on_afterwards_is_found(chain):
    """It is as long as the one it took the place of, and other."""
    tamper("DELETE FROM records_auditvalue WHERE event_id > 5")
    tamper("DELETE FROM records_auditevent WHERE sequence > 5")
    tamper("UPDATE records_audithead SET sequence = 5, hash = %s", AuditEvent.objects.get(sequence=5).hash)
    service = a_service()
    with transaction.atomic():
        record([Happened("thing.done", service, {"ordinal": n}) for n in range(40)], by=None)
    add_anchor(*head())
    assert verify().sound
    assert verify(noted_anchors()).first_bad == 10


def test_nothing_is_noted_where_there_is_no_place(settings):
    settings.ANCHOR = ""
    assert noted_anchors() is None
    with pytest.raises(OSError, match="names no place"):
        add_anchor(1, "a" * 64)


def test_a_place_without_any_is_told_from_no_place(place):
    assert noted_anchors() == []


def test_a_file_may_be_named_instead_of_a_folder(tmp_path, settings):
    settings.ANCHOR = str(tmp_path / "heads.txt")
    add_anchor(3, "b" * 64)
    assert (tmp_path / "heads.txt").read_text().startswith("3 " + "b" * 64 + " 20")
    assert (tmp_path / "heads.txt").stat().st_mode & 0o077 == 0


def test_a_line_cut_by_a_crash_is_left_out_and_a_changed_one_is_named(place):
    add_anchor(3, "b" * 64)
    add_anchor(4, "c" * 64)
    place.write_bytes(place.read_bytes() + b"5 ddd")
    assert [one.sequence for one in anchors(place)] == [3, 4]
    place.write_text(place.read_text().replace("4 ", "four ") + "\n")
    with pytest.raises(UnreadableAnchors, match="line 2"):
        noted_anchors()


class TestKeeper:
    @pytest.fixture
    def clock(self, monkeypatch):
        now = [0.0]
        monkeypatch.setattr(audit_anchors.time, "monotonic", lambda: now[0])
        return now

    @pytest.fixture
    def timers(self, monkeypatch):
        """Timers that only note when they would run."""
        made = []

        class Timer:
            daemon = False

            def __init__(self, seconds, act):
                made.append((seconds, act))

            def start(self):
                pass

        monkeypatch.setattr(audit_anchors.threading, "Timer", Timer)
        return made

    def moved(self, keeper, *sequences):
        for sequence in sequences:
            keeper.moved(sequence, f"{sequence:064d}")

    def noted(self):
        return [anchor.sequence for anchor in noted_anchors() or []]

    def test_the_first_head_of_a_process_is_noted_at_once_and_the_next_within_a_minute(self, place, clock, timers):
        keeper = Keeper()
        self.moved(keeper, 7, 8, 9)
        assert self.noted() == [7]
        clock[0] = 20.0
        self.moved(keeper, 10)
        assert [seconds for seconds, _ in timers] == [60.0], "one timer for all that wait"
        clock[0] = 60.0
        timers[0][1]()
        assert self.noted() == [7, 10]

    def test_many_events_are_noted_before_the_minute_is_over(self, place, clock, timers):
        keeper = Keeper()
        self.moved(keeper, 1, 60, 101, 150)
        assert self.noted() == [1, 101]

    def test_what_waits_is_noted_at_the_end_and_only_once(self, place, clock, timers):
        keeper = Keeper()
        self.moved(keeper, 1, 2)
        keeper.note()
        keeper.note()
        assert self.noted() == [1, 2]

    def test_a_head_that_came_late_never_takes_the_place_of_a_newer(self, place, clock, timers):
        keeper = Keeper()
        self.moved(keeper, 5, 9, 8)
        keeper.note()
        assert self.noted() == [5, 9]

    def test_a_place_that_cannot_be_written_to_stops_no_save(self, tmp_path, settings, caplog):
        settings.ANCHOR = str(tmp_path / "gone" / "heads.txt")
        with caplog.at_level(logging.ERROR):
            self.moved(Keeper(), 5)
        assert "could not be noted down" in caplog.text


def test_only_what_is_committed_is_noted(place, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(audit_anchors, "keeper", keeper := Keeper())
    monkeypatch.setattr("aboveline.records.audit.keeper", keeper)
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        a_service()
    assert noted_anchors() == []
    for callback in waiting:
        callback()
    assert noted_anchors() == [Anchor(*head(), noted_anchors()[0].at)]
