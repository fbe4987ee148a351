"""Append to the audit chain, and prove it.

Every event is hashed together with the hash before it, so that changing, moving or taking away any one shows. Values
are only committed to (see models/audit.py). An event can be written only inside the transaction of what it records.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection, models
from django.utils import timezone

from aboveline.records.audit_anchors import Anchor, by_sequence, keeper
from aboveline.records.models import AuditEvent, AuditHead, AuditValue, User

START = "0" * 64


class NotInTransaction(RuntimeError):
    """Raised where an event would be written apart from what it records."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What to record: a verb on one object, and the values it got by field name."""

    verb: str
    on: models.Model
    values: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""
    service_id: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a verification: how many events were read, and the first that is wrong, if one is."""

    events: int
    head: str
    first_bad: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        return self.first_bad is None


def record(events: Sequence[Happened], *, by: User | None, request_id: str = "") -> None:
    """Append events in order. Raises NotInTransaction outside an atomic block."""
    if not connection.in_atomic_block:
        raise NotInTransaction("an audit event belongs in the transaction of what it records")
    if not events:
        return
    end, _ = AuditHead.objects.select_for_update().get_or_create(id=1)
    now = timezone.now()
    rows: list[AuditEvent] = []
    values: list[AuditValue] = []
    for event in events:
        row, kept = _next(event, end, now, by, request_id)
        rows.append(row)
        values.extend(kept)
        end.sequence, end.hash = row.sequence, row.hash
    AuditEvent.objects.bulk_create(rows)
    AuditValue.objects.bulk_create(values)
    end.save()
    keeper.on_commit(end.sequence, end.hash)


def _next(
    event: Happened, head: AuditHead, now: datetime, by: User | None, request_id: str
) -> tuple[AuditEvent, list[AuditValue]]:
    sequence = head.sequence + 1
    kept = [
        AuditValue(event_id=sequence, field=name, salt=secrets.token_hex(16), value=str(value))
        for name, value in event.values.items()
    ]
    row = AuditEvent(
        sequence=sequence,
        at=now,
        actor=by,
        verb=event.verb,
        object_type=str(event.on._meta.model_name),
        object_id=str(event.on.pk),
        service_id=event.service_id,
        request_id=request_id,
        reason=event.reason,
        commitments={value.field: commitment(value.salt, value.value) for value in kept},
        previous_hash=head.hash,
    )
    row.hash = digest(row)
    return row, kept


def commitment(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt}:{value}".encode()).hexdigest()


def digest(event: AuditEvent) -> str:
    """SHA-256 over the event's own content and the hash before it, in one canonical JSON form."""
    content = [
        event.sequence,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.on_behalf_of_id,
        event.verb,
        event.object_type,
        event.object_id,
        event.service_id,
        event.request_id,
        event.reason,
        event.commitments,
        event.previous_hash,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def head() -> tuple[int, str]:
    """The sequence and the hash at which the chain ends now."""
    newest = AuditHead.objects.filter(id=1).first()
    return (newest.sequence, newest.hash) if newest else (0, START)


def verify(anchors: Sequence[Anchor] = ()) -> Verdict:
    """Read the whole chain and name the first event that is wrong: changed, moved, missing, or cut off the end.

    Each of `anchors`, heads noted down apart, must be the hash of its event: else the chain was written anew, or an
    older database was put in its place.
    """
    values, noted, (end, hash) = _Values(), by_sequence(anchors), head()
    count, previous, at_end = 0, START, START
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=5000):
        count += 1
        why = _fault(event, count, previous) or _unanchored(event, noted) or values.fault(event)
        if why:
            return Verdict(count, previous, event.sequence, why)
        previous = event.hash
        at_end = event.hash if count == end else at_end
    # While this reads, others may go on writing: the head was read before the events, and may have moved on since.
    if count < end or at_end != hash or head()[0] < count:
        why = "events are missing from the end of the chain" if count < end else "the chain does not end at its head"
        return Verdict(count, previous, min(count, end) + 1, why)
    if noted and max(noted) > count:
        why = f"the chain ends here, yet event {max(noted)} was noted down: an older database stands in its place"
        return Verdict(count, previous, count + 1, why)
    return Verdict(count, previous)


def _unanchored(event: AuditEvent, noted: Mapping[int, frozenset[str]]) -> str:
    if noted.get(event.sequence, {event.hash}) == {event.hash}:
        return ""
    return "another hash was noted down for this event: the chain was written anew"


def _fault(event: AuditEvent, expected: int, previous: str) -> str:
    if event.sequence != expected:
        return f"event {expected} is missing"
    if event.previous_hash != previous:
        return "the event does not follow the one before it"
    if event.hash != digest(event):
        return "the event's content was changed"
    return ""


class _Values:
    """The values kept beside events, read once in the events' order. (A join could be planned badly on new tables.)"""

    def __init__(self) -> None:
        self.rows = AuditValue.objects.order_by("event_id").iterator(chunk_size=5000)
        self.next = next(self.rows, None)

    def fault(self, event: AuditEvent) -> str:
        """Why the values of this event are wrong; an erased value is no fault. Events come in order."""
        wrong = ""
        while self.next is not None and self.next.event_id <= event.sequence:
            if self.next.event_id == event.sequence and not self._committed(event, self.next):
                wrong = "a value beside the event is not the one it committed to"
            self.next = next(self.rows, None)
        return wrong

    def _committed(self, event: AuditEvent, value: AuditValue) -> bool:
        return bool(event.commitments.get(value.field) == commitment(value.salt, value.value))
