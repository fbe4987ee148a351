"""What a change does to a signature: whoever wrote is an author, and a sign-off of what is no longer so is void."""

from django.db import transaction
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.records.audit import Happened, record
from aboveline.records.models import Authorship, Inspection, Publication, SignOff, User


@transaction.atomic
def void_sign_off(*, inspection: Inspection, why: str, by: User) -> None:
    """Void the sign-off that stands, if one does, and call off what was to be published on it but is not out yet."""
    for row in SignOff.objects.select_for_update().filter(inspection=inspection, voided_at=None):
        void(sign_off=row, why=why, by=by)


def void(*, sign_off: SignOff, why: str, by: User) -> None:
    row = sign_off
    service_id = row.inspection.service_id
    row.voided_at, row.voided_by, row.voided_why = timezone.now(), by, why
    row.save(update_fields=["voided_at", "voided_by", "voided_why"])
    record([Happened("sign_off.voided", row, {"why": why}, service_id=service_id)], by=by)
    call_off_waiting(inspection=row.inspection, why=f"the sign-off was voided: {why}", by=by)


def call_off_waiting(*, inspection: Inspection, why: str, by: User) -> None:
    """Call off whatever of an inspection waits for its moment."""
    waiting = Publication.objects.filter(inspection=inspection, publish_at__gt=timezone.now(), called_off_at=None)
    for coming in waiting:
        call_off(publication=coming, why=why, by=by)


def call_off(*, publication: Publication, why: str, by: User) -> None:
    """Call off what is not out yet."""
    publication.called_off_at, publication.called_off_why = timezone.now(), why[:200]
    publication.save(update_fields=["called_off_at", "called_off_why"])
    service_id = publication.inspection.service_id
    record([Happened("publication.called_off", publication, {"why": why}, service_id=service_id)], by=by)


def authored(*, inspection: Inspection, part: Part, by: User) -> None:
    """From now on this person is an author of a part, so that the database refuses their signature."""
    Authorship.objects.get_or_create(inspection=inspection, user=by, part=part.value)


def wrote(*, inspection: Inspection, part: Part, what: str, by: User) -> None:
    """A part of what is signed was written: its writer is an author from now on, and a sign-off is void."""
    authored(inspection=inspection, part=part, by=by)
    void_sign_off(inspection=inspection, why=what, by=by)
