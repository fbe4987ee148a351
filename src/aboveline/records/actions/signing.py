"""Sign an inspection off, by somebody who wrote none of it and read all of it."""

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part, content_hash
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import void
from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, PartRead, SignOff, User
from aboveline.records.queries.signing import authored_parts, digests_of_parts, parts_read_by


class MayNotSign(ValueError):
    """Raised where a person had a hand in what they would sign; `parts` says in what."""

    def __init__(self, parts: frozenset[Part]) -> None:
        self.parts = parts
        super().__init__("somebody who wrote any of it cannot sign it off")


class NotRead(ValueError):
    """Raised where the signer has not read every part as it stands; `parts` are those left."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        super().__init__("some parts are not read yet as they stand now")


@transaction.atomic
def note_part_read(*, inspection: Inspection, part: Part, digest: str, by: User) -> None:
    """Record that a person has read a part. Raises Stale where it has changed since they were shown it."""
    if digests_of_parts(inspection)[part.value] != digest:
        raise Stale(None)
    row, made = PartRead.objects.get_or_create(
        inspection=inspection, user=by, part=part.value, digest=digest, defaults={"at": timezone.now()}
    )
    if made:
        record([Happened("part.read", row, {"part": part.value}, service_id=inspection.service_id)], by=by)


@transaction.atomic
def sign_off(*, inspection: Inspection, expected_hash: str, by: User) -> SignOff:
    """Sign the inspection as it stands.

    Raises MayNotSign, NotRead, or Stale where it is no longer what the person was shown or was signed meanwhile.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    parts = digests_of_parts(held)
    wrote = authored_parts(by, held)
    if wrote:
        raise MayNotSign(wrote)
    if content_hash(parts) != expected_hash:
        raise Stale(None)
    read = parts_read_by(by, held, parts)
    if left := tuple(part for part in Part if part not in read):
        raise NotRead(left)
    if standing := SignOff.objects.filter(inspection=held, voided_at=None).first():
        if standing.parts == parts:
            raise Stale(standing)
        void(sign_off=standing, why="something changed", by=by)
    row = SignOff.objects.create(
        inspection=held, content_hash=expected_hash, parts=parts, signed_by=by, signed_at=timezone.now()
    )
    record([Happened("inspection.signed", row, {"hash": expected_hash}, service_id=held.service_id)], by=by)
    return row
