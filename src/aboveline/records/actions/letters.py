"""Write a letter, take it up to send it, and say what became of it. Who sends is jobs/letters."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from aboveline.domain.letters import TRYING, LetterKind, LetterState, too_late, wait_after
from aboveline.records.audit import Happened, record
from aboveline.records.models import (
    AlertTold,
    Inspection,
    Invitation,
    Letter,
    Programme,
    ReplacementRequest,
    Service,
    User,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to write: see models/letters."""

    kind: LetterKind
    to: str
    service: Service | None = None
    inspection: Inspection | None = None
    programme: Programme | None = None
    invitation: Invitation | None = None
    told: AlertTold | None = None
    request: ReplacementRequest | None = None


@transaction.atomic
def write_letter(*, draft: Draft, by: User | None) -> Letter:
    """Put a letter on record, to be sent at once."""
    now = timezone.now()
    letter = Letter.objects.create(
        kind=draft.kind,
        to=draft.to.strip().lower(),
        service=draft.service,
        inspection=draft.inspection,
        programme=draft.programme,
        invitation=draft.invitation,
        told=draft.told,
        request=draft.request,
        written_at=now,
        next_try_at=now,
    )
    record([Happened("letter.written", letter, {"kind": draft.kind}, service_id=_trail_of(letter))], by=by)
    return letter


@transaction.atomic
def take_letter(*, letter: Letter, by: User | None) -> Letter | None:
    """Take up a letter whose time has come; None where another has it, or it waits no longer.

    Until the try is over, or a process that was killed in it would long be done, nobody else takes it up.
    """
    now = timezone.now()
    row = _held(letter)
    if row.state != LetterState.WAITS or row.next_try_at > now:
        return None
    row.tried += 1
    row.next_try_at = now + max(TRYING, wait_after(LetterKind(row.kind), row.tried))
    row.save(update_fields=["tried", "next_try_at"])
    record([Happened("letter.tried", row, {"tried": row.tried}, service_id=_trail_of(row))], by=by)
    return row


@transaction.atomic
def note_sent(*, letter: Letter, by: User | None) -> Letter:
    """The mail server took it."""
    row = _held(letter)
    row.state, row.settled_at = LetterState.SENT, timezone.now()
    row.save(update_fields=["state", "settled_at"])
    record([Happened("letter.sent", row, {"tried": row.tried}, service_id=_trail_of(row))], by=by)
    return row


@transaction.atomic
def note_not_sent(*, letter: Letter, why: str, by: User | None) -> Letter:
    """The mail server did not take it: it waits for its next try, or is given up. `why` names the kind of error."""
    now, row = timezone.now(), _held(letter)
    row.next_try_at = now + wait_after(LetterKind(row.kind), row.tried)
    if too_late(LetterKind(row.kind), row.written_at, row.next_try_at):
        row.state, row.settled_at = LetterState.GIVEN_UP, now
    row.save(update_fields=["next_try_at", "state", "settled_at"])
    values = {"tried": row.tried, "why": why, "state": row.state}
    record([Happened("letter.not_sent", row, values, service_id=_trail_of(row))], by=by)
    return row


@transaction.atomic
def end_letter(*, letter: Letter, state: LetterState, by: User | None) -> None:
    """Send it no more: what it is about is over, or it cannot be written any more."""
    row = _held(letter)
    if row.state != LetterState.WAITS:
        return
    row.state, row.settled_at = state, timezone.now()
    row.save(update_fields=["state", "settled_at"])
    record([Happened("letter.ended", row, {"state": state}, service_id=_trail_of(row))], by=by)


@transaction.atomic
def erase_letters(*, settled_before: timedelta, by: User | None) -> int:
    """Erase letters about passwords that were settled so long ago; anybody can have asked, for any address."""
    old = Letter.objects.filter(kind=LetterKind.NEW_PASSWORD, settled_at__lt=timezone.now() - settled_before)
    events = [Happened("letter.erased", letter, {"kind": letter.kind}) for letter in old]
    record(events, by=by)
    old.delete()
    return len(events)


def _held(letter: Letter) -> Letter:
    held: Letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    return held


def _trail_of(letter: Letter) -> int | None:
    """The service in whose trail a letter shows: none where its head must not find the alert it is about."""
    if letter.told and letter.told.alert.past_head:
        return None
    if letter.service_id or not letter.inspection:
        return letter.service_id
    service_id: int = letter.inspection.service_id
    return service_id
