"""The audit chain: written with what it records, refused apart from it, and every tampering found."""

import random

import pytest
from django.db import DatabaseError, connection, transaction

from aboveline.records import audit
from aboveline.records.audit import Happened, NotInTransaction, record, verify
from aboveline.records.models import AuditEvent, AuditHead, AuditValue
from tests.append_only import triggers_away
from tests.records_builders import a_service, a_user

pytestmark = pytest.mark.django_db


def without_triggers(statement: str, parameters=()):
    """Do what an attacker with the database file could do."""
    with triggers_away(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def some_events(number=20):
    user, service = a_user(), a_service()
    with transaction.atomic():
        for ordinal in range(number):
            record([Happened("thing.done", service, {"ordinal": ordinal, "note": "x"})], by=user)


def test_a_whole_chain_is_sound():
    some_events()
    verdict = verify()
    assert verdict.sound
    assert verdict.events == AuditEvent.objects.count() == 22
    assert verdict.head == AuditHead.objects.get().hash


def test_an_empty_chain_is_sound():
    assert verify().sound


@pytest.mark.django_db(transaction=True)
def test_an_event_apart_from_its_transaction_is_refused():
    service = a_service()
    with pytest.raises(NotInTransaction):
        record([Happened("thing.done", service)], by=None)


@pytest.mark.parametrize("statement", ["UPDATE records_auditevent SET verb = 'x'", "DELETE FROM records_auditevent"])
def test_the_database_refuses_to_change_an_event(statement):
    some_events(1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "other.verb"),
        ("object_id", "999"),
        ("reason", "made up"),
        ("at", "2001-01-01 00:00:00"),
        ("actor_id", None),
        ("commitments", "{}"),
        ("hash", "0" * 64),
        ("previous_hash", "0" * 64),
        ("service_id", 77),
        ("request_id", "r"),
        ("object_type", "case"),
    ],
)
def test_any_changed_column_names_the_first_bad_event(column, value):
    some_events()
    without_triggers(f"UPDATE records_auditevent SET {column} = %s WHERE sequence = 9", [value])
    assert verify().first_bad == 9


def test_a_deleted_event_is_found():
    some_events()
    AuditValue.objects.filter(event_id=7).delete()
    without_triggers("DELETE FROM records_auditevent WHERE sequence = 7")
    assert verify().first_bad == 8
    assert "missing" in verify().why


def test_events_cut_off_the_end_are_found():
    some_events()
    AuditValue.objects.filter(event_id__gt=15).delete()
    without_triggers("DELETE FROM records_auditevent WHERE sequence > 15")
    assert verify().first_bad == 16


def test_the_whole_trail_wiped_is_found():
    some_events()
    AuditValue.objects.all().delete()
    without_triggers("DELETE FROM records_auditevent")
    assert not verify().sound


def test_a_changed_value_is_found_and_an_erased_one_is_not_a_fault():
    some_events()
    AuditValue.objects.filter(event_id=5, field="note").update(value="other")
    assert verify().first_bad == 5
    AuditValue.objects.all().delete()
    assert verify().sound


def test_a_value_cannot_be_told_from_its_commitment_without_the_salt():
    some_events()
    first, second = (AuditEvent.objects.get(sequence=s).commitments["note"] for s in (5, 6))
    assert first != second
    assert audit.commitment("", "x") not in {first, second}


def test_seeded_tamperings_are_all_found():
    """A small run of the bench's tampering campaign: forty random changes, each on a fresh chain end."""
    some_events(40)
    chance = random.Random(20110118)
    for _ in range(40):
        sequence = chance.randrange(1, 43)
        column = chance.choice(["verb", "object_id", "reason", "hash"])
        point = transaction.savepoint()
        without_triggers(f"UPDATE records_auditevent SET {column} = 'tampered' WHERE sequence = %s", [sequence])
        assert verify().first_bad == sequence
        transaction.savepoint_rollback(point)
    assert verify().sound


def test_two_writers_take_turns():
    some_events(3)
    assert list(AuditEvent.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
