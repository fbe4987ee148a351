"""Keep the conflict register: enter a tie, withdraw one entered in error."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.allocation import take_back_conflicted
from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import Case, Conflict, Service, User


@transaction.atomic
def record_conflict(
    *,
    user: User,
    tie: Conflict.Tie,
    by: User,
    service: Service | None = None,
    case: Case | None = None,
    starts: date | None = None,
    ends: date | None = None,
    note: str = "",
    proposed: bool = False,
) -> Conflict:
    """Enter a tie with a service or with one case. It holds from the next request; cases it forbids are taken back.

    One only `proposed` changes nothing until it is taken up.

    Raises ValueError where neither or both of service and case are given, or the tie would end before it starts.
    """
    if (service is None) == (case is None):
        raise ValueError("a conflict is with a service or with one case")
    if starts and ends and ends < starts:
        raise ValueError("a tie cannot end before it starts")
    entry = Conflict.objects.create(
        user=user, tie=tie, service=service, case=case, starts=starts, ends=ends, note=note, proposed=proposed,
        recorded_at=timezone.now(),
    )  # fmt: skip
    values = {"user": user.pk, "tie": tie, "starts": starts, "ends": ends, "note": note}
    verb = "conflict.proposed" if proposed else "conflict.recorded"
    record([Happened(verb, entry, values, service_id=_service_of(entry))], by=by)
    take_back_conflicted(user=user, by=by)
    return entry


@transaction.atomic
def take_up_conflict(*, entry: Conflict, expected_version: int, by: User) -> Conflict:
    """Make a proposal an entry that holds. Raises Stale, also where it holds already."""
    newest = _newest(entry, expected_version)
    if not newest.proposed:
        raise Stale(newest)
    newest.proposed, newest.version = False, newest.version + 1
    newest.save(update_fields=["proposed", "version"])
    take_back_conflicted(user=newest.user, by=by)
    record([Happened("conflict.taken_up", newest, service_id=_service_of(newest))], by=by)
    return newest


@transaction.atomic
def withdraw_conflict(*, entry: Conflict, why: str, expected_version: int, by: User) -> Conflict:
    """Withdraw an entry made in error; it stays on record. Raises Stale, or ValueError where no reason is given."""
    if not why.strip():
        raise ValueError("withdrawing an entry needs a reason")
    newest = _newest(entry, expected_version)
    newest.withdrawn_at, newest.withdrawn_why, newest.version = timezone.now(), why.strip(), newest.version + 1
    newest.save(update_fields=["withdrawn_at", "withdrawn_why", "version"])
    record([Happened("conflict.withdrawn", newest, {"why": why}, service_id=_service_of(newest))], by=by)
    return newest


def _newest(entry: Conflict, expected_version: int) -> Conflict:
    """The entry as it is now, held; Stale where somebody changed or withdrew it."""
    rows = Conflict.objects.select_for_update(of=("self",)).select_related("user", "service", "case__inspection")
    newest = rows.get(pk=entry.pk)
    if newest.version != expected_version or newest.withdrawn_at is not None:
        raise Stale(newest)
    return newest


def _service_of(entry: Conflict) -> int | None:
    return entry.service_id or (entry.case.inspection.service_id if entry.case else None)
