"""Put a case in an assessor's hands, and take it out of them again; nothing they judged is lost."""

from django.db import transaction
from django.utils import timezone

from aboveline.records.audit import Happened, record
from aboveline.records.models import Allocation, Case, Inspection, TeamRole, User
from aboveline.records.queries.conflicts import conflicted_with, on_its_side
from aboveline.records.queries.people import manages


class CannotHold(ValueError):
    """Raised where a person may not be given a case; the message says why."""


@transaction.atomic
def allocate(
    *, case: Case, assessor: User, by: User, reading: Allocation.Reading = Allocation.Reading.FIRST
) -> Allocation:
    """Give a case to a member of the team. Raises CannotHold; a case they already hold is returned as it is."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # two at once would both find that nobody holds it
    held = Allocation.objects.filter(case=case, assessor=assessor, ended_at=None).first()
    if held is not None:
        if held.reading != reading:
            raise CannotHold("they already have this case for another read")
        return held
    if not TeamRole.objects.filter(user=assessor, inspection=case.inspection, ended_at=None).exists():
        raise CannotHold("they are not in the inspection's team")
    if on_its_side(assessor, case.inspection):
        raise CannotHold("they belong to the service that is inspected")
    if conflicted_with(assessor, case.inspection, case):
        raise CannotHold("the conflict register keeps them from this case")
    if manages(assessor, case):
        raise CannotHold("they manage this case")
    given = Allocation.objects.create(
        inspection=case.inspection, case=case, assessor=assessor, reading=reading, by=by, at=timezone.now()
    )
    values = {"case": case.number, "assessor": assessor.pk, "reading": reading}
    record([Happened("case.allocated", given, values, service_id=case.inspection.service_id)], by=by)
    return given


@transaction.atomic
def end_allocation(*, allocation: Allocation, why: str, by: User | None) -> None:
    """Take a case out of a person's hands; what they saved stays. One already ended is left as it is."""
    newest = Allocation.objects.select_for_update().select_related("inspection").get(pk=allocation.pk)
    if newest.ended_at is not None:
        return
    newest.ended_at, newest.ended_why = timezone.now(), why
    newest.save(update_fields=["ended_at", "ended_why"])
    values = {"case": newest.case_id, "assessor": newest.assessor_id, "why": why}
    record([Happened("allocation.ended", newest, values, service_id=newest.inspection.service_id)], by=by)


@transaction.atomic
def take_back_conflicted(*, user: User, by: User | None) -> None:
    """Take out of a person's hands every case that a conflict of interest now keeps them from."""
    for held in Allocation.objects.filter(assessor=user, ended_at=None).select_related("case__inspection__service"):
        inspection = held.case.inspection
        if conflicted_with(user, inspection, held.case) or on_its_side(user, inspection):
            end_allocation(allocation=held, why="conflict of interest", by=by)


@transaction.atomic
def end_allocations_of(*, user: User, inspection: Inspection, why: str, by: User) -> None:
    """Take every case of an inspection out of a person's hands."""
    for allocation in Allocation.objects.filter(inspection=inspection, assessor=user, ended_at=None):
        end_allocation(allocation=allocation, why=why, by=by)
