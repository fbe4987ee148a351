"""Publish an inspection at a moment, call off what is not out yet, and let it come out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import content_hash, digest
from aboveline.domain.workflow import Stage
from aboveline.records.actions.saving import Stale
from aboveline.records.actions.signatures import call_off
from aboveline.records.audit import Happened, record
from aboveline.records.models import Inspection, Publication, SignOff, User
from aboveline.records.queries.publishing import due_publication
from aboveline.records.queries.signing import digests_of_parts


class NotSigned(ValueError):
    """Raised where no sign-off of the inspection as it is stands."""


class NeedsReason(ValueError):
    """Raised where a later version would be published without saying why."""


class OutAlready(ValueError):
    """Raised where a publication to be called off has come out."""


@transaction.atomic
def publish(
    *, inspection: Inspection, snapshot: Mapping[str, Any], publish_at: datetime, reason: str, by: User
) -> Publication:
    """Put a version on record, public from `publish_at` on.

    Raises NotSigned, NeedsReason for a further version without a reason, and Stale where one is still to come out.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    signed = _held_sign_off(held)
    if signed is None or signed.content_hash != content_hash(digests_of_parts(held)):
        raise NotSigned("what would be published is not signed off as it is")
    earlier = list(Publication.objects.filter(inspection=held))
    if any(one.called_off_at is None and one.publish_at > timezone.now() for one in earlier):
        raise Stale(earlier[0])
    if any(one.called_off_at is None for one in earlier) and not reason:
        raise NeedsReason("a correction says why")
    row = Publication.objects.create(
        inspection=held, ordinal=len(earlier) + 1, publish_at=publish_at, snapshot=dict(snapshot),
        content_hash=digest(snapshot), sign_off=signed, reason=reason, decided_by=by, decided_at=timezone.now(),
    )  # fmt: skip
    values = {"version": row.ordinal, "publish_at": publish_at.isoformat(), "hash": row.content_hash, "reason": reason}
    record([Happened("publication.decided", row, values, service_id=held.service_id)], by=by)
    return row


def _held_sign_off(held: Inspection) -> SignOff | None:
    """The sign-off that is not void, held until the transaction ends: whoever is changing what was signed has voided it
    by the time it is read, or waits and then calls off what was decided on it."""
    return SignOff.objects.select_for_update().filter(inspection=held, voided_at=None).first()


@transaction.atomic
def call_publication_off(*, publication: Publication, why: str, by: User) -> None:
    """Call off what is not out yet; called off already, it stays as it is. Raises OutAlready."""
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    if row.called_off_at is not None:
        return
    if row.publish_at <= timezone.now():
        raise OutAlready("it is public already: correct it instead")
    call_off(publication=row, why=why, by=by)


@transaction.atomic
def come_out(*, inspection: Inspection, by: User) -> Inspection:
    """Take an inspection whose moment has come to its last stage; one whose moment has not is left as it is.

    It and its sign-off are held until the transaction ends, so that what is looked at next still holds then.
    """
    held = Inspection.objects.select_for_update().get(pk=inspection.pk)
    _held_sign_off(held)
    due = due_publication(held)
    if due is None:
        return held
    Publication.objects.filter(pk=due.pk).update(came_out=True)
    before, held.stage, held.version = held.stage, Stage.PUBLISHED, held.version + 1
    held.published_on = held.published_on or timezone.localdate(due.publish_at)
    held.save(update_fields=["stage", "version", "published_on"])
    values = {"from": before, "to": held.stage, "why": ""}
    record([Happened("inspection.moved", held, values, service_id=held.service_id)], by=by)
    return held
