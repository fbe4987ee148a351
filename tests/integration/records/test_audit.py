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


def edit(chance: random.Random, last: int) -> int:
    sequence = chance.randint(1, last)
    column = chance.choice(["verb", "object_id", "object_type", "reason", "request_id", "hash", "previous_hash"])
    without_triggers(f"UPDATE records_auditevent SET {column} = 'tampered' WHERE sequence = %s", [sequence])
    return sequence


def change_value(chance: random.Random, last: int) -> int:
    sequence = chance.randint(3, last)
    column = chance.choice(["value", "salt", "field"])
    statement = f"UPDATE records_auditvalue SET {column} = 'tampered' WHERE event_id = %s AND field = 'note'"
    without_triggers(statement, [sequence])
    return sequence


def delete(chance: random.Random, last: int) -> int:
    """The event after the gap is the first that is wrong; at the end it is the one that is not there."""
    sequence = chance.randint(1, last)
    without_triggers("DELETE FROM records_auditvalue WHERE event_id = %s", [sequence])
    without_triggers("DELETE FROM records_auditevent WHERE sequence = %s", [sequence])
    return min(sequence + 1, last)


def cut_off(chance: random.Random, last: int) -> int:
    kept = chance.randint(0, last - 1)
    without_triggers("DELETE FROM records_auditvalue WHERE event_id > %s", [kept])
    without_triggers("DELETE FROM records_auditevent WHERE sequence > %s", [kept])
    return kept + 1


def swap(chance: random.Random, last: int) -> int:
    first, second = sorted(chance.sample(range(1, last + 1), 2))
    for old, new in ((first, 10**6), (second, first), (10**6, second)):
        without_triggers("UPDATE records_auditevent SET sequence = %s WHERE sequence = %s", [new, old])
    return first


def insert(chance: random.Random, last: int) -> int:
    """A copy of an event put in somewhere, those after it moved on by one, or put at the end."""
    place = chance.randint(1, last)
    for sequence in range(last, place, -1):
        without_triggers("UPDATE records_auditevent SET sequence = %s WHERE sequence = %s", [sequence + 1, sequence])
    columns = "at, actor_id, verb, object_type, object_id, request_id, reason, commitments, previous_hash, hash"
    without_triggers(
        f"INSERT INTO records_auditevent (sequence, {columns}) SELECT %s, {columns} FROM records_auditevent"
        " WHERE sequence = %s",
        [place + 1, place],
    )
    return place + 1


def move_head(chance: random.Random, last: int) -> int:
    """The head says another end than the chain has: nothing in the chain itself is wrong but where it stops."""
    end = chance.randint(0, last - 1)
    without_triggers("UPDATE records_audithead SET sequence = %s", [end])
    return end + 1


TAMPERINGS = (edit, change_value, delete, cut_off, swap, insert, move_head)


def test_two_hundred_tamperings_are_all_found_and_the_first_bad_event_is_named():
    some_events(40)
    chance, last = random.Random(20110118), AuditEvent.objects.count()
    missed = []
    for trial in range(210):
        tamper = TAMPERINGS[trial % len(TAMPERINGS)]
        point = transaction.savepoint()
        expected, verdict = tamper(chance, last), verify()
        if verdict.first_bad != expected:
            missed.append((tamper.__name__, expected, verdict))
        transaction.savepoint_rollback(point)
        assert verify().sound, "control: untouched, the chain is whole"
    assert missed == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records_audithead SET sequence = sequence - 1",
        "UPDATE records_audithead SET hash = 'x'",
        "DELETE FROM records_audithead",
    ],
)
def test_the_database_refuses_to_move_the_head_back(statement):
    some_events(1)
    with pytest.raises(DatabaseError, match="only moves on"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_writers_take_turns():
    some_events(3)
    assert list(AuditEvent.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
