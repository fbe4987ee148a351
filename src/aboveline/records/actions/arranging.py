"""Share the cases out among the team, and arrange the interviews; what somebody saved on a case stays theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from aboveline.records.actions.allocation import CannotHold, end_allocation
from aboveline.records.actions.saving import Stale
from aboveline.records.audit import Happened, record
from aboveline.records.models import (
    Allocation,
    AllocationPlan,
    Case,
    Inspection,
    InterviewAbsence,
    InterviewPlan,
    PlannedInterview,
    TeamRole,
    User,
)
from aboveline.records.queries.arranging import kept_from
from aboveline.records.versions import changed

LATER = "allocated again"
P = TypeVar("P", AllocationPlan, InterviewPlan)


@transaction.atomic
def share_out(
    *,
    inspection: Inspection,
    readers: Mapping[Case, Sequence[User]],
    capacities: Mapping[int, int],
    pairs: Iterable[str],
    expected_version: int,
    by: User,
) -> AllocationPlan:
    """Put who reads these cases on record; what is the same stays as it is, what is not is ended and given anew.

    Raises Stale where the allocation changed meanwhile, CannotHold where somebody may not be given a case.
    """
    plan = _plan(AllocationPlan, inspection, expected_version, by)
    plan.capacities, plan.pairs = {str(user): percent for user, percent in capacities.items()}, sorted(pairs)
    plan.save()
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=[case.pk for case in readers]))
    held = {(one.case_id, one.assessor_id): one for one in Allocation.objects.filter(case__in=readers, ended_at=None)}
    wanted = {(case.pk, user.pk): (case, user) for case, users in readers.items() for user in users}
    for place, one in held.items():
        if place not in wanted and one.reading == Allocation.Reading.FIRST:
            end_allocation(allocation=one, why=LATER, by=by)
    again = [place for place, one in held.items() if place in wanted and one.reading != Allocation.Reading.FIRST]
    if again:
        raise CannotHold(f"already given for another read: {_named(wanted[place] for place in again)}")
    _give(inspection, [pair for place, pair in wanted.items() if place not in held], by)
    values = {"cases": sum(bool(users) for users in readers.values()), "version": plan.version}
    record([Happened("cases.shared_out", plan, values, service_id=inspection.service_id)], by=by)
    return plan


def _named(pairs: Iterable[tuple[Case, User]]) -> str:
    return ", ".join(f"{case.number} ({user.name})" for case, user in pairs)


def _give(inspection: Inspection, pairs: Sequence[tuple[Case, User]], by: User) -> None:
    """What `allocate` does, for hundreds of cases at once: one event for each. Raises CannotHold."""
    users = {user.pk: user for _case, user in pairs}
    team = set(
        TeamRole.objects.filter(inspection=inspection, ended_at=None, user__in=users).values_list("user", flat=True)
    )
    if team != set(users):
        raise CannotHold("they are not in the inspection's team")
    apart = kept_from(inspection, users.values(), [case.number for case, _user in pairs])
    if kept := [(case, user) for case, user in pairs if (user.pk, case.number) in apart]:
        raise CannotHold(f"the conflict register keeps apart: {_named(kept)}")
    first, now = Allocation.Reading.FIRST, timezone.now()
    rows = Allocation.objects.bulk_create(
        Allocation(inspection=inspection, case=case, assessor=user, reading=first, by=by, at=now)
        for case, user in pairs
    )
    events = [
        Happened(
            "case.allocated",
            row,
            {"case": row.case.number, "assessor": row.assessor_id, "reading": first},
            service_id=inspection.service_id,
        )
        for row in rows
    ]
    record(events, by=by)


@dataclass(frozen=True, slots=True)
class WeekValues:
    """The time there is for interviews; as `domain.interviews.InterviewWeek` has it."""

    sessions: tuple[tuple[date, time, time], ...]
    minutes: int = 75
    further: int | None = None
    step: int = 15
    pause: int = 15
    rooms: tuple[str, ...] = ()


@transaction.atomic
def set_interview_week(*, inspection: Inspection, values: WeekValues, expected_version: int, by: User) -> InterviewPlan:
    """Say when and where interviews can be. An expected version of 0 says that nobody had. Raises Stale."""
    plan = _plan(InterviewPlan, inspection, expected_version, by)
    plan.sessions = [[part.isoformat() for part in session] for session in values.sessions]
    plan.minutes, plan.further, plan.step, plan.pause = values.minutes, values.further, values.step, values.pause
    plan.rooms = list(values.rooms)
    plan.save()
    told = {"minutes": values.minutes, "sessions": len(values.sessions), "rooms": len(values.rooms)}
    record([Happened("interviews.time_set", plan, told, service_id=inspection.service_id)], by=by)
    return plan


@transaction.atomic
def note_absence(
    *,
    inspection: Inspection,
    day: date,
    by: User,
    user: User | None = None,
    staff_code: str = "",
    starts: time | None = None,
    ends: time | None = None,
) -> InterviewAbsence:
    """Say when somebody cannot take part. Raises ValueError where it would not end after it starts."""
    if (starts is None) != (ends is None) or (starts and ends and ends <= starts):
        raise ValueError("an absence has both times, the second after the first, or neither")
    absence = InterviewAbsence.objects.create(
        inspection=inspection, user=user, staff_code=staff_code, day=day, starts=starts, ends=ends, by=by,
        at=timezone.now(),
    )  # fmt: skip
    values = {"user": user.pk if user else staff_code, "day": day, "starts": starts, "ends": ends}
    record([Happened("absence.noted", absence, values, service_id=inspection.service_id)], by=by)
    return absence


@transaction.atomic
def end_absence(*, absence: InterviewAbsence, by: User) -> None:
    """Take an absence back; the row stays on record. One already taken back is left as it is."""
    newest = InterviewAbsence.objects.select_for_update().select_related("inspection").get(pk=absence.pk)
    if newest.ended_at is not None:
        return
    newest.ended_at = timezone.now()
    newest.save(update_fields=["ended_at"])
    record([Happened("absence.ended", newest, service_id=newest.inspection.service_id)], by=by)


@dataclass(frozen=True, slots=True)
class InterviewValues:
    """An interview to be put on record, by rows."""

    case_manager: str
    assessors: frozenset[int]
    cases: frozenset[int]
    day: date
    starts: time
    ends: time
    room: str = ""


@transaction.atomic
def confirm_interviews(
    *, inspection: Inspection, meetings: Sequence[InterviewValues], expected_version: int, by: User
) -> InterviewPlan:
    """Put the timetable on record whole: an interview that is there already stays, any other ends. Raises Stale."""
    plan = _plan(InterviewPlan, inspection, expected_version, by)
    plan.save()
    now, wanted = timezone.now(), set(meetings)
    for row in PlannedInterview.objects.filter(inspection=inspection, ended_at=None).prefetch_related(
        "assessors", "cases"
    ):
        there = _values_of(row)
        if there in wanted:
            wanted.remove(there)
            continue
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    for one in meetings:
        if one in wanted:
            _create(inspection, one, by)
    values = {"interviews": len(meetings), "changed": len(wanted), "version": plan.version}
    record([Happened("interviews.confirmed", plan, values, service_id=inspection.service_id)], by=by)
    return plan


def _create(inspection: Inspection, one: InterviewValues, by: User) -> None:
    row = PlannedInterview.objects.create(
        inspection=inspection, case_manager=one.case_manager, day=one.day, starts=one.starts, ends=one.ends,
        room=one.room, by=by, at=timezone.now(),
    )  # fmt: skip
    row.assessors.set(one.assessors)
    row.cases.set(one.cases)


def _values_of(row: PlannedInterview) -> InterviewValues:
    people, cases = ({one.pk for one in found.all()} for found in (row.assessors, row.cases))
    return InterviewValues(
        row.case_manager, frozenset(people), frozenset(cases), row.day, row.starts, row.ends, row.room
    )


def _plan(model: type[P], inspection: Inspection, expected: int, by: User) -> P:
    Inspection.objects.select_for_update().get(pk=inspection.pk)
    newest = model._default_manager.select_for_update().filter(inspection=inspection).first()
    if (newest.version if newest else 0) != expected:
        raise Stale(newest)
    return changed(newest or model(inspection=inspection, version=0), by)
